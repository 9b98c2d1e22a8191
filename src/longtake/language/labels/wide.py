"""Labels as people read them: one row a comment."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from longtake.language.labels.labeller import labeller
from longtake.language.labels.rows import SCALE
from longtake.language.reading.script import languages

NONE = "none"

_ASPECT = pa.struct({"aspect": pa.string(), "polarity": pa.string()})
_EVIDENCE = pa.struct(
    {
        "label": pa.string(),
        "value": pa.string(),
        "method": pa.string(),
        "start": pa.int64(),
        "end": pa.int64(),
    }
)
SCHEMA = pa.schema(
    {
        "lang": pa.string(),
        "polarity": pa.float64(),
        "polarity_class": pa.string(),
        "polarity_p": pa.float64(),
        "emotion": pa.string(),
        "emotion_p": pa.float64(),
        "film_emotions": pa.list_(pa.string()),
        "aspects": pa.list_(_ASPECT),
        "expectation": pa.string(),
        "selfstory": pa.string(),
        "share": pa.list_(pa.string()),
        "question": pa.list_(pa.string()),
        "promotion": pa.string(),
        "summary": pa.list_(pa.string()),
        "evidence": pa.list_(_EVIDENCE),
    }
)
"""Columns of `label`."""


def label(texts: Sequence[str | None]) -> pa.Table:
    """Label texts with everything that can be said of them.

    Args:
        texts: Raw texts, n of them; None and empty texts are neutral and carry no other label.

    Returns:
        A table of n rows and the columns of `SCHEMA`, in the order of the texts: language; polarity in
        [-1, 1] with its class and calibrated probability; one of the six emotions; what the audience felt
        at the film;
        aspects with how they are judged (``pos``, ``neg``, ``mixed``, or ``named`` where nothing judges);
        whether an
        expectation was ``violated``, ``met`` or ``exceeded``, else ``none``; of whom a self-story speaks,
        else ``none``; what the writer does with the film; questions; promotion, else ``none``; which of the
        three closing questions it answers; and the evidence of every pattern label: the pack that matched
        and the range in the raw text.

    Raises:
        UnreadableFileError: The weights are damaged.
        PackError: A pack is damaged.

    Examples:
        >>> found = label(["没想到这么好看，看到父亲那一幕哭了，推荐大家去看", None]).to_pylist()
        >>> found[0]["expectation"], found[0]["share"], found[0]["film_emotions"]
        ('exceeded', ['recommend'], ['moved'])
        >>> found[1]["expectation"], found[1]["aspects"], found[1]["polarity"]
        ('none', [], 0.0)
    """
    n = len(texts)
    columns: dict[str, list[object]] = {name: [None] * n for name in SCHEMA.names}
    columns["lang"] = list(languages(texts))
    several = ("film_emotions", "aspects", "share", "question", "summary", "evidence")
    for name in several:
        columns[name] = [[] for _ in range(n)]
    for name in ("expectation", "selfstory", "promotion"):
        columns[name] = [NONE] * n
    lists: dict[str, list[list[object]]] = {name: columns[name] for name in several}  # type: ignore[misc]
    for row in labeller().table(texts).to_pylist():
        number, name, value = row["text"], row["label"], row["value"]
        if name in {"polarity", "emotion"}:
            columns[f"{name}_class" if name == "polarity" else name][number] = value
            columns[f"{name}_p"][number] = row["p_e4"] / SCALE
            if name == "polarity":
                columns[name][number] = row["score_e4"] / SCALE
            continue
        kind, _, aspect = name.partition(".")
        if kind == "aspect":
            lists["aspects"][number].append({"aspect": aspect, "polarity": value})
        elif kind == "film_emotion":
            lists["film_emotions"][number].append(value)
        elif kind in lists:
            lists[kind][number].append(value)
        else:
            columns[kind][number] = value
        told = {"label": name, "value": value, "method": row["method"]}
        lists["evidence"][number].append({**told, "start": row["span_start"], "end": row["span_end"]})
    arrays = [pa.array(columns[field.name], field.type) for field in SCHEMA]
    return pa.Table.from_arrays(arrays, schema=SCHEMA)
