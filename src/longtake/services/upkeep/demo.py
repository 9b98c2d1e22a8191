"""The invented sample campaigns, through the whole job."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from longtake.errors import LongtakeError
from longtake.services import reports
from longtake.services.progress import Progress, Silent
from longtake.services.workspace import Workspace, write_whole
from longtake.simulate import exports

MARK = ".longtake-demo"


@dataclass(frozen=True, slots=True)
class Demo:
    """What was made.

    Attributes:
        campaigns: The campaign folders.
        pages: The pages, one a campaign and language.
    """

    campaigns: tuple[Path, ...]
    pages: tuple[Path, ...]


def run(folder: Path, *, progress: Progress | None = None) -> Demo:
    """Write the sample campaigns, import them and write their pages in Chinese and English.

    Args:
        folder: Made anew each time; refused when it holds anything that is not an earlier demo.
        progress: Where to show progress.

    Raises:
        LongtakeError: The folder holds something else.
    """
    bar = progress or Silent()
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise LongtakeError(
            f"{folder} is not empty and is no earlier demo.", fix="Choose another folder with --out."
        )
    shutil.rmtree(folder, ignore_errors=True)
    write_whole(folder / MARK, b"")
    workspace = Workspace(folder / "workspace")
    campaigns, pages = [], []
    for name, files in exports.samples().items():
        bar.begin("sample", len(files))
        target = folder / name / "files"
        for relative, content in sorted(files.items()):
            path = target / relative
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            bar.advance()
        campaigns.append(target)
        for lang, out in (("zh", "report"), ("en", "report-en")):
            written = reports.write(
                workspace, str(target), folder / name / out, lang=lang, observed_at=None, progress=bar
            )
            pages.append(written.page)
    return Demo(tuple(campaigns), tuple(pages))
