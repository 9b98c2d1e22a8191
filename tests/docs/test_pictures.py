"""Every picture a page names lies there, is light, and belongs to a page."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest
from docs.screenshots import HEAVIEST, SIZE, light, shots

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
LANGUAGES = ("en", "zh")
MOST = 10


def named(page: Path) -> list[tuple[str, Path]]:
    return [(alt, (page.parent / name).resolve()) for alt, name in PICTURE.findall(page.read_text("utf-8"))]


PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("README*.md")])
LIE = sorted(path for path in DOCS.rglob("*") if path.suffix in {".png", ".jpg", ".jpeg", ".svg", ".webp"})


def test_no_page_names_a_picture_that_is_not_there_and_none_is_orphaned():
    wanted = {path for page in PAGES for _, path in named(page) if DOCS in path.parents}
    assert wanted == set(LIE)
    assert len(wanted) >= 2 * len(shots("", "", ""))


def test_the_script_takes_exactly_the_pictures_of_the_tutorials():
    taken = {
        DOCS / lang / "tutorials" / "pictures" / f"{shot.name}.png"
        for lang in LANGUAGES
        for shot in shots("", "", "")
    }
    assert {path for path in LIE if path.parent.name == "pictures"} == taken


@pytest.mark.parametrize("path", LIE, ids=lambda path: f"{path.parents[2].name}-{path.stem}")
def test_a_picture_is_light_and_as_wide_as_the_others(path):
    data = path.read_bytes()
    assert len(data) <= HEAVIEST
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", data[16:24]) == (SIZE["width"], SIZE["height"])


@pytest.mark.parametrize("page", [page for page in PAGES if page.parent.name == "tutorials"], ids=str)
def test_a_tutorial_has_few_pictures_each_told_in_words_and_a_twin_with_the_same(page):
    own = named(page)
    assert 1 <= len(own) <= MOST
    assert all(alt.strip() for alt, _ in own)
    other = DOCS / {"en": "zh", "zh": "en"}[page.parents[1].name] / "tutorials" / page.name
    assert [path.name for _, path in named(other)] == [path.name for _, path in own]


def test_a_picture_too_rich_for_a_page_is_refused():
    import io

    import numpy as np
    from PIL import Image

    noise = np.random.default_rng(1).integers(0, 255, (800, 1200, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(noise).save(out, "PNG")
    with pytest.raises(ValueError, match="more than"):
        light(out.getvalue())
