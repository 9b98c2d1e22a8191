"""Opens what was written with the libraries people open it with."""

import io
import re
import zipfile

import docx
import pptx
import pypdf
from docx.oxml.ns import qn

SPACES = re.compile(r"\s+|\u200b")


def words_of_docx(made):
    """Return all text of the body, a paragraph or cell a line, then the footnotes."""
    found = docx.Document(io.BytesIO(made))
    lines = ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in found.element.body.iter(qn("w:p"))]
    return "\n".join([*lines, *notes_of_docx(made)])


def notes_of_docx(made):
    part = next(
        p for p in docx.Document(io.BytesIO(made)).part.package.iter_parts() if "footnotes" in p.partname
    )
    root = docx.oxml.parse_xml(part.blob)
    return [
        "".join(t.text for t in note.iter(qn("w:t"))).strip() for note in root if not note.get(qn("w:type"))
    ]


def words_of_pptx(made):
    lines = []
    for slide in pptx.Presentation(io.BytesIO(made)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                lines += [paragraph.text for paragraph in shape.text_frame.paragraphs]
            if shape.has_table:
                lines += [cell.text for row in shape.table.rows for cell in row.cells]
        if slide.has_notes_slide:
            lines.append(slide.notes_slide.notes_text_frame.text)
    return "\n".join(lines)


def words_of_pdf(made):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)


def bare(text):
    """Return text without spaces and line ends, which every layout puts elsewhere."""
    return SPACES.sub("", text)


def charts_of(made):
    found = pptx.Presentation(io.BytesIO(made))
    return [shape for slide in found.slides for shape in slide.shapes if shape.has_chart]


def parts(made):
    archive = zipfile.ZipFile(io.BytesIO(made))
    return {name: archive.read(name) for name in archive.namelist()}


WORDS = {"docx": words_of_docx, "pptx": words_of_pptx, "pdf": words_of_pdf}
