"""The documents of a campaign's figures, written once and kept beside them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from longtake.locale import LANGUAGES
from longtake.render.documents import document
from longtake.render.documents.fonts import FontsError
from longtake.services.measured.entire import entire
from longtake.services.measured.kept import STEPS, Kept, kept
from longtake.services.progress import Progress, Silent
from longtake.services.workspace import Workspace, write_whole

PAPERS: dict[str, tuple[str, ...]] = {
    "one-page": ("docx", "pdf"),
    "retrospective": ("docx", "pdf", "pptx"),
}
"""Forms by kind, the one most asked for first."""
FOLDER = "papers"
NO_FONTS = ".no-fonts"


def paper(made: Kept, kind: str, form: str, lang: str) -> Path:
    """Return where a document lies once it is written.

    Raises:
        KeyError: There is no such kind or form.
    """
    if kind not in PAPERS or form not in PAPERS[kind] or lang not in LANGUAGES:
        raise KeyError((kind, form, lang))
    return made.folder / FOLDER / f"{kind}.{lang}.{form}"


def lacks_fonts(made: Kept, kind: str, form: str, lang: str) -> bool:
    """Whether a document could not be written because this machine has no Chinese font."""
    path = paper(made, kind, form, lang)
    return not path.exists() and path.with_name(path.name + NO_FONTS).exists()


def write_papers(
    workspace: Workspace,
    campaign: str,
    *,
    pause: Callable[[], bool] = lambda: False,
    progress: Progress | None = None,
) -> bool:
    """Write the documents of what is measured, in both languages; return whether all were tried.

    What is written already is not written again. A document that needs fonts this machine lacks is passed
    over and marked so; it is tried again the next time.

    Args:
        workspace: Where the figures are kept.
        campaign: The campaign's id; nothing happens when it is not measured as it stands now.
        pause: Asked before each document; stops when it says yes.
        progress: Where to show progress.

    Raises:
        LongtakeError: The disk refused.
    """
    made, bar = kept(workspace, campaign), progress or Silent()
    if made is None:
        return True
    wanted = [(lang, kind, form) for lang in LANGUAGES for kind, forms in PAPERS.items() for form in forms]
    lacking = [one for one in wanted if not paper(made, one[1], one[2], one[0]).exists()]
    bar.begin("papers", len(wanted))
    bar.advance(len(wanted) - len(lacking))
    report = entire(workspace, made) if lacking else made.report
    lines = made.steps()
    for lang, kind, form in lacking:
        if pause():
            return False
        path = paper(made, kind, form, lang)
        mark = path.with_name(path.name + NO_FONTS)
        try:
            write_whole(path, document(report, kind, form, lang, steps=lines.get(lang, ())))
            mark.unlink(missing_ok=True)
        except FontsError:
            write_whole(mark, b"")
        bar.advance(note=path.name)
    return True


def keep_steps(folder: Path, lines: dict[str, tuple[str, ...]]) -> None:
    """Keep what is to be done next, by language, beside the figures."""
    write_whole(folder / STEPS, json.dumps(lines, ensure_ascii=False, indent=1).encode())
