"""`longtake groups` on invented votes."""

from __future__ import annotations

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from longtake.cli.main import app
from longtake.errors import LongtakeError, NotFoundError
from longtake.services.answers import groups

TEXTS = [
    "片名起得好",
    "结尾太赶",
    "想再看一遍",
    "票价贵了",
    "配乐抢戏",
    "该多排几场",
    "演得真",
    "台词太满",
    "船戏拍得好",
    "开头太慢",
    "像我爸",
    "字幕太小",
    "片尾曲好听",
    "反转生硬",
    "值得带爸妈看",
    "预告骗人",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Forty who like it and thirty who do not; all want more showings."""
    made = tmp_path_factory.mktemp("votes")
    rng = np.random.default_rng(0)
    likes = np.array([1, -1, 1, -1, -1, 1, 1, -1] * 2)
    lines = ["timestamp,datetime,comment-id,voter-id,vote"]
    for person in range(70):
        view = likes if person < 40 else -likes
        for statement, side in enumerate(view.tolist()):
            vote = 1 if statement == 5 else side * int(rng.choice([1, -1], p=[0.9, 0.1]))
            lines.append(f"{1700000000000 + person},x,{statement},{person},{vote}")
    (made / "votes.csv").write_text("\n".join(lines), "utf-8")
    told = ["comment-id,moderated,comment-body", *(f"{n},1,{text}" for n, text in enumerate(TEXTS))]
    (made / "comments.csv").write_text("\n".join(told), "utf-8")
    return made


def test_planted_groups_and_what_all_agree_on(folder):
    found = groups.read(folder)
    assert sorted(found.found.sizes.tolist()) == [30, 40]
    assert found.found.clear is True
    assert next(found.text(one.statement) for one in found.found.consensus if one.agrees) == "该多排几场"
    assert 5 not in found.dividing()


@pytest.mark.parametrize(
    ("lang", "said"),
    [("zh", ("70 人分成 2 群", "该多排几场", "分歧最大")), ("en", ("70 people fall into 2",))],
)
def test_the_command_tells_it_in_words(folder, lang, said):
    done = CliRunner().invoke(app, ["groups", str(folder), "--lang", lang])
    assert done.exit_code == 0, done.output
    assert [text for text in said if text not in done.output] == []


def test_the_command_gives_json(folder):
    done = CliRunner().invoke(app, ["groups", str(folder / "votes.csv"), "--json"])
    told = json.loads(done.output)
    assert (told["n"], told["k"], told["no_groups_because"]) == (70, 2, None)
    assert told["consensus"][0]["text"] == "5"
    assert [group["people"] for group in told["groups"]] == [40, 30]


def test_too_few_people_are_told_and_not_grouped(folder, tmp_path):
    few = list((folder / "votes.csv").read_text("utf-8").splitlines())[: 1 + 16 * 20]
    (tmp_path / "v.csv").write_text("\n".join(few), "utf-8")
    done = CliRunner().invoke(app, ["groups", str(tmp_path / "v.csv"), "--lang", "zh"])
    assert "不分群：票够多的只有 20 人，至少要 30 人" in done.output
    assert "A 群" not in done.output


def test_a_folder_without_votes_and_a_file_without_one_are_refused(tmp_path):
    with pytest.raises(NotFoundError, match="file of votes"):
        groups.read(tmp_path)
    (tmp_path / "v.csv").write_text("comment-id,voter-id,vote\n1,1,yes\n", "utf-8")
    with pytest.raises(LongtakeError, match="not one of 1 records is a vote"):
        groups.read(tmp_path / "v.csv")
