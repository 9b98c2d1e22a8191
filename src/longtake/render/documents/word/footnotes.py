"""Real footnotes, a part python-docx does not write: ECMA-376 part 1, section 17.11."""

from __future__ import annotations

from typing import Any

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from longtake.render.documents.word.look import NOTE_MARK, NOTE_TEXT

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
SEPARATORS = ((-1, "separator"), (0, "continuationSeparator"))


class Footnotes:
    """The footnotes of one document, in the order they are set."""

    def __init__(self, document: Any) -> None:
        """Begin with none."""
        self.document = document
        self.texts: list[str] = []
        self.styles = {name: document.styles[name].style_id for name in (NOTE_TEXT, NOTE_MARK)}

    def mark(self, paragraph: Any, text: str) -> None:
        """Set the mark of a footnote at the end of a paragraph."""
        self.texts.append(text)
        run = paragraph.add_run()
        run.style = self.document.styles[NOTE_MARK]
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(len(self.texts)))
        run._r.append(reference)

    def write(self) -> None:
        """Add the part with all of them to the document; nothing when there are none."""
        if not self.texts:
            return
        root = etree.fromstring(f"<w:footnotes {nsdecls('w')}/>".encode())
        for number, kind in SEPARATORS:
            root.append(self._separator(number, kind))
        for number, text in enumerate(self.texts, start=1):
            root.append(self._note(number, text))
        blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(PackURI("/word/footnotes.xml"), KIND, blob, self.document.part.package)
        self.document.part.relate_to(part, RELATION)
        settings = self.document.settings.element
        kept = OxmlElement("w:footnotePr")
        for number, _ in SEPARATORS:
            one = OxmlElement("w:footnote")
            one.set(qn("w:id"), str(number))
            kept.append(one)
        # The schema asks for an order of settings: footnotePr stands before compat.
        compat = settings.find(qn("w:compat"))
        settings.append(kept) if compat is None else compat.addprevious(kept)

    def _separator(self, number: int, kind: str) -> Any:
        note = OxmlElement("w:footnote")
        note.set(qn("w:type"), kind)
        note.set(qn("w:id"), str(number))
        paragraph, run = OxmlElement("w:p"), OxmlElement("w:r")
        run.append(OxmlElement(f"w:{kind}"))
        paragraph.append(run)
        note.append(paragraph)
        return note

    def _note(self, number: int, text: str) -> Any:
        note = OxmlElement("w:footnote")
        note.set(qn("w:id"), str(number))
        paragraph, properties = OxmlElement("w:p"), OxmlElement("w:pPr")
        style = OxmlElement("w:pStyle")
        style.set(qn("w:val"), self.styles[NOTE_TEXT])
        properties.append(style)
        paragraph.append(properties)
        mark, inner = OxmlElement("w:r"), OxmlElement("w:rPr")
        style = OxmlElement("w:rStyle")
        style.set(qn("w:val"), self.styles[NOTE_MARK])
        inner.append(style)
        mark.append(inner)
        mark.append(OxmlElement("w:footnoteRef"))
        said = OxmlElement("w:r")
        words = OxmlElement("w:t")
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        words.text = f" {text}"
        said.append(words)
        paragraph.append(mark)
        paragraph.append(said)
        note.append(paragraph)
        return note
