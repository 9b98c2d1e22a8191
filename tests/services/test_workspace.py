from __future__ import annotations

import subprocess
import sys

import pytest

from longtake.services.workspace import Workspace, WorkspaceError, write_whole


def test_a_key_is_made_once_and_kept_private(tmp_path):
    first, again = Workspace(tmp_path / "w"), Workspace(tmp_path / "w")
    assert first.pseudonym()("weibo", "42") == again.pseudonym()("weibo", "42")
    assert (tmp_path / "w" / "key").stat().st_mode & 0o077 == 0
    assert Workspace(tmp_path / "other").pseudonym()("weibo", "42") != first.pseudonym()("weibo", "42")


def test_the_same_person_on_two_platforms_is_two_people(tmp_path):
    made = Workspace(tmp_path).pseudonym()
    assert made("weibo", "42") != made("douyin", "42")
    assert len(made("weibo", "42")) == 16


def test_eight_first_imports_at_once_share_one_key(tmp_path):
    code = (
        "import sys; from pathlib import Path; from longtake.services.workspace import Workspace;"
        "print(Workspace(Path(sys.argv[1])).pseudonym()('weibo', '42'))"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "w")], stdout=subprocess.PIPE, text=True)
        for _ in range(8)
    ]
    assert len({process.communicate()[0].strip() for process in running}) == 1


def test_a_damaged_key_is_refused_and_not_replaced(tmp_path):
    workspace = Workspace(tmp_path)
    (tmp_path / "key").write_bytes(b"short")
    with pytest.raises(WorkspaceError, match="5 bytes"):
        workspace.pseudonym()
    assert (tmp_path / "key").read_bytes() == b"short"


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path):
    path = tmp_path / "a.txt"
    write_whole(path, b"old")
    (tmp_path / "blocked").write_text("a file, not a folder")
    with pytest.raises(WorkspaceError):
        write_whole(tmp_path / "blocked" / "a.txt", b"new")
    assert path.read_bytes() == b"old"
