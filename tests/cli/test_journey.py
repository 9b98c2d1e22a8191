"""What a person does on the command line; once each as processes of their own."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from longtake.cli.main import run

ENCODING = "utf-8"
COMMENTS = """id,platform,at,author,text,likes,rating,region,verified
c1,weibo,2026-01-08 10:05,u1,看到最后一盏灯亮起来，我在车上哭了,12,,上海,
c2,weibo,2026-01-08 10:40,u2,节奏太慢了，看得想睡觉,3,,北京,
c3,weibo,2026-01-08 11:10,u1,推荐大家去看，真的好,40,,上海,
c4,douban,2026-01-09,u3,音乐很好，结尾仓促,5,4,,
"""
LATER = """id,platform,at,author,text,likes,rating,region,verified
c3,weibo,2026-01-08 11:10,u1,推荐大家去看，真的好,95,,上海,
c5,weibo,2026-01-10 09:00,u4,二刷回来还是喜欢,1,,,
"""
BROKEN = """id,platform,at,author,text,likes,rating,region,verified
4.7E+15,weibo,2026-01-08 10:05,u1,一条,1,,,
c6,weibo,不知道,u5,时间写坏了,1,,,
c7,weibo,2026-01-08 12:00,u6,这条是好的,2,,,
"""

STRANGE = "流水号,网友,发表于,说了什么,点赞\n"


class Shell:
    """Runs ``longtake`` in a folder with a workspace of its own, in this process or in one of its own."""

    def __init__(self, folder: Path, *, apart: bool) -> None:
        self.folder, self.apart = folder, apart

    def __call__(self, *arguments: str | Path, code: int = 0) -> str:
        words = [str(one) for one in arguments]
        given = {"LONGTAKE_WORKSPACE": str(self.folder / "work"), "LONGTAKE_LANG": "en"}
        got, out, err = (self._process if self.apart else self._here)(words, given)
        assert got == code, (arguments, got, out, err)
        return out if code == 0 else err

    def _process(self, words: list[str], given: dict[str, str]) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "longtake", *words],
            cwd=self.folder,
            env={**os.environ, **given},
            capture_output=True,
            encoding=ENCODING,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    def _here(self, words: list[str], given: dict[str, str]) -> tuple[int, str, str]:
        out, err, code = io.StringIO(), io.StringIO(), 0
        with (
            pytest.MonkeyPatch.context() as patch,
            contextlib.chdir(self.folder),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            for name, value in given.items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["longtake", *words])
            try:
                run()
            except SystemExit as end:
                code = int(end.code or 0)
        return code, out.getvalue(), err.getvalue()

    def file(self, name: str, text: str, encoding: str = ENCODING) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding)
        return path


@pytest.fixture
def shell(tmp_path):
    return Shell(tmp_path, apart=False)


@pytest.fixture
def apart(tmp_path):
    return Shell(tmp_path, apart=True)


def _add(shell: Shell, *files: Path, extra: tuple[str, ...] = ()) -> list[dict]:
    return json.loads(shell("add", *files, "--campaign", "灯下的人", "--json", *extra))["files"]


def _rows(shell: Shell) -> list[dict]:
    found = json.loads(shell("rows", "灯下的人:voice.polarity", "--json"))
    assert found["total"] == len(found["rows"])
    return [dict(zip(found["columns"], row, strict=True)) for row in found["rows"]]


def _law(receipt: dict) -> None:
    assert receipt["rows_in"] == receipt["kept"] + receipt["duplicate"] + len(receipt["refused"])


def test_the_same_file_twice_adds_nothing(apart):
    file = apart.file("comments.csv", COMMENTS)
    first, again = _add(apart, file)[0], _add(apart, file)[0]
    assert (first["reader"], first["rows_in"], first["kept"]) == ("longtake-comments", 4, 4)
    assert (again["rows_in"], again["kept"], again["duplicate"]) == (4, 0, 4)
    assert len(json.loads(apart("receipts", "--json"))) == 1


def test_an_overlapping_export_takes_over_later_likes_and_undo_gives_the_old_ones_back(shell):
    _add(shell, shell.file("a.csv", COMMENTS), extra=("--observed-at", "2026-01-09T12:00+08:00"))
    later = _add(shell, shell.file("b.csv", LATER), extra=("--observed-at", "2026-01-11T12:00+08:00"))[0]
    assert (later["kept"], later["duplicate"]) == (1, 1)
    shell("report", "灯下的人", "--out", "r")
    rows = _rows(shell)
    likes = {row["comment_id"]: row["likes"] for row in rows}
    assert (len(likes), likes["c3"]) == (5, 95)
    newest = json.loads(shell("receipts", "--json"))[-1]["import"]
    shell("undo", newest[:8])
    shell("report", "灯下的人", "--out", "r")
    rows = _rows(shell)
    likes = {row["comment_id"]: row["likes"] for row in rows}
    assert (len(likes), likes["c3"]) == (4, 40)


def test_undo_of_the_first_keeps_what_the_second_also_brought(shell):
    _add(shell, shell.file("a.csv", COMMENTS))
    first = json.loads(shell("receipts", "--json"))[0]["import"]
    _add(shell, shell.file("b.csv", LATER))
    shell("undo", first)
    shell("report", "灯下的人", "--out", "r")
    assert sorted(row["comment_id"] for row in _rows(shell)) == ["c3", "c5"]


def test_every_bad_row_is_named_and_costs_no_good_one(shell):
    receipt = _add(shell, shell.file("bad.csv", BROKEN))[0]
    _law(receipt)
    assert receipt["kept"] == 1
    assert [(row["line"], row["column"], row["value"]) for row in receipt["refused"]] == [
        (2, "id", "4.7E+15"),
        (3, "at", "不知道"),
    ]
    assert all(row["expected"] for row in receipt["refused"])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_the_same_rows_in_any_encoding_are_the_same_rows(shell, encoding):
    assert _add(shell, shell.file("x.csv", COMMENTS, encoding))[0]["kept"] == 4
    assert _add(shell, shell.file("y.csv", COMMENTS + "\n"))[0]["duplicate"] == 4


def test_a_folder_a_zip_and_a_stranger_in_one_call(shell):
    shell.file("in/a.csv", COMMENTS)
    shell.file("in/notes.bin", "\0\1\2")
    with zipfile.ZipFile(shell.folder / "in" / "b.zip", "w") as archive:
        archive.writestr("deep/b.csv", LATER)
    files = {Path(f["path"]).name: f for f in _add(shell, shell.folder / "in")}
    assert files["a.csv"]["kept"] == 4
    assert files["b.csv"]["kept"] == 1
    assert files["notes.bin"]["error"]
    for receipt in files.values():
        _law(receipt)


def test_a_table_nobody_knows_is_mapped_once(shell):
    strange = shell.file("strange.csv", STRANGE + "1,甲,2026-01-08 10:00,真的很好看，推荐,3\n")
    assert _add_fails(shell, strange)
    shell("map", strange, "--save", "m.toml", "--yes")
    taken = _add(shell, strange, extra=("--map", "m.toml"))[0]
    assert (taken["kept"], taken["refused"]) == (1, [])
    other = shell.file("other.csv", STRANGE + "2,乙,2026-01-08 11:00,比预告里差了一截,0\n")
    assert _add(shell, other)[0]["kept"] == 1


def _add_fails(shell: Shell, file: Path) -> bool:
    error = shell("add", file, "--campaign", "灯下的人", "--json", code=1)
    return error == "" or "longtake" in error


def test_nothing_of_a_person_is_left_in_the_workspace(shell):
    text = COMMENTS.replace("u1", "someone-special-77")
    _add(shell, shell.file("a.csv", text))
    shell("report", "灯下的人", "--out", "r")
    for path in [*(shell.folder / "work").rglob("*"), *(shell.folder / "r").rglob("*")]:
        if path.is_file():
            assert b"someone-special-77" not in path.read_bytes(), path


def test_errors_are_one_line_that_says_what_would_do(apart):
    for arguments in (("rows", "x:y.z"), ("undo", "abc"), ("report", "nobody"), ("add", "no.csv", "-c", "x")):
        error = apart(*arguments, code=1)
        assert error.startswith("longtake: "), error
        assert error.count("\n") == 1, error


def test_a_template_can_be_filled_in_and_read_back(shell):
    for kind in ("counts", "events", "boxoffice", "comments", "nodes", "referrals"):
        text = shell("template", kind)
        receipt = _add(shell, shell.file(f"{kind}.csv", text))[0]
        assert receipt["reader"] == f"longtake-{kind}"
        assert receipt["kept"] > 0
        assert receipt["refused"] == []


def test_doctor_says_what_is_there(shell):
    _add(shell, shell.file("a.csv", COMMENTS))
    checks = {check["check"]: check for check in json.loads(shell("doctor", "--json"))}
    assert checks["engine"]["says"].startswith("duckdb")
    assert "comments 4" in checks["lake"]["says"]
    assert all(check["ok"] is not False for check in checks.values())
