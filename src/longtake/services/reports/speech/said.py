"""What people say besides good or bad: what they felt, judged, expected, told of themselves and will do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from longtake.domain.answers.report import Cell, Chart, Column, Quote, Section, Sentence, Table
from longtake.domain.estimate import Estimate
from longtake.domain.figure import Evidence, Figure, Scalar
from longtake.heat.measures.share import share
from longtake.services.reports.circles import rules
from longtake.services.reports.draft import Draft, part
from longtake.services.reports.heat.talk import midnight
from longtake.services.reports.marks import marks
from longtake.services.reports.masking import masked

STRIP = ("expectation.violated", "expectation.exceeded", "selfstory", "share.recommend", "share.warn")
"""What the section leads with."""

MORE = ("expectation.met", "share.rewatch", "share.bring", "share.regret", "question", "promotion")
WHOLE = frozenset({"selfstory", "question", "promotion"})
"""Labels of which any value counts."""

OVER_TIME = ("expectation.violated", "expectation.exceeded", "selfstory", "share.recommend")
QUOTED = ("expectation.violated", "expectation.exceeded", "selfstory", "question")
JUDGED = ("pos", "neg", "mixed")
ASPECTS, LEAST_JUDGED = 12, 5
FEW = 20
QUOTES = 3
MARKED = 5

Counts = Counter[str]


def counted(rows: Sequence[Mapping[str, Any]]) -> Counts:
    """Return the comments of each code: ``label.value``, ``aspect.<name>.<side>``, and the label alone.

    Labels of `WHOLE` are also counted whatever their value.

    Examples:
        >>> sorted(counted([{"label": "selfstory", "value": "father", "n": 2}]).items())
        [('selfstory', 2), ('selfstory.father', 2)]
    """
    found: Counts = Counter()
    for row in rows:
        found[f"{row['label']}.{row['value']}"] += row["n"]
        if row["label"] in WHOLE:
            found[row["label"]] += row["n"]
    return found


def evidence(code: str, **more: Scalar) -> Evidence:
    """Return the rows behind a code."""
    label, _, value = code.rpartition(".") if code not in WHOLE else (code, "", "")
    return Evidence("rows.labels", {"label": label, **({"value": value} if value else {}), **more})


def section(draft: Draft) -> Section | None:
    """Return the section; None without labelled comments."""
    n = sum(row["n"] for row in draft.run("comments_overview"))
    found = counted(draft.run("label_counts"))
    if not n or not found:
        return None
    told = {code: _share(draft, code, found, n) for code in (*STRIP, *MORE)}
    feelings = [code for code in sorted(found) if code.startswith("film_emotion.")]
    felt = {code: _share(draft, code, found, n) for code in feelings}
    six = {code: _share(draft, code, found, n) for code in sorted(found) if code.startswith("emotion.")}
    liked = _aspects(draft, found)
    charts = (
        _chart("said-aspects", "aspects_liked", "aspect", liked, by_size=True),
        _chart("said-feelings", "feelings", "said", felt),
        _days(draft),
        _chart("said-emotions", "emotions", "said", six),
    )
    tables = {
        "label_platforms": _platforms(draft),
        "label_circles": _circles(draft),
        "label_accuracy": _accuracy(),
    }
    return Section(
        "said",
        (
            Sentence("said_expectation", {"violated": told[STRIP[0]], "exceeded": told[STRIP[1]]}),
            Sentence(
                "said_close",
                {"selfstory": told[STRIP[2]], "recommend": told[STRIP[3]], "warn": told[STRIP[4]]},
            ),
        ),
        figures=tuple(told[code] for code in STRIP),
        charts=tuple(chart for chart in charts if chart),
        quotes={code.rpartition(".")[2]: _quotes(draft, code) for code in QUOTED if found[code]},
        notes=("said_packs", "said_missed"),
        more=(*(told[code] for code in MORE), *felt.values(), *liked.values(), *six.values()),
        tables={key: table for key, table in tables.items() if table.rows},
    )


def _share(draft: Draft, code: str, found: Counts, n: int) -> Figure:
    return draft.figure(
        f"said.{code}", "said_share", share(min(found[code], n), n), evidence(code), {"said": code}
    )


def _aspects(draft: Draft, found: Counts) -> dict[str, Figure]:
    """Return the favourable share of each aspect that enough comments judge, most judged first."""
    names = sorted({code.split(".")[1] for code in found if code.startswith("aspect.")})
    judged = {name: sum(found[f"aspect.{name}.{side}"] for side in JUDGED) for name in names}
    names = sorted((name for name in names if judged[name] >= LEAST_JUDGED), key=lambda a: (-judged[a], a))
    return {
        name: draft.figure(
            f"said.aspect.{name}",
            "aspect_liked",
            share(found[f"aspect.{name}.pos"], judged[name]),
            Evidence("rows.labels", {"label": f"aspect.{name}", "judged": True}),
            {"aspect": name},
        )
        for name in names[:ASPECTS]
    }


def _chart(
    name: str, title: str, axis: str, figures: Mapping[str, Figure], *, by_size: bool = False
) -> Chart | None:
    rows: list[tuple[str, float, float, float, int]] = []
    for code, figure in figures.items():
        held = figure.quantity
        if isinstance(held, Estimate):
            rows.append((code, held.value, held.low, held.high, held.n))
    if len(rows) < 2:
        return None
    if not by_size:
        rows.sort(key=lambda row: (-row[1], row[0]))
    columns = (
        Column(axis, "code"),
        *(Column(key, "share") for key in ("share", "low", "high")),
        Column("n", "number"),
    )
    return Chart(
        id=name,
        title=title,
        form="interval",
        table=Table(columns, tuple(rows)),
        x=axis,
        y="share",
        low="low",
        high="high",
        unit="share",
        figures=tuple(figure.id for figure in figures.values()),
    )


def _days(draft: Draft) -> Chart | None:
    """Return the share of comments with each label by day; days with few comments stay empty."""
    whole = {row["day"]: row["n"] for row in draft.run("comments_by_day")}
    by_day: dict[Any, list[Mapping[str, Any]]] = {}
    for row in draft.run("label_counts_by_day"):
        by_day.setdefault(row["day"], []).append(row)
    rows: list[tuple[Cell, ...]] = []
    for code in OVER_TIME:
        for day, n in sorted(whole.items()):
            held = counted(by_day.get(day, ()))[code]
            rows.append((midnight(day), code, held / n if n >= FEW else None, n))
    if len({row[0] for row in rows if row[2] is not None}) < 2:
        return None
    columns = (Column("at", "time"), Column("said", "code"), Column("share", "share"), Column("n", "number"))
    return Chart(
        id="said-days",
        title="said_by_day",
        form="timeline",
        table=Table(columns, tuple(rows)),
        x="at",
        y="share",
        series="said",
        unit="share",
        marks=marks(draft),
        figures=tuple(f"{draft.campaign.id}:said.{code}" for code in OVER_TIME),
    )


def _columns(first: str) -> tuple[Column, ...]:
    named = tuple(Column(f"said_{code.replace('.', '_')}", "share") for code in STRIP)
    return (Column(first, "code"), Column("comments", "number"), *named)


def _row(name: str, n: int, found: Counts) -> tuple[Cell, ...]:
    return (name, n, *(found[code] / n if n >= FEW else None for code in STRIP))


def _platforms(draft: Draft) -> Table:
    rows = draft.run("label_counts_by_platform")
    made = []
    for one in sorted(draft.run("comments_overview"), key=lambda row: (-row["n"], row["platform"])):
        own = counted([row for row in rows if row["platform"] == one["platform"]])
        made.append(_row(one["platform"], one["n"], own))
    return Table(_columns("platform"), tuple(made))


def _circles(draft: Draft) -> Table:
    made = []
    for circle in draft.campaign.circles:
        asked = rules(circle)
        n = sum(row["n"] for row in draft.run("circle_comments", **asked))
        made.append(_row(circle.name, n, counted(draft.run("label_counts", **asked))))
    return Table(_columns("circle"), tuple(made))


def _accuracy() -> Table:
    """Return how well each label is given, measured on comments two people marked."""
    from longtake.language.labels.card import label_card  # noqa: PLC0415 -- read with the section only

    columns = (
        Column("said", "code"),
        *(Column(key, "share") for key in ("precision", "recall", "f1")),
        Column("agreement", "number"),
        Column("marked", "number"),
    )
    rows = tuple(
        (name, one["precision"], one["recall"], one["f1"], one["kappa"], one["marked"])
        for one in label_card()["labels"]
        if (name := _named(one["label"])) and one["marked"] >= MARKED
    )
    return Table(columns, rows)


def _named(label: str) -> str:
    """Return the code of a measured label; empty for one side of an aspect, which the family sums up."""
    family, _, value = label.partition(".")
    if not value:
        return label if label in WHOLE else f"family_{label}"
    return "" if family == "aspect" else f"emotion.{value}" if family == "six" else label


def _quotes(draft: Draft, code: str) -> tuple[Quote, ...]:
    asked = evidence(code).params
    params = {key: value for key, value in asked.items() if key in {"label", "value"}}
    return tuple(quote(row, code) for row in draft.run("label_examples", limit=QUOTES, **params))


def quote(row: Mapping[str, Any], code: str) -> Quote:
    """Return a labelled comment as a quote, with the words that decided."""
    spans = [] if row["span_start"] is None else [(row["span_start"], row["span_end"], 1.0)]
    text, kept = masked(row["text"], spans)
    return Quote(
        text=text,
        platform=row["platform"],
        at=row["at"],
        source_file=row["source_file"],
        source_line=row["source_line"],
        label=f"said.{part(code) if code not in QUOTED else code}",
        likes=row["likes"],
        spans=kept,
    )
