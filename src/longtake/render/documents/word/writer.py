"""A document as a Word file: headings, styles, tables, footnotes, pictures with a description."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from longtake.render.documents.blocks import Bit, Document, Grid, Heading, Paragraph, Picture, Strip
from longtake.render.documents.packing import fixed
from longtake.render.documents.stills import palette, png, size, svgs
from longtake.render.documents.word.footnotes import Footnotes
from longtake.render.documents.word.look import dress, language
from longtake.render.wording import Wording

WIDTH_CM, MARGIN_CM, TIGHT_CM = 21.0, 2.2, 1.5
HEIGHT_CM = 29.7
WRITTEN = datetime(2000, 1, 1, tzinfo=UTC)
STYLES = {
    "lead": "Lead",
    "body": "Normal",
    "item": "Item",
    "small": "Small",
    "quote": "Quote",
    "source": "Source",
}
TONES = {"wom": "wom", "promo": "promo", "warn": "warn", "good": "good", "plain": "ink"}


def word(made: Document, wording: Wording) -> bytes:
    """Return a document as ``.docx``.

    Charts are pictures with a description; everything else can be edited. Each footnote is a real one.
    """
    return _Writer(made, wording).write()


class _Writer:
    def __init__(self, made: Document, wording: Wording) -> None:
        self.made, self.wording = made, wording
        self.tight = made.kind == "one-page"
        self.out = docx.Document()
        dress(self.out, tight=self.tight)
        language(self.out, made.lang)
        self.notes = Footnotes(self.out)
        self.margin = TIGHT_CM if self.tight else MARGIN_CM
        self.room = WIDTH_CM - 2 * self.margin
        self.pictures = 0

    def write(self) -> bytes:
        self._page()
        for index, part in enumerate(self.made.parts):
            if index == 0:
                self._line(self.made.eyebrow, "Eyebrow")
                self._line(self.made.name, "Title")
            for block in part.blocks:
                self._block(block)
        self.notes.write()
        properties = self.out.core_properties
        properties.title, properties.author = self.made.title, "Longtake"
        properties.last_modified_by, properties.comments, properties.keywords = "Longtake", "", ""
        properties.created = properties.modified = WRITTEN
        properties.language = self.made.lang
        stream = io.BytesIO()
        self.out.save(stream)
        return fixed(stream.getvalue())

    def _page(self) -> None:
        page = self.out.sections[0]
        page.page_width, page.page_height = Cm(WIDTH_CM), Cm(HEIGHT_CM)
        page.left_margin = page.right_margin = Cm(self.margin)
        page.top_margin = page.bottom_margin = Cm(1.2 if self.tight else self.margin)
        page.footer_distance = Cm(0.6 if self.tight else 1.0)
        if self.tight:
            return
        foot = page.footer.paragraphs[0]
        foot.style = self.out.styles["Small"]
        foot.add_run(f"{self.made.footer} · ")
        before, between, after = (
            self.wording.catalogue.say("tell.page_of", page="\x00", pages="\x01")
            .replace("\x01", "\x00")
            .split("\x00")
        )
        for words, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
            foot.add_run(words)
            if field:
                self._field(foot, field)

    def _field(self, paragraph: Any, name: str) -> None:
        simple = OxmlElement("w:fldSimple")
        simple.set(qn("w:instr"), name)
        run, text = OxmlElement("w:r"), OxmlElement("w:t")
        text.text = "1"
        run.append(text)
        simple.append(run)
        paragraph._p.append(simple)

    def _block(self, block: object) -> None:
        if isinstance(block, Heading):
            paragraph = self._line(block.text, f"Heading {block.level}")
            paragraph.paragraph_format.keep_with_next = True
        elif isinstance(block, Paragraph):
            self._paragraph(block)
        elif isinstance(block, Strip):
            self._strip(block)
        elif isinstance(block, Picture):
            self._picture(block)
        elif isinstance(block, Grid):
            self._grid(block)

    def _line(self, text: str, style: str) -> Any:
        paragraph = self.out.add_paragraph(style=self.out.styles[style])
        paragraph.add_run(text)
        return paragraph

    def _paragraph(self, block: Paragraph) -> None:
        paragraph = self.out.add_paragraph(style=self.out.styles[STYLES[block.style]])
        form = paragraph.paragraph_format
        if block.style == "item":
            form.left_indent, form.first_line_indent = Cm(0.5), Cm(-0.5)
            paragraph.add_run("–\t")
            form.tab_stops.add_tab_stop(Cm(0.5))
        if block.style in {"quote", "source"}:
            form.left_indent = Cm(0.6)
            form.keep_with_next = block.style == "quote"
        if block.tone == "warn" and block.style == "small":
            self._colour(paragraph.add_run("".join(bit.text for bit in block.bits)), "warn")
            return
        self._bits(paragraph, block.bits, block.tone)

    def _bits(self, paragraph: Any, bits: tuple[Bit, ...], tone: str) -> None:
        for bit in bits:
            if bit.text:
                run = paragraph.add_run(f"\u00a0{bit.text}" if bit.look == "interval" else bit.text)
                if bit.look == "figure":
                    self._colour(run, TONES[tone])
                elif bit.look in {"interval", "soft"}:
                    self._colour(run, "soft")
                    if bit.look == "interval":
                        run.font.size = Pt(8 if not self.tight else 7)
                elif bit.look == "marked":
                    self._colour(run, "wom")
                    run.font.underline = True
            if bit.note:
                self.notes.mark(paragraph, bit.note)

    def _colour(self, run: Any, name: str) -> None:
        run.font.color.rgb = RGBColor.from_string(palette()[name][1:].upper())

    def _strip(self, block: Strip) -> None:
        table = self._table(1, len(block.tiles))
        for cell, tile in zip(table.rows[0].cells, block.tiles, strict=True):
            name = cell.paragraphs[0]
            name.style = self.out.styles["Cell"]
            self._colour(name.add_run(tile.name), "soft")
            value = cell.add_paragraph(style=self.out.styles["Tile"])
            value.add_run(tile.value)
            if tile.note:
                self.notes.mark(value, tile.note)
            small = cell.add_paragraph(style=self.out.styles["Cell"])
            self._colour(small.add_run(tile.small), "soft")
        self._gap()

    def _gap(self) -> None:
        gap = self.out.add_paragraph(style=self.out.styles["Cell"])
        gap.paragraph_format.space_before = gap.paragraph_format.space_after = Pt(0)
        gap.paragraph_format.line_spacing = Pt(4 if self.tight else 8)

    def _picture(self, block: Picture) -> None:
        caption = self.out.add_paragraph(style=self.out.styles["Caption"])
        caption.paragraph_format.keep_with_next = True
        run = caption.add_run(block.title)
        self._colour(run, "ink")
        for tone, name in block.key:
            self._colour(caption.add_run("   ■ "), tone)
            caption.add_run(name)
        if block.sources:
            self.notes.mark(caption, " ; ".join(f"longtake rows {name}" for name in block.sources))
        drawn = svgs(block.chart, self.wording)
        if not drawn:
            self._line(self.wording.catalogue.say("page.empty_chart"), "Source")
            return
        whole = sum(size(svg)[1] for svg in drawn) / size(drawn[0])[0] * self.room
        width = self.room if block.height_cm is None else self.room * min(1.0, block.height_cm / whole)
        paragraph = self.out.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for index, svg in enumerate(drawn):
            run = paragraph.add_run()
            shape = run.add_picture(io.BytesIO(png(svg)), width=Cm(width))
            self._describe(shape, block, index)
            if index < len(drawn) - 1:
                run.add_break(WD_BREAK.LINE)
        if block.acts:
            self._line("   ".join(block.acts), "Source")

    def _describe(self, shape: Any, block: Picture, index: int) -> None:
        self.pictures += 1
        properties = shape._inline.docPr
        properties.set("id", str(self.pictures))
        properties.set("name", f"{block.chart.id}-{index + 1}")
        properties.set("title", block.title)
        properties.set("descr", block.alt)

    def _grid(self, block: Grid) -> None:
        if block.title:
            self._line(block.title, "Caption").paragraph_format.keep_with_next = True
        table = self._table(1 + len(block.rows), len(block.head))
        whole = sum(block.wide) or 1.0
        widths = [Cm(self.room * wide / whole) for wide in block.wide]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for index, row in enumerate((block.head, *block.rows)):
            # Each look-up of a row's cells walks the whole table: that would be quadratic on the appendix.
            cells = table._tbl.tr_lst[index].tc_lst
            for place, (text, right, width) in enumerate(zip(row, block.right, widths, strict=True)):
                self._fill(cells[place], text, right=right, head=index == 0, width=width)
        self._repeat(table)
        if block.under:
            self._line(block.under, "Source")
        self._gap()

    def _fill(self, cell: Any, text: str, *, right: bool, head: bool, width: Any) -> None:
        paragraph = cell.p_lst[0]
        paragraph.style = self.out.styles["Cell"].style_id
        if right:
            paragraph.get_or_add_pPr().jc_val = WD_ALIGN_PARAGRAPH.RIGHT
        run = paragraph.add_r()
        run.text = text
        if head:
            colour = OxmlElement("w:color")
            colour.set(qn("w:val"), palette()["soft"][1:].upper())
            run.get_or_add_rPr().append(colour)
        cell.width = width

    def _table(self, rows: int, columns: int) -> Any:
        table = self.out.add_table(rows, columns)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        borders = OxmlElement("w:tblBorders")
        for side in ("top", "bottom", "insideH"):
            line = OxmlElement(f"w:{side}")
            for name, value in (("val", "single"), ("sz", "4"), ("color", palette()["line"][1:].upper())):
                line.set(qn(f"w:{name}"), value)
            borders.append(line)
        table._tbl.tblPr.append(borders)
        return table

    def _repeat(self, table: Any) -> None:
        for index, row in enumerate(table._tbl.tr_lst):
            properties = row.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if index == 0:
                properties.append(OxmlElement("w:tblHeader"))
