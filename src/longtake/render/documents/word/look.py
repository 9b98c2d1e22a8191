"""The styles of a Word document: named, so that a person can change them all at once."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from longtake.render.documents.stills import palette

LATIN = {"serif": "Georgia", "sans": "Arial", "mono": "Consolas"}
CHINESE = {"serif": "宋体", "sans": "微软雅黑", "mono": "微软雅黑"}
STYLES = {
    # name: face, points, colour, space before, space after, line spacing
    "Normal": ("sans", 10, "ink", 0, 4, 1.35),
    "Title": ("serif", 24, "ink", 0, 4, 1.1),
    "Heading 1": ("serif", 17, "ink", 18, 6, 1.2),
    "Heading 2": ("serif", 13, "ink", 10, 3, 1.2),
    "Heading 3": ("sans", 10, "soft", 8, 2, 1.2),
    "Lead": ("serif", 14, "ink", 0, 5, 1.4),
    "Eyebrow": ("sans", 8.5, "soft", 0, 2, 1.2),
    "Item": ("sans", 10, "ink", 0, 3, 1.35),
    "Small": ("sans", 8, "soft", 2, 2, 1.3),
    "Quote": ("serif", 11, "ink", 4, 0, 1.4),
    "Source": ("sans", 8, "soft", 0, 5, 1.2),
    "Caption": ("sans", 9, "soft", 8, 2, 1.2),
    "Cell": ("sans", 8, "ink", 1, 1, 1.1),
    "Tile": ("sans", 14, "ink", 0, 0, 1.1),
}
NOTE_TEXT, NOTE_MARK = "footnote text", "footnote reference"


def dress(document: Any, *, tight: bool) -> None:
    """Set the styles of a new document.

    Args:
        document: A ``docx`` document.
        tight: Whether everything has to fit on one page.
    """
    shrink = 0.82 if tight else 1.0
    for name, (face, points, colour, before, after, line) in STYLES.items():
        style = _style(document, name)
        font(style, face, points * shrink, colour)
        form = style.paragraph_format
        form.space_before, form.space_after = Pt(before * shrink * shrink), Pt(after * shrink * shrink)
        form.line_spacing = line if not tight else min(line, 1.15)
        form.widow_control = True
        for border in style.element.findall(f"{qn('w:pPr')}/{qn('w:pBdr')}"):
            border.getparent().remove(border)
    font(_style(document, NOTE_TEXT), "sans", 6.5 if tight else 7.5, "soft")
    _style(document, NOTE_TEXT).paragraph_format.space_after = Pt(0)
    mark = _style(document, NOTE_MARK, WD_STYLE_TYPE.CHARACTER)
    mark.font.superscript = True
    mark.font.color.rgb = RGBColor.from_string(palette()["soft"][1:].upper())


def font(style: Any, face: str, points: float, colour: str) -> None:
    """Set the font of a style for Latin and Chinese letters, upright and not bold."""
    style.font.name, style.font.size = LATIN[face], Pt(round(points * 2) / 2)
    style.font.bold, style.font.italic = False, False
    style.font.color.rgb = RGBColor.from_string(palette()[colour][1:].upper())
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), CHINESE[face])
    fonts.set(qn("w:hAnsi"), LATIN[face])


def language(document: Any, tag: str) -> None:
    """Say which language the text is in, for hyphenation, line breaking and those who hear it."""
    for style in document.styles.element.iter(qn("w:rPrDefault")):
        properties = style.find(qn("w:rPr"))
        for old in properties.findall(qn("w:lang")):
            properties.remove(old)
        lang = OxmlElement("w:lang")
        # The language of Latin letters: told that they are Chinese, a word may break anywhere.
        lang.set(qn("w:val"), "en-GB" if tag == "en" else "en-US")
        lang.set(qn("w:eastAsia"), "zh-CN")
        properties.append(lang)


def _style(document: Any, name: str, kind: Any = WD_STYLE_TYPE.PARAGRAPH) -> Any:
    found = [style for style in document.styles if style.name == name]
    if found:
        return found[0]
    style = document.styles.add_style(name, kind)
    if kind == WD_STYLE_TYPE.PARAGRAPH:
        style.base_style = document.styles["Normal"]
    style.quick_style = True
    return style
