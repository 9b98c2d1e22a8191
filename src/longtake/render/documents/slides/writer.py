"""A document as slides: one a section, its charts native, the ids that open its rows in the notes."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import pptx
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from longtake.render.documents.blocks import Bit, Document, Grid, Heading, Paragraph, Part, Picture, Strip
from longtake.render.documents.packing import fixed
from longtake.render.documents.slides.drawn import colour, place
from longtake.render.documents.slides.native import native
from longtake.render.wording import Wording

WRITTEN = datetime(2000, 1, 1, tzinfo=UTC)
WIDE, HIGH, EDGE = 13.333, 7.5, 0.6
ROWS = 16
QUOTES = 5
CROWDED = 170
"""Chinese letters in a column of one page from which it is set smaller."""
SERIF = ("Georgia", "宋体")
SANS = ("Arial", "微软雅黑")
TITLE_ONLY = 5


def slides(made: Document, wording: Wording) -> bytes:
    """Return a document as ``.pptx``."""
    return _Deck(made, wording).write()


class _Deck:
    def __init__(self, made: Document, wording: Wording) -> None:
        self.made, self.wording = made, wording
        self.say = wording.catalogue.say
        self.out = pptx.Presentation()
        self.out.slide_width, self.out.slide_height = Inches(WIDE), Inches(HIGH)
        self.count = 0

    def write(self) -> bytes:
        for index, part in enumerate(self.made.parts):
            if index == 0 and self.made.kind == "one-page":
                self._one(part)
            elif index == 0:
                self._top(part)
            else:
                self._part(part)
        properties = self.out.core_properties
        properties.title, properties.author = self.made.title, "Longtake"
        properties.last_modified_by = "Longtake"
        properties.created = properties.modified = WRITTEN
        stream = io.BytesIO()
        self.out.save(stream)
        return fixed(stream.getvalue())

    def _slide(self, title: str, sources: tuple[str, ...] = ()) -> Any:
        slide = self.out.slides.add_slide(self.out.slide_layouts[TITLE_ONLY])
        self.count += 1
        head = slide.shapes.title
        head.left, head.top, head.width, head.height = (
            Inches(n) for n in (EDGE, 0.35, WIDE - 2 * EDGE, 0.75)
        )
        frame = head.text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
        frame.margin_left = 0
        paragraph = frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.LEFT
        self._run(paragraph, title, 26, "ink", SERIF)
        foot = self._box(slide, (EDGE, 7.02, WIDE - 2 * EDGE, 0.3))
        self._run(foot.paragraphs[0], f"{self.made.footer} · {self.count}", 9, "soft", SANS)
        if sources:
            lines = [self.say("tell.sources"), *(f"longtake rows {name}" for name in sources)]
            slide.notes_slide.notes_text_frame.text = "\n".join(lines)
        return slide

    def _top(self, part: Part) -> None:
        slide = self._slide(self.made.name, part.sources)
        said = [block for block in part.blocks if isinstance(block, Paragraph)]
        lead = [block for block in said if block.style != "item"]
        frame = self._box(slide, (EDGE, 1.1, WIDE - 2 * EDGE, 3.6))
        self._run(frame.paragraphs[0], self.made.eyebrow, 10, "soft", SANS)
        self._paragraphs(frame, lead, 17, first=False)
        self._strips(slide, part, 4.75)
        headings = [block for block in part.blocks if isinstance(block, Heading)]
        items = [block for block in said if block.style == "item"]
        if items:
            follow = self._slide(headings[0].text if headings else self.say("tell.next"))
            self._paragraphs(self._box(follow, (EDGE, 1.4, WIDE - 2 * EDGE, 5.2)), items, 17)

    def _one(self, part: Part) -> None:
        slide = self._slide(self.made.name, part.sources)
        said = [block for block in part.blocks if isinstance(block, Paragraph)]
        lead = [block for block in said if block.style == "lead"]
        frame = self._box(slide, (EDGE, 1.05, 5.6, 3.4))
        self._run(frame.paragraphs[0], self.made.eyebrow, 9, "soft", SANS)
        warned = [block for block in said if block.tone == "warn" and block.style == "small"]
        self._paragraphs(frame, [*warned, *lead], 12.5, first=False)
        for block in part.blocks:
            if isinstance(block, Picture):
                self._chart(slide, block, (6.4, 1.05, WIDE - 6.4 - EDGE, 3.2))
        self._strips(slide, part, 4.3)
        self._columns(slide, part)
        small = [block for block in said if block.style == "small" and block.tone == "plain"]
        self._paragraphs(self._box(slide, (EDGE, 6.68, WIDE - 2 * EDGE, 0.35)), small, 7.5)

    def _columns(self, slide: Any, part: Part) -> None:
        """Set what follows each heading of one page as columns side by side."""
        groups: list[tuple[str, list[Paragraph]]] = []
        for block in part.blocks:
            if isinstance(block, Heading):
                groups.append((block.text, []))
            elif groups and isinstance(block, Paragraph) and block.style in {"body", "item"}:
                groups[-1][1].append(block)
        width = (WIDE - 2 * EDGE - 0.4 * (len(groups) - 1)) / max(1, len(groups))
        for index, (title, blocks) in enumerate(groups):
            frame = self._box(slide, (EDGE + index * (width + 0.4), 5.2, width, 1.45))
            self._run(frame.paragraphs[0], title, 12.5, "ink", SERIF)
            letters = sum(len(bit.text) for block in blocks for bit in block.bits)
            crowded = letters > (CROWDED if self.made.lang == "zh" else 2 * CROWDED)
            self._paragraphs(frame, blocks, 8.5 if crowded else 10, first=False)

    def _part(self, part: Part) -> None:
        heading = part.blocks[0]
        title = heading.text if isinstance(heading, Heading) else self.made.name
        blocks = part.blocks[1:]
        pictures = [block for block in blocks if isinstance(block, Picture)]
        said = [
            block for block in blocks if isinstance(block, Paragraph) and block.style in {"body", "small"}
        ]
        grids = [block for block in blocks if isinstance(block, Grid)]
        if said or pictures:
            slide = self._slide(title, part.sources)
            drawn = bool(pictures) and self._chart(slide, pictures[0], (5.7, 1.2, WIDE - 5.7 - EDGE, 4.4))
            width = 4.8 if drawn else WIDE - 2 * EDGE
            spoken = [block for block in said if block.style == "body"]
            notes = [block for block in said if block.style == "small"]
            frame = self._box(slide, (EDGE, 1.25, width, 4.4))
            self._paragraphs(frame, spoken, 15 if len(spoken) <= 4 else 12)
            if not self._strips(slide, part, 5.7):
                self._paragraphs(self._box(slide, (EDGE, 5.7, WIDE - 2 * EDGE, 1.2)), notes, 9)
        again = self.say("tell.continued", title=title)
        for picture in pictures[1:]:
            slide = self._slide(again, picture.sources)
            if not self._chart(slide, picture, (EDGE, 1.2, WIDE - 2 * EDGE, 5.6)):
                self._run(
                    self._box(slide, (EDGE, 1.2, 6, 0.5)).paragraphs[0],
                    self.say("page.empty_chart"),
                    12,
                    "soft",
                    SANS,
                )
        self._quotes(part, again)
        for grid in grids:
            if part.id in {"receipts", "figures"} or grid.title:
                self._grid(again if part.id not in {"figures"} else title, grid, whole=part.id == "figures")

    def _quotes(self, part: Part, title: str) -> None:
        pairs = [
            (block, part.blocks[index + 1])
            for index, block in enumerate(part.blocks[:-1])
            if isinstance(block, Paragraph) and block.style == "quote"
        ]
        if not pairs:
            return
        slide = self._slide(title, part.sources)
        frame = self._box(slide, (EDGE, 1.3, WIDE - 2 * EDGE, 5.5))
        for index, (quote, source) in enumerate(pairs[:QUOTES]):
            paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
            self._bits(paragraph, quote.bits, "ink", 15, SERIF)
            where = frame.add_paragraph()
            if isinstance(source, Paragraph):
                self._bits(where, source.bits, "soft", 10, SANS)
            where.space_after = Pt(12)

    def _grid(self, title: str, grid: Grid, *, whole: bool) -> None:
        """Set a table: its first rows, or on as many slides as it takes."""
        rows = grid.rows if whole else grid.rows[:ROWS]
        for start in range(0, len(rows), ROWS):
            slide = self._slide(title)
            shown = rows[start : start + ROWS]
            under = grid.under
            if not whole and len(grid.rows) > ROWS:
                total, first = (self.wording.catalogue.exact(n) for n in (len(grid.rows), ROWS))
                under = self.say("tell.table_cut", total=total, shown=first)
            caption = self._box(slide, (EDGE, 1.05, WIDE - 2 * EDGE, 0.35))
            self._run(caption.paragraphs[0], " ".join(filter(None, (grid.title, under))), 10, "soft", SANS)
            self._table(slide, grid, shown)

    def _table(self, slide: Any, grid: Grid, rows: tuple[tuple[str, ...], ...]) -> None:
        room = Inches(WIDE - 2 * EDGE)
        box = (Inches(EDGE), Inches(1.45), room, Inches(0.31 * (len(rows) + 1)))
        frame = slide.shapes.add_table(len(rows) + 1, len(grid.head), *box)
        table = frame.table
        style = frame._element.graphic.graphicData.tbl.tblPr
        style.set("bandRow", "0")
        style.find(qn("a:tableStyleId")).text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
        whole = sum(grid.wide) or 1.0
        for column, wide in zip(table.columns, grid.wide, strict=True):
            column.width = Emu(int(room * wide / whole))
        for line, row in enumerate((grid.head, *rows)):
            for index, (text, right) in enumerate(zip(row, grid.right, strict=True)):
                cell = table.cell(line, index)
                cell.margin_top = cell.margin_bottom = Pt(1.5)
                cell.margin_left = cell.margin_right = Pt(3)
                paragraph = cell.text_frame.paragraphs[0]
                paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
                cut = text if len(text) <= 90 else f"{text[:90]}…"
                self._run(paragraph, cut, 9, "soft" if line == 0 else "ink", SANS)

    def _chart(self, slide: Any, picture: Picture, box: tuple[float, float, float, float]) -> bool:
        drawn = native(picture.chart, self.wording)
        if drawn is None:
            return False
        left, top, width, height = box
        head = self._box(slide, (left, top, width, 0.35))
        self._run(head.paragraphs[0], picture.title, 11, "ink", SANS)
        foot = 0.0
        if picture.acts:
            foot = 0.75
            acts = self._box(slide, (left, top + height - foot, width, foot))
            self._run(
                acts.paragraphs[0],
                "  ".join(picture.acts),
                7 if len(picture.acts) <= 12 else 5.5,
                "soft",
                SANS,
            )
        inner = tuple(Inches(n) for n in (left, top + 0.33, width, height - 0.33 - foot))
        place(slide, drawn, inner, name=picture.chart.id, alt=picture.alt)  # type: ignore[arg-type]
        return True

    def _strips(self, slide: Any, part: Part, top: float) -> bool:
        strip = next((block for block in part.blocks if isinstance(block, Strip)), None)
        if strip is None:
            return False
        width = (WIDE - 2 * EDGE) / len(strip.tiles)
        for index, tile in enumerate(strip.tiles):
            frame = self._box(slide, (EDGE + index * width, top, width - 0.15, 1.0))
            self._run(frame.paragraphs[0], tile.name, 9.5, "soft", SANS)
            self._run(frame.add_paragraph(), tile.value, 18, "ink", SANS)
            self._run(frame.add_paragraph(), tile.small, 9, "soft", SANS)
        return True

    def _paragraphs(self, frame: Any, blocks: list[Paragraph], points: float, *, first: bool = True) -> None:
        for index, block in enumerate(blocks):
            paragraph = frame.paragraphs[0] if first and index == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(points * 0.5)
            tone = "ink" if block.tone == "plain" else block.tone
            small = block.style == "small"
            size = min(points, 9.5) if small else points
            bits = (Bit("– "), *block.bits) if block.style == "item" else block.bits
            self._bits(paragraph, bits, tone, size, SERIF if block.style == "lead" else SANS, small=small)

    def _bits(
        self,
        paragraph: Any,
        bits: tuple[Bit, ...],
        tone: str,
        points: float,
        face: tuple[str, str],
        *,
        small: bool = False,
    ) -> None:
        paragraph.line_spacing = 1.15
        for bit in bits:
            if not bit.text:
                continue
            name = {"figure": tone, "interval": "soft", "soft": "soft", "marked": "wom"}.get(bit.look, "ink")
            if small:
                name = "soft" if tone == "ink" else tone
            size = points * 0.7 if bit.look == "interval" else points
            run = self._run(paragraph, bit.text, size, name, face)
            run.font.underline = True if bit.look == "marked" else None

    def _run(self, paragraph: Any, text: str, points: float, name: str, face: tuple[str, str]) -> Any:
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.bold = Pt(points), False
        run.font.color.rgb = colour(name)
        run.font.name = face[0]
        properties = run._r.get_or_add_rPr()
        east = properties.makeelement(qn("a:ea"), {"typeface": face[1]})
        properties.find(qn("a:latin")).addnext(east)
        properties.set("lang", "zh-CN" if self.made.lang == "zh" else "en-GB")
        return run

    def _box(self, slide: Any, box: tuple[float, float, float, float]) -> Any:
        shape = slide.shapes.add_textbox(*(Inches(n) for n in box))
        frame = shape.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        return frame
