"""Golden lines: what of the film its audience says again."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any

from longtake.domain.answers.report import Chart, Column, Quote, Section, Sentence, Table
from longtake.domain.estimate import Estimate
from longtake.domain.figure import Evidence, Figure
from longtake.language.echoing.echoes import Echo, echoes
from longtake.services.reports.draft import JOIN, Draft, part
from longtake.services.reports.masking import masked

FILM = "film"
LINES = 12
QUOTES = 4
SPEAKER = re.compile(r"\s*[^\s：:，,。.]{1,12}[：:]\s*(?=\S)")
"""A subtitle that opens with who speaks: nobody quotes that part."""

METHOD = "four-gram index, partial ratio of at least 85 (Levenshtein 1966)"


def section(draft: Draft) -> Section | None:
    """Return the section; None without the film's subtitles, or when nobody echoes a line."""
    cues, heard, every = echoed(draft)
    found = every[:LINES]
    if not found:
        return None
    figures = [_figure(draft, echo, heard) for echo in found]
    lifts = [_lift(draft, echo, heard) for echo in found]
    first = found[0]
    return Section(
        "lines",
        (Sentence("lines_first", {"echoes": figures[0]}, {"line": first.line, "cited": len(found)}),),
        figures=tuple(figures[:5]),
        charts=(_chart(found, figures),) if len(found) > 1 else (),
        quotes={"echoes": tuple(_quote(heard[m.comment], m.start, m.end) for m in _shown(first, heard))},
        notes=("lines_echo",),
        more=(*figures[5:], *lifts),
        tables={"lines": _table(found, cues)},
    )


def film_node(draft: Draft) -> str:
    """Return the name under which the film's subtitles are stored: that of their file."""
    file = draft.campaign.film.subtitles
    return PurePosixPath(file.replace("\\", "/")).stem if file else FILM


def echoed(draft: Draft) -> tuple[list[dict[str, Any]], list[dict[str, Any]], tuple[Echo, ...]]:
    """Return the film's subtitles, what the audience wrote, and the lines it echoes; computed once."""
    found: tuple[list[dict[str, Any]], list[dict[str, Any]], tuple[Echo, ...]]
    found = draft.once("echoed", lambda: _echoed(draft))
    return found


def _echoed(draft: Draft) -> tuple[list[dict[str, Any]], list[dict[str, Any]], tuple[Echo, ...]]:
    cues = draft.run("cues_of", node_id=film_node(draft))
    heard = [row for row in draft.run("spoken") if row["author_kind"] != "official"] if cues else []
    if not heard:
        return cues, heard, ()
    named = [person for one in draft.campaign.film.characters for person in (one.name, *one.aliases)]
    found = echoes(
        [spoken_part(cue["text"]) for cue in cues],
        [row["text"] for row in heard],
        authors=[row["author"] for row in heard],
        likes=[row["likes"] for row in heard],
        shares=[row["shares"] for row in heard],
        names=(draft.campaign.name, *named),
    )
    return cues, heard, found


def spoken_part(text: str) -> str:
    """Return a subtitle without the name of who speaks.

    Examples:
        >>> spoken_part("老秦：灯亮着，人就没走远"), spoken_part("灯亮着，人就没走远")
        ('灯亮着，人就没走远', '灯亮着，人就没走远')
    """
    return SPEAKER.sub("", text, count=1) if SPEAKER.match(text) else text


def _texts(echo: Echo, rows: list[dict[str, Any]]) -> Evidence:
    """Return the rows of an echo: whether a comment echoes a line depends on its text alone."""
    said = sorted({rows[match.comment]["text"] for match in echo.matches})
    return Evidence("rows.comments", {"texts": JOIN.join(said), "author_not": "official"})


def _figure(draft: Draft, echo: Echo, rows: list[dict[str, Any]]) -> Figure:
    count = float(echo.echoes)
    found = Estimate(count, count, count, 1.0, "comments", METHOD, echo.echoes)
    slots = {"line": echo.line}
    return draft.figure(f"lines.{part(echo.line)}", "line_echoes", found, _texts(echo, rows), slots)


def _lift(draft: Draft, echo: Echo, rows: list[dict[str, Any]]) -> Figure:
    slots = {"line": echo.line}
    place = f"lines.{part(echo.line)}.lift"
    return draft.figure(place, "line_share_lift", echo.share_lift, _texts(echo, rows), slots)


def _chart(found: tuple[Echo, ...], figures: list[Figure]) -> Chart:
    rows = tuple((echo.line, echo.echoes) for echo in found)
    return Chart(
        id="lines-echoes",
        title="line_echoes",
        form="bars",
        table=Table((Column("line_said", "code"), Column("comments", "number")), rows),
        x="line_said",
        y="comments",
        unit="comments",
        figures=tuple(figure.id for figure in figures),
    )


def _table(found: tuple[Echo, ...], cues: list[dict[str, Any]]) -> Table:
    made = []
    for echo in found:
        start = cues[echo.index]["start_ms"]
        lift = echo.share_lift
        told = (lift.value, lift.low, lift.high) if isinstance(lift, Estimate) else (None, None, None)
        at = (
            None
            if start is None
            else f"{start // 3_600_000}:{start // 60_000 % 60:02d}:{start // 1000 % 60:02d}"
        )
        made.append((echo.line, at, echo.echoes, echo.exact, echo.distinct, echo.authors, echo.likes, *told))
    columns = (
        Column("line_said", "code"),
        Column("timecode", "code"),
        *(Column(key, "number") for key in ("comments", "word_for_word", "wordings", "authors", "likes")),
        *(Column(key, "number") for key in ("share_lift", "low", "high")),
    )
    return Table(columns, tuple(made))


def _shown(echo: Echo, rows: list[dict[str, Any]]) -> list[Any]:
    """Return the most liked matches, each text once."""
    seen: dict[str, Any] = {}
    for match in sorted(echo.matches, key=lambda m: (-(rows[m.comment]["likes"] or 0), m.comment)):
        seen.setdefault(rows[match.comment]["text"], match)
    return list(seen.values())[:QUOTES]


def _quote(row: dict[str, Any], start: int, end: int) -> Quote:
    text, spans = masked(row["text"], [(start, end, 1.0)])
    return Quote(
        text=text,
        platform=row["platform"],
        at=row["at"],
        source_file=row["source_file"],
        source_line=row["source_line"],
        label="said.echo",
        likes=row["likes"],
        spans=spans,
    )
