"""Write a report's three files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from longtake import render
from longtake.domain.campaign import Campaign
from longtake.errors import LongtakeError
from longtake.services import evidence, footage
from longtake.services.campaigns import folders
from longtake.services.campaigns import known as campaigns
from longtake.services.progress import Progress, Silent
from longtake.services.reports.assemble import assemble, figures_of
from longtake.services.workspace import OURS, Workspace, write_whole

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Written:
    """The files of one report."""

    page: Path
    figures: Path
    workbook: Path

    @property
    def files(self) -> tuple[Path, Path, Path]:
        """All three, the page first."""
        return self.page, self.figures, self.workbook


def language(text: str) -> str:
    """Return the language of a report.

    Raises:
        LongtakeError: Reports are not written in it.
    """
    if text not in LANGUAGES:
        raise LongtakeError(f"A report is written in zh or en, not in {text!r}.", fix="Use --lang zh.")
    return text


def write(
    workspace: Workspace,
    target: str,
    out: Path | None,
    *,
    lang: str,
    observed_at: datetime | None,
    progress: Progress | None = None,
) -> Written:
    """Measure a campaign folder or a known campaign and write its page, figures and workbook.

    Args:
        workspace: Where the rows are kept.
        target: A folder with a ``campaign.toml``, or the name of a campaign of the workspace.
        out: Folder to write; ``report-<campaign>`` here when None.
        lang: zh or en.
        observed_at: When the files of the folder were exported, aware; None when nobody knows.
        progress: Where to show progress.

    Raises:
        NotFoundError: The target is neither.
        LongtakeError: The campaign file, the lake or the folder cannot be used.
    """
    bar = progress or Silent()
    campaign = _campaign(workspace, target, observed_at, bar)
    bar.begin("measure", None)
    report = assemble(workspace, campaign)
    evidence.keep(workspace, campaign.id, figures_of(report))
    bar.begin("write", None)
    folder = out if out is not None else Path(f"report-{campaign.id}")
    written = Written(folder / "report.html", folder / "figures.json", folder / "figures.xlsx")
    write_whole(folder / OURS, b"")
    write_whole(written.page, render.page(report, lang))
    write_whole(written.figures, render.figures_json(report))
    write_whole(written.workbook, render.workbook(report, lang))
    return written


def _campaign(
    workspace: Workspace, target: str, observed_at: datetime | None, progress: Progress
) -> Campaign:
    folder = Path(target)
    if folder.is_dir():
        campaign = folders.follow(workspace, folder, observed_at=observed_at, progress=progress)
        footage.follow(workspace, campaign, folder, progress=progress)
        return campaign
    return campaigns.find(workspace, target)
