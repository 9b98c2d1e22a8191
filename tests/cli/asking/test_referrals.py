import json

import pytest
from typer.testing import CliRunner

from longtake.cli.main import app
from longtake.ingest.templates.blank import blank


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("LONGTAKE_WORKSPACE", str(tmp_path / "ws"))
    (tmp_path / "campaign.toml").write_text('[campaign]\nname = "灯下的人"\n', encoding="utf-8")
    rows = "".join(f"k{i},,k{i // 2 if i else ''},,2024-06-{1 + i // 2:02d},微信群,\n" for i in range(24))
    (tmp_path / "invited.csv").write_text(blank("referrals").splitlines()[0] + "\n" + rows, encoding="utf-8")
    return tmp_path


def run(*arguments):
    done = CliRunner().invoke(app, [str(one) for one in arguments], prog_name="longtake")
    assert done.exit_code == 0, done.output
    return done.output


def test_json_holds_sentences_figures_and_tables_and_a_figure_opens(folder):
    found = json.loads(run("referrals", folder, "--json", "--lang", "en"))
    assert {one["id"] for one in found["figures"]} >= {"灯下的人:referrals.mean", "灯下的人:referrals.top"}
    assert {"referral_generations", "referral_trees"} <= set(found["tables"])
    assert json.loads(run("rows", "灯下的人:referrals.people", "--json"))["total"] == 24


@pytest.mark.parametrize(("lang", "word"), [("zh", "逐代"), ("en", "By generation")])
def test_a_terminal_gets_tables(folder, lang, word):
    assert word in run("referrals", folder, "--lang", lang)


def test_nothing_to_tell_says_where_to_begin(tmp_path, monkeypatch):
    monkeypatch.setenv("LONGTAKE_WORKSPACE", str(tmp_path / "ws"))
    (tmp_path / "campaign.toml").write_text('[campaign]\nname = "x"\n', encoding="utf-8")
    assert "longtake template referrals" in run("referrals", tmp_path)
