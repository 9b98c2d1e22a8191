"""Templates speak only through the catalogue, and the catalogue holds nothing they do not say."""

import re
from pathlib import Path

from longtake.locale import catalogue

ROOT = Path(__file__).parents[2] / "src" / "longtake"
TEMPLATES = sorted((ROOT / "web" / "templates").glob("*.j2"))
CODE = sorted([*(ROOT / "web").rglob("*.py"), *(ROOT / "cli").glob("up.py")])
SAID = re.compile(r"""say\(["']([\w.-]+)["'](?! *~)""")
GROUP = re.compile(r"""["'](web\.[\w.]+?[._])["'] *~""")


def test_every_word_a_template_says_is_there():
    said = {key for file in TEMPLATES for key in SAID.findall(file.read_text("utf-8"))}
    assert sorted(key for key in said if not catalogue("zh").has(key)) == []


def test_no_template_holds_words_of_its_own():
    chinese = re.compile(r"[\u4e00-\u9fff]")
    allowed = re.compile(r'"中文"|strip\("《》"\)')
    assert [f.name for f in TEMPLATES if chinese.search(allowed.sub("", f.read_text("utf-8")))] == []


def test_every_word_of_the_web_is_said_somewhere():
    text = "".join(file.read_text("utf-8") for file in (*TEMPLATES, *CODE))
    groups = set(GROUP.findall(text)) | {"web.failure."}
    words = [key for key in catalogue("zh").messages if key.startswith("web.")]
    said = {
        key
        for key in words
        if f'"{key}"' in text or f"'{key}'" in text or f'"{key.removeprefix("web.")}"' in text
    }
    assert [k for k in words if k not in said and not any(k.startswith(group) for group in groups)] == []
