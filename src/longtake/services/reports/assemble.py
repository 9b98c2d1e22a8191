"""Put the sections of a report together, with the first rows behind every figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from longtake.domain.answers.report import Cell, Column, Report, RowSample, Section, Sentence, Table
from longtake.domain.campaign import Campaign
from longtake.domain.estimate import Estimate
from longtake.domain.figure import Figure
from longtake.services.imports import receipts
from longtake.services.reports import counters, diagnosis, done, interaction, pressure, toplist
from longtake.services.reports.boxoffice import section as box_office
from longtake.services.reports.draft import ZONE, Draft, aware
from longtake.services.reports.drafted import drafted
from longtake.services.reports.heat import ahead, crossing, overall, split, talk
from longtake.services.reports.masking import masked
from longtake.services.reports.positioning import section as positioning
from longtake.services.reports.referrals import section as referrals
from longtake.services.reports.speech import depth, lines, said, voice, who, words
from longtake.services.reports.story import section as story
from longtake.services.workspace import Workspace
from longtake.store.session import Session, open_session

STRIP = 5
LEAD = 4
FADING = ("list_main_days", "list_daily_half_life")
LISTS = frozenset({"hotlist-hourly", "hotlist-table", "hotlist-titles", "trendradar"})
ROWS = 12
TIMES = frozenset({"at", "at_end", "observed_at", "subject_at", "start", "end"})


def assemble(
    workspace: Workspace,
    campaign: Campaign,
    *,
    rows: int = ROWS,
    also: Callable[[Draft], object] = lambda _: None,
) -> Report:
    """Return the report of a campaign from the rows of its live imports.

    Args:
        workspace: Where the rows are.
        campaign: Whose.
        rows: Most rows to bring along for each figure; zero to bring none.
        also: Given what was measured, before the rows are let go of.

    Raises:
        LongtakeError: The lake cannot be read.
    """
    with open_session(workspace.lake, campaign.id) as session:
        draft = drafted(workspace, campaign, session)
        talks = draft.once("talks", lambda: talk.talk(draft))
        lists = toplist.listings(draft)
        read = receipts.of_campaign(workspace, campaign.id)
        claims = counters.figures(draft, {file.path for file in read if (file.reader or "") in LISTS})
        optional = (
            toplist.section(draft, lists, claims),
            talk.section(draft, talks, overall.chart(draft, talks)) if talks or not lists else None,
            split.section(draft, talks, lists),
            ahead.section(draft, talks),
            counters.section(draft, claims),
            voice.section(draft, talks),
            said.section(draft),
            words.section(draft, talks),
            lines.section(draft),
            story.section(draft),
            depth.section(draft),
            crossing.section(draft, talks),
            positioning.section(draft),
            interaction.section(draft),
            referrals.section(draft),
            pressure.section(draft),
            diagnosis.section(draft),
            who.section(draft),
            box_office.section(draft),
            done.section(draft),
        )
        sections = tuple(section for section in optional if section is not None)
        also(draft)
        figures = tuple(_of_sections(sections))
        return Report(
            campaign=campaign.id,
            name=campaign.name,
            kind=campaign.kind or _kind(sections),
            release_at=campaign.release_at,
            sample=campaign.sample,
            lead=_lead(sections),
            strip=_strip(sections),
            sections=sections,
            receipts=read,
            rows=_samples(session, figures, rows) if rows else {},
            unknown_keys=campaign.unknown_keys,
            zone=ZONE,
        )


def figures_of(report: Report) -> tuple[Figure, ...]:
    """Return every figure of a report, none twice."""
    return tuple(_of_sections(report.sections))


def _of_sections(sections: Iterable[Section]) -> Iterator[Figure]:
    seen = set()
    for section in sections:
        spoken = [figure for sentence in section.said for figure in sentence.figures.values()]
        for figure in (*section.figures, *section.more, *spoken):
            if figure.id not in seen:
                seen.add(figure.id)
                yield figure


def _kind(sections: Sequence[Section]) -> str:
    return "feature" if any(section.id == "box_office" for section in sections) else "short"


def _lead(sections: Sequence[Section]) -> tuple[Sentence, ...]:
    said = []
    for wanted in ("list", "heat", "split", "voice", "box_office"):
        said += [section.sentences[0] for section in sections if section.id == wanted and section.figures]
    fading = [s for section in sections for s in section.sentences if s.key in FADING]
    said[1:1] = fading[: max(0, LEAD - len(said))]
    return tuple(said[:LEAD]) or (Sentence("nothing_measured"),)


def _strip(sections: Sequence[Section]) -> tuple[Figure, ...]:
    """Return the figures at the top: those that are known, one a question before a second of any."""
    wanted = (
        ("list", "list_hours"),
        ("heat", "comments_half_life"),
        ("split", "promotion_total"),
        ("split", "reproduction"),
        ("voice", "positive_share"),
        ("box_office", "box_office_total"),
        ("box_office", "legs"),
        ("counters", "claimed_reads"),
        ("heat", "comments_total"),
        ("list", "list_main_days"),
        ("list", "list_daily_half_life"),
        ("list", "list_topic_half_life"),
        ("voice", "polarity_mean"),
        ("who", "copies_share"),
    )
    found = [
        figure
        for place, label in wanted
        for section in sections
        if section.id == place
        for figure in section.figures
        if figure.label == label and isinstance(figure.quantity, Estimate)
    ]
    return tuple(found[:STRIP])


def _samples(session: Session, figures: Iterable[Figure], most: int) -> dict[str, RowSample]:
    """Return the first rows behind each figure; rows that stand behind several are asked for once."""
    found: dict[tuple[object, ...], RowSample] = {}
    made = {}
    for figure in figures:
        evidence = figure.evidence
        key = (evidence.query, *sorted((name, type(v), v) for name, v in evidence.params.items()))
        if key not in found:
            found[key] = sample(session, figure, most)
        made[figure.id] = replace(found[key], figure_id=figure.id)
    return made


def sample(session: Session, figure: Figure, most: int) -> RowSample:
    """Return the first rows behind a figure, fit to be shown, and how many there are in all."""
    total, table = session.rows(figure.evidence, limit=most)
    return RowSample(figure.id, total, fit_to_show(table.column_names, table.to_pylist()))


def fit_to_show(
    names: Sequence[str], records: Sequence[Mapping[str, object]], *, keep_all: bool = False
) -> Table:
    """Return rows of the lake as a table people may see: texts masked, empty columns left out.

    Args:
        names: The columns.
        records: The rows.
        keep_all: Whether empty columns stay.
    """
    columns_of = [[_cell(name, row[name]) for row in records] for name in names]
    rows = tuple(zip(*columns_of, strict=True)) if columns_of else tuple(() for _ in records)
    shown = [i for i in range(len(names)) if keep_all or any(row[i] is not None for row in rows)]
    columns = tuple(Column(names[i], "time" if names[i] in TIMES else "text") for i in shown)
    return Table(columns, tuple(tuple(row[i] for i in shown) for row in rows))


def _cell(name: str, value: object) -> Cell:
    if isinstance(value, str):
        return masked(value)[0] if name == "text" else value
    if value is None or isinstance(value, int | float):
        return value
    value = aware(value)
    return value if isinstance(value, datetime) else str(value)
