"""The documents say what the code does."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from docs.build import pages
from typer.testing import CliRunner

from longtake.cli.main import app
from longtake.simulate import exports

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "longtake"


def _rows(text: str, heading: str) -> list[list[str]]:
    """Return the cells of the first table after a line, its heading and rule left out."""
    lines = text[text.index(heading) :].splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("|"))
    table = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        table.append([cell.strip() for cell in line.strip("|").split("|")])
    return table[2:]


def _shown(text: str) -> list[str]:
    """Return the commands a document shows, without their comments."""
    return re.findall(r"^\$ (.+?)(?:\s{2,}#.*)?$", text, re.MULTILINE)


@pytest.mark.parametrize("path", [path for path, _ in pages()], ids=lambda p: f"{p.parent.name}/{p.name}")
def test_generated_page_is_fresh(path):
    assert dict(pages())[path] == path.read_text("utf-8"), "run `make docs`"


def test_architecture_names_every_folder_and_every_module_noun():
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    named = {row[0].strip("`").removeprefix("src/longtake/") for row in _rows(text, "| folder |")}
    assert named == {path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists()}
    nouns = next(row[1] for row in _rows(text, "| folder |") if row[0] == "`src/longtake/domain`")
    assert set(nouns.split(", ")) == {
        p.stem for p in (SOURCE / "domain").iterdir() if not p.stem.startswith("__")
    }


def test_architecture_earns_every_dependency():
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {re.split(r"[\[<>=]", line)[0] for line in project["dependencies"]}
    assert {row[0] for row in _rows(text, "| dependency |")} == wanted


def test_glossary_terms_are_used_where_they_say_and_stand_once():
    rows = _rows((ROOT / "GLOSSARY.md").read_text("utf-8"), "| term |")
    terms = [row[0] for row in rows]
    assert len(rows) > 30
    assert len(set(terms)) == len(terms)
    assert terms == sorted(terms, key=str.lower)
    for term, chinese, meaning, where in rows:
        place = SOURCE / where.strip("`")
        assert place.exists(), term
        assert meaning.endswith("."), term
        assert re.search(r"[\u4e00-\u9fff]", chinese), term
        files = [place] if place.is_file() else sorted(place.rglob("*.py"))
        text = "\n".join(file.read_text("utf-8") for file in files).lower()
        words = term.lower().replace("-", " ").split()
        assert all(word.rstrip("s") in text for word in words), term


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_readme_shows_commands_that_exist(name):
    text = (ROOT / name).read_text("utf-8")
    lines = _shown(text)
    make = {line.split()[1] for line in lines if line.startswith("make ")}
    targets = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert make == {"demo", "test"}
    assert make <= targets
    commands = {shlex.split(line)[1] for line in lines if line.startswith("longtake ")}
    assert len(commands) >= 9
    for command in sorted(commands):
        done = CliRunner().invoke(app, [command, "--help"], prog_name="longtake")
        assert done.exit_code == 0, command
        assert f"longtake {command}" in done.output


def test_both_readmes_show_the_same_commands():
    shown = [
        [
            re.sub(r"--lang (zh|en)", "--lang", line)
            for line in re.findall(
                r"^\$ (.+?)(?:\s{2,}#.*)?$", (ROOT / name).read_text("utf-8"), re.MULTILINE
            )
        ]
        for name in ("README.md", "README.zh.md")
    ]
    assert shown[0] == shown[1]


def test_links_of_the_documents_lead_somewhere():
    for document in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_page_readme_opens_is_one_that_the_demo_writes(name):
    folder = re.search(r"`demo/([a-z]+)/report/report\.html`", (ROOT / name).read_text("utf-8"))[1]
    assert folder in exports.samples()


def test_options_of_a_benchmark_reach_it(monkeypatch, tmp_path, capfd):
    monkeypatch.setenv("LONGTAKE_DATA", str(tmp_path))
    done = CliRunner().invoke(app, ["bench", "heat", "--hotsearch", "--quick"], prog_name="longtake")
    assert done.exit_code == 0, done.output
    said = done.output + capfd.readouterr().out
    assert "weibo_hot_hourly.parquet" in said
