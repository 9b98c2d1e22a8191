"""Figures without the parameters of their evidence, and back.

Some figures are found again by thousands of texts: a page that shows their numbers need not read those.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from longtake.domain.answers.report import Report, Section, Sentence
from longtake.domain.figure import Figure


def light(value: Any) -> Any:
    """Return plain values without the parameters of evidence.

    Examples:
        >>> light([{"id": "x", "evidence": {"query": "rows.comments", "params": {"platform": "weibo"}}}])
        [{'id': 'x', 'evidence': {'query': 'rows.comments', 'params': {}}}]
    """
    if isinstance(value, dict):
        if value.keys() == {"query", "params"}:
            return {"query": value["query"], "params": {}}
        return {key: light(item) for key, item in value.items()}
    return [light(item) for item in value] if isinstance(value, list) else value


def whole(report: Report, figures: Mapping[str, Figure]) -> Report:
    """Return a report whose figures have their evidence again, by id."""

    def said(sentences: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
        return tuple(
            replace(s, figures={slot: figures[f.id] for slot, f in s.figures.items()}) for s in sentences
        )

    def of(section: Section) -> Section:
        return replace(
            section,
            sentences=said(section.sentences),
            figures=tuple(figures[f.id] for f in section.figures),
            more=tuple(figures[f.id] for f in section.more),
            chapters=tuple(
                replace(
                    chapter,
                    title=said((chapter.title,))[0],
                    parts={key: said(part) for key, part in chapter.parts.items()},
                )
                for chapter in section.chapters
            ),
        )

    return replace(
        report,
        lead=said(report.lead),
        strip=tuple(figures[f.id] for f in report.strip),
        sections=tuple(of(section) for section in report.sections),
    )
