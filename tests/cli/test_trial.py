"""The whole way of a trial on the command line, in both languages, and its refusals."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from longtake.cli.main import app
from longtake.errors import LongtakeError
from longtake.ingest.values.moment import SHANGHAI

TODAY = datetime.now(UTC).astimezone(SHANGHAI).date()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    workspace = tmp_path / "workspace"
    (workspace / "campaigns").mkdir(parents=True)
    text = '[campaign]\nname = "灯下的人"\n[[node]]\nid = "trailer-a"\nkind = "trailer"\ntitle = "预告A"\n'
    (workspace / "campaigns" / "灯下的人.toml").write_text(text, "utf-8")
    monkeypatch.setenv("LONGTAKE_WORKSPACE", str(workspace))
    monkeypatch.setenv("LONGTAKE_LANG", "zh")

    def call(*words: str) -> str:
        done = CliRunner().invoke(app, ["trial", *words])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code == 0, done.output
        return done.output

    return call


def test_the_whole_way(run, tmp_path: Path) -> None:
    film = ("灯下的人", "cut-1")
    assert "还没有试验" in run("list", film[0])
    told = run(
        "new", *film, "--question", "哪一版让人看完？", "--node", "trailer-a", "--arm", "欢乐版|emotion=笑",
        "--metric", "finish", "--units", "24000", "--minimum", "0.015", "--baseline", "0.12",
    )  # fmt: skip
    assert "欢乐版 (情绪 笑)、预告A（第一个是对照）" in told
    assert "80%" in run("power", *film)
    assert "封存" in run("start", *film, "--begins", TODAY.isoformat())
    blank = run("template", *film)
    assert blank.splitlines()[0] == "arm,day,units,finish"
    file = tmp_path / "后台.csv"
    days = [(TODAY + timedelta(days=n)).isoformat() for n in range(4)]
    rows = [f"{arm},{d},2000,{x}" for d in days for arm, x in (("欢乐版", 240), ("trailer-a", 300))]
    file.write_text("版本,日期,曝光量,转化\n" + "\n".join([*rows, "谁,x,1,1"]), "utf-8")
    told = run("rows", *film, str(file))
    assert "读了 9 行，新增 8，重复 0，更正 0，拒收 1" in told
    assert "第 10 行，arm" in told
    assert "什么都没加" in run("rows", *film, str(file))
    told = run("look", *film)
    assert "“预告A”胜" in told
    assert "分流正常" in told
    found = json.loads(run("look", *film, "--json"))
    assert (found["decision"], found["arm"], found["units"]) == ("winner", "预告A", 16000)
    assert "有改善" in run("verdict", *film)
    shown = json.loads(run("show", *film, "--rows", "--json"))
    assert [e["act"] for e in shown["entries"]] == [
        "designed",
        "started",
        "rows",
        "look",
        "look",
        "look",
        "verdict",
    ]
    assert len(shown["rows"]) == 8
    assert "improved" in run("list", film[0], "--lang", "en")
    dealt = json.loads(run("deal", *film, "u1", "u2", "--json"))
    assert dealt == json.loads(run("deal", *film, "u1", "u2", "--json"))
    told = run("change", *film, "--why", "预算减半", "--units", "12000")
    assert "准实验" in told
    assert "预算减半" in run("show", *film)


def test_what_cannot_be_done_says_what_would(run, tmp_path: Path) -> None:
    base = ("灯下的人", "x", "--question", "?")
    with pytest.raises(LongtakeError, match="two arms"):
        run("new", *base, "--units", "9000", "--minimum", "0.01")
    with pytest.raises(LongtakeError, match="trailer-a"):
        run("new", *base, "--node", "no-such")
    run("new", *base, "--arm", "A", "--arm", "B", "--units", "9000", "--minimum", "0.01")
    with pytest.raises(LongtakeError, match="baseline"):
        run("start", "灯下的人", "x")
    with pytest.raises(LongtakeError, match="not started"):
        run("rows", "灯下的人", "x", str(tmp_path / "none.csv"))
    with pytest.raises(LongtakeError, match="No rows"):
        run("rows", "灯下的人", "x")
    with pytest.raises(LongtakeError, match="No trial"):
        run("show", "灯下的人", "y")


def test_a_series_of_the_campaigns_own(run) -> None:
    run("new", "灯下的人", "s", "--question", "?", "--design", "interrupted_series", "--minimum", "0.2")
    with pytest.raises(LongtakeError, match="No series"):
        run("rows", "灯下的人", "s", "--series", "likes")
    with pytest.raises(LongtakeError, match="cannot be opened"):
        run("rows", "灯下的人", "s", "none.csv")
    assert "读了 0 行" in run("rows", "灯下的人", "s", "--series", "comments")
