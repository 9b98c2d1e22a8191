"""One door to every paper form of a report."""

from __future__ import annotations

from collections.abc import Sequence

from longtake.domain.answers.report import Report
from longtake.locale import catalogue
from longtake.render.documents.onepage import one_page
from longtake.render.documents.retrospective import retrospective
from longtake.render.wording import Wording

KINDS = ("one-page", "retrospective")
FORMS = ("docx", "pdf", "pptx")


def document(report: Report, kind: str, form: str, lang: str, *, steps: Sequence[str] = ()) -> bytes:
    """Return a report as a document.

    Every figure carries the id that ``longtake rows`` opens. Texts of files are shown as text, whatever they
    hold; nothing in the file runs or links.

    Args:
        report: The page.
        kind: ``one-page`` (A4, or one slide) or ``retrospective`` (all sections and an appendix of figures).
        form: ``docx``, ``pdf`` or ``pptx``.
        lang: zh or en.
        steps: What to do next, in words of that language, the first thing first.

    Returns:
        The file; the same bytes for the same arguments.

    Raises:
        KeyError: The catalogue lacks a message the report names.
        ValueError: There is no such kind, form or language, or the report contradicts itself.
        FontsError: ``pdf`` is asked for and no Chinese font is there.
    """
    if kind not in KINDS or form not in FORMS:
        raise ValueError(f"kind {kind!r} is one of {KINDS}, form {form!r} one of {FORMS}")
    wording = Wording(catalogue(lang), report.zone)
    build = one_page if kind == "one-page" else retrospective
    made = build(report, wording, tuple(steps))
    if form == "docx":
        from longtake.render.documents.word.writer import word  # noqa: PLC0415 -- slow import

        return word(made, wording)
    if form == "pdf":
        from longtake.render.documents.pdf import pdf  # noqa: PLC0415 -- slow import

        return pdf(made, wording)
    from longtake.render.documents.slides.writer import slides  # noqa: PLC0415 -- slow import

    return slides(made, wording)
