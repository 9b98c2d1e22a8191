"""A document as a PDF, set by Typst from data: no text of a file ever becomes markup."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from longtake.render.documents.blocks import Bit, Document, Grid, Heading, Paragraph, Picture, Strip
from longtake.render.documents.fonts import folder, legible
from longtake.render.documents.stills import palette, svgs
from longtake.render.wording import Wording

TIGHTER = (1.18, 1.1, 1.03, 0.96, 0.89, 0.82, 0.75, 0.68)
"""Scales of one page, the largest first; the first that fits is taken."""


def pdf(made: Document, wording: Wording) -> bytes:
    """Return a document as PDF, tagged, with its text selectable and its charts as vectors.

    A one-page document is set as large as one page allows.

    Raises:
        FontsError: No Chinese font is there.
    """
    data = _plain(made, wording)
    if made.kind != "one-page":
        return _set(data, 1.0)
    scale = next((scale for scale in TIGHTER if _pages(data, scale) == 1), TIGHTER[-1])
    return _set(data, scale)


def _set(data: str, scale: float) -> bytes:
    import typst  # noqa: PLC0415 -- slow import

    made: bytes = typst.compile(
        _template(),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"data": data, "scale": str(scale)},
    )
    return made


def _pages(data: str, scale: float) -> int:
    import typst  # noqa: PLC0415 -- slow import

    found = typst.query(
        _template(),
        "<pages>",
        field="value",
        one=True,
        font_paths=_fonts(),
        sys_inputs={"data": data, "scale": str(scale)},
    )
    return int(json.loads(found))


@cache
def _fonts() -> Any:
    import typst  # noqa: PLC0415 -- slow import

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder())])


@cache
def _template() -> bytes:
    return (files("longtake.render") / "templates" / "document.typ").read_bytes()


def _plain(made: Document, wording: Wording) -> str:
    before, between, after = (
        wording.catalogue.say("tell.page_of", page="\x00", pages="\x01").replace("\x01", "\x00").split("\x00")
    )
    blocks = [_block(block, wording) for part in made.parts for block in part.blocks]
    return json.dumps(
        {
            "kind": made.kind,
            "lang": made.lang,
            "title": _set_as(made.title),
            "name": _set_as(made.name),
            "eyebrow": _set_as(made.eyebrow),
            "footer": _set_as(made.footer),
            "page": [before, between, after],
            "empty": wording.catalogue.say("page.empty_chart"),
            "colours": palette(),
            "blocks": blocks,
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def _block(block: object, wording: Wording) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "text": _set_as(block.text), "level": block.level}
    if isinstance(block, Paragraph):
        tone = "ink" if block.tone == "plain" else block.tone
        bits = [_bit(bit) for bit in block.bits]
        return {"kind": "paragraph", "style": block.style, "tone": tone, "bits": bits}
    if isinstance(block, Strip):
        tiles = [
            {key: _set_as(getattr(tile, key)) for key in ("name", "value", "small", "note")}
            for tile in block.tiles
        ]
        return {"kind": "strip", "tiles": tiles}
    if isinstance(block, Picture):
        return {
            "kind": "picture",
            "title": _set_as(block.title),
            "alt": _set_as(block.alt),
            "key": [[tone, _set_as(name)] for tone, name in block.key],
            "acts": [_set_as(act) for act in block.acts],
            "note": _set_as(" ; ".join(f"longtake rows {name}" for name in block.sources)),
            "height": block.height_cm,
            "panels": list(svgs(block.chart, wording)),
        }
    if isinstance(block, Grid):
        return {
            "kind": "grid",
            "title": _set_as(block.title),
            "head": [_set_as(text) for text in block.head],
            "rows": [[_set_as(text) for text in row] for row in block.rows],
            "right": list(block.right),
            "wide": list(block.wide),
            "under": _set_as(block.under),
        }
    raise TypeError(f"no block is a {type(block).__name__}")


def _bit(bit: Bit) -> dict[str, str]:
    return {"text": _set_as(bit.text), "look": bit.look, "note": _set_as(bit.note)}


def _set_as(text: str) -> str:
    """Return text in letters the fonts have; their middle dot brings its own space."""
    return legible(text).replace(" · ", "·")
