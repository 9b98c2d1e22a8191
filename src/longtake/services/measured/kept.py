"""What was measured of a campaign, read piece by piece."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from longtake.domain.answers.report import Report, RowSample, Section
from longtake.domain.figure import Figure
from longtake.errors import NotFoundError
from longtake.render.inventory import slug
from longtake.services.assets.calendar import AssetCalendar
from longtake.services.measured.codec import restored
from longtake.services.measured.heading import Heading
from longtake.services.standing.state import state_of
from longtake.services.workspace import Workspace

HEAD = "head.json"
REMARKS = "remarks.json"
WHOLE = "whole"
INDEX = "index.json"
STEPS = "steps.json"
ASSETS = "assets.json"


def folder_of(workspace: Workspace, campaign: str, state: str) -> Path:
    """Return where the figures of one state of a campaign lie."""
    return workspace.root / "measured" / campaign / state


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as it stands on a page.

    Attributes:
        wide: SVG of each panel for a desk.
        narrow: SVG of each panel for a phone.
        acts: Number, tone and words of each act on it.
        apart: Whether its panels have scales of their own.
    """

    wide: tuple[str, ...]
    narrow: tuple[str, ...]
    acts: tuple[dict[str, Any], ...]
    apart: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """The figures of a campaign's state as it is now.

    Attributes:
        folder: Where they lie.
        report: The report without its sections, rows and receipts.
        sections: Ids of its sections, in reading order.
        heading: Where the campaign is heading.
    """

    folder: Path
    report: Report
    sections: tuple[str, ...]
    heading: Heading

    @property
    def remarks(self) -> list[Any]:
        """What people wrote on the time axis when the charts were drawn, as plain values."""
        found: list[Any] = _read(self.folder / "charts" / REMARKS)
        return found

    def section(self, name: str) -> Section:
        """Return one section; its figures without the parameters of their evidence.

        Raises:
            NotFoundError: It was not measured.
        """
        if name not in self.sections:
            raise NotFoundError("section", name, known=self.sections)
        found: Section = restored(Section, _read(self.folder / "sections" / f"{slug(name)}.json"))
        return found

    def with_sections(self, *names: str) -> Report:
        """Return the report with some of its sections, in the order given."""
        return replace(self.report, sections=tuple(self.section(name) for name in names))

    def picture(self, chart: str, lang: str) -> Picture:
        """Return a chart of a language.

        Raises:
            NotFoundError: There is none of that id.
        """
        found = self._of_chart(chart, lang, ".json")
        return Picture(
            tuple(found["wide"]), tuple(found["narrow"]), tuple(found["acts"]), bool(found["apart"])
        )

    def live(self, chart: str, lang: str) -> dict[str, Any]:
        """Return the specification and data of a chart that answers the pointer.

        Raises:
            NotFoundError: There is none of that id.
        """
        return self._of_chart(chart, lang, ".live.json")

    def steps(self) -> dict[str, tuple[str, ...]]:
        """Return what is to be done next by language, the first thing first."""
        return {lang: tuple(lines) for lang, lines in _read(self.folder / STEPS).items()}

    def assets(self) -> AssetCalendar:
        """Return what was put before people, its rhythm, and what stood around each piece."""
        found: AssetCalendar = restored(AssetCalendar, _read(self.folder / ASSETS))
        return found

    def figures(self) -> dict[str, Figure]:
        """Return every figure by its slug, without the parameters of its evidence."""
        found = _read(self.folder / INDEX)
        return {name: restored(Figure, value) for name, value in found.items()}

    def figure(self, name: str) -> Figure | None:
        """Return one figure by its slug, with its evidence; None when there is none."""
        path = self.folder / "figures" / f"{slug(name)}.json"
        if not path.exists():
            return None
        found: Figure = restored(Figure, _read(path))
        return found

    def rows(self, figure: str) -> RowSample | None:
        """Return the first rows behind a figure, by its slug; None while they are not kept yet."""
        path = self.folder / "rows" / f"{slug(figure)}.json"
        if not path.exists():
            return None
        found: RowSample = restored(RowSample, _read(path))
        return found

    def _of_chart(self, chart: str, lang: str, end: str) -> dict[str, Any]:
        path = self.folder / "charts" / slug(lang) / f"{slug(chart)}{end}"
        if not path.exists():
            raise NotFoundError("chart", chart)
        found: dict[str, Any] = _read(path)
        return found


def kept(workspace: Workspace, campaign: str) -> Kept | None:
    """Return the figures of a campaign as it stands now; None when they are not measured yet."""
    folder = folder_of(workspace, campaign, state_of(workspace, campaign))
    try:
        head = _read(folder / HEAD)
    except FileNotFoundError:
        return None
    return Kept(
        folder,
        restored(Report, head["report"]),
        tuple(head["sections"]),
        restored(Heading, head["heading"]),
    )


def _read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))
