"""Both labellings of a campaign's own comments, through the lake and the command line."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from lake_samples import STAND_IN
from longtake.cli.keeping import models as commands
from longtake.domain.comment import Comment
from longtake.domain.estimate import Estimate, Unknown
from longtake.errors import NotFoundError
from longtake.services.campaigns import known
from longtake.services.models import Client, check, compare, configured, would_send
from longtake.services.workspace import Workspace
from longtake.store.lake import Lake
from services.models.protocol_server import CONNECTED, Reply, chat, honest, rows, serving

TEXTS = [f"第{n}排{word}" for n in range(40) for word in ("真好看", "太烂", "一般")]
AUTHOR = "a1b2c3d4e5f60718"


@pytest.fixture
def workspace(tmp_path):
    """A campaign of 120 texts, one of them copied fifty times."""
    made = Workspace(tmp_path / "work")
    campaign = known.find_or_begin(made, "长镜头")
    with Lake(made.root / "lake", labeller=STAND_IN).begin(campaign.id, ["1"]) as batch:
        batch.add(
            "评论.csv",
            [
                Comment(f"c{n}", "weibo", "comment", text, n + 2, author=AUTHOR)
                for n, text in enumerate([*TEXTS, *["这片好 13800138000"] * 50, "", "  "])
            ],
        )
        batch.commit({})
    return made


def grudging(asked):
    """Answer honestly, but call 一般 bad and give no answer to the tenth row."""
    if asked.path.endswith("/embeddings"):
        return honest(asked)
    text = asked.texts[0]
    if "第10排" in text:
        return chat("no")
    return chat(rows((0, "neg", "一般"))) if "一般" in text else honest(asked)


def tree(folder: Path) -> dict[str, str]:
    files = (
        p for p in folder.rglob("*") if p.is_file() and "models" not in p.parts and ".spill" not in p.parts
    )
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_the_two_are_compared_row_by_row_and_nothing_stored_changes(workspace):
    before = tree(workspace.root)
    with serving(grudging) as server, Client(configured(server.env)) as client:
        found = compare(workspace, "长镜头", label="polarity", sample=1000, client=client)
        asked = len(server.asked)
        again = compare(workspace, "长镜头", label="polarity", sample=1000, client=client)
        assert len(server.asked) - asked == 1 + 3 * 2
        sent = "".join(request.raw.decode() for request in server.asked)
    assert found == again
    assert tree(workspace.root) == before
    assert AUTHOR not in sent
    assert "13800138000" not in sent
    assert (found.label, found.method) == ("polarity", "chat:big")
    # 120 texts and the copied one once; three of them without an answer.
    assert (found.sampled, found.unanswered) == (121, 3)
    assert [(row.value, row.built_in, row.plugged, row.both) for row in found.classes] == [
        ("neg", 39, 78, 39),
        ("neutral", 39, 0, 0),
        ("pos", 40, 40, 40),
    ]
    assert isinstance(found.kappa, Estimate)
    chance = (39 * 78 + 40 * 40) / 118**2
    assert found.kappa.value == pytest.approx((79 / 118 - chance) / (1 - chance))
    assert (found.equal.value, found.equal.n) == (pytest.approx(79 / 118), 118)
    assert len(found.differences) == 39
    first = found.differences[0]
    assert (first.source_file, first.source_line, first.text) == ("评论.csv", 4, "第0排一般")
    assert (first.built_in, first.plugged, first.span) == ("neutral", "neg", "一般")
    assert list(found.differences) == sorted(found.differences, key=lambda row: row.source_line)


def test_the_sample_is_the_same_each_time_and_larger_ones_hold_smaller_ones(workspace):
    seen = []
    for size in (10, 10, 60):
        with serving() as server, Client(configured(server.env)) as client:
            shutil.rmtree(workspace.root / "models", ignore_errors=True)
            found = compare(workspace, "长镜头", label="polarity", sample=size, client=client)
            seen.append({text for asked in server.asked[1:] for text in asked.texts})
            assert found.sampled == size
    assert seen[0] == seen[1] < seen[2]
    assert isinstance(found.kappa, Estimate)


def test_few_rows_have_no_kappa(workspace):
    with serving() as server, Client(configured(server.env)) as client:
        found = compare(workspace, "长镜头", label="polarity", sample=12, client=client)
    assert found.kappa == Unknown("too_few_rows", found.kappa.method, "ratio", 12, 30)


@pytest.mark.parametrize(
    ("campaign", "label", "kind"),
    [
        ("别的片", "polarity", "campaign"),
        ("长镜头", "colour", "label"),
        ("长镜头", "emotion", "stored label"),
    ],
)
def test_what_is_not_there_is_refused_before_anything_is_sent(workspace, campaign, label, kind):
    with serving() as server, Client(configured(server.env)) as client:
        with pytest.raises(NotFoundError) as caught:
            compare(workspace, campaign, label=label, sample=10, client=client)
        assert server.asked == []
    assert caught.value.kind == kind


def test_a_sample_out_of_range_is_a_mistake_of_the_caller(workspace):
    with (
        serving() as server,
        Client(configured(server.env)) as client,
        pytest.raises(ValueError, match="sample"),
    ):
        compare(workspace, "长镜头", label="polarity", sample=0, client=client)


def test_the_check_tells_off_from_refused_from_gone_from_wrong():
    assert [(item.name, item.ok, item.says) for item in check({})] == [("url", None, "off")]
    (refused,) = check({"LONGTAKE_MODEL_URL": "http://10.0.0.1:8000", "LONGTAKE_MODEL_NAME": "m"})
    assert (refused.ok, refused.error.code) == (False, "model_address")
    with serving() as server:
        found = check(server.env)
        assert [(item.name, item.ok) for item in found] == [
            ("url", True), ("address", True), ("chat", True), ("embedding", True),
        ]  # fmt: skip
        assert dict(found[3].slots)["dimensions"] == "2"
        told = {asked.raw.decode() for asked in server.asked if "chat" in asked.path}
        assert told == {would_send(configured(server.env))}
        unnamed = check({"LONGTAKE_MODEL_URL": server.url})
        assert [item.ok for item in unnamed] == [True, True, None, None]
    with serving(lambda _: Reply("{}")) as server:
        assert [item.ok for item in check(server.env)] == [True, True, False, False]
    with serving(lambda asked: chat("no") if "chat" in asked.path else honest(asked)) as server:
        assert [item.ok for item in check(server.env)] == [True, True, False, True]


def command(*arguments, env=None):
    app = typer.Typer()
    app.command()(lambda: None)
    commands.register(app)
    env = {"LONGTAKE_LANG": "en", "LONGTAKE_MODEL_URL": "", "COLUMNS": "300", **(env or {})}
    return CliRunner().invoke(app, ["models", *arguments], env=env)


@pytest.mark.parametrize(("lang", "off"), [("en", "No model is plugged in"), ("zh", "没有接入模型")])
def test_without_a_url_nothing_is_sent(lang, off, workspace):
    before = len(CONNECTED)
    done = command("check", "--lang", lang)
    assert (done.exit_code, off in done.output) == (0, True)
    refused = command("compare", "-c", "长镜头", env={"LONGTAKE_WORKSPACE": str(workspace.root)})
    assert "LONGTAKE_MODEL_URL is not set" in str(refused.exception)
    assert len(CONNECTED) == before


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("kappa): 0.50 (90%", "39 comments labelled differently", "评论.csv:4", "19 more")),
        ("zh", ("kappa）：0.50（90%", "39 条标签不同的评论", "评论.csv:4", "还有 19 条")),
    ],
)
def test_the_command_line_says_it_in_both_languages(workspace, lang, words):
    with serving(grudging) as server:
        env = {**server.env, "LONGTAKE_WORKSPACE": str(workspace.root), "LONGTAKE_MODEL_KEY": "sk-SECRET"}
        shown = command("compare", "-c", "长镜头", "--sample", "500", "--lang", lang, env=env)
        checked = command("check", "--lang", lang, env=env)
        plain = command("compare", "-c", "长镜头", "--sample", "500", "--json", env=env)
        states = command("check", "--json", env=env)
    assert (shown.exit_code, checked.exit_code, plain.exit_code, states.exit_code) == (0, 0, 0, 0)
    assert [word for word in words if word not in shown.output] == []
    assert would_send(configured(env)) in checked.output
    assert "sk-SECRET" not in shown.output + checked.output + plain.output + states.output
    told = json.loads(plain.output)
    assert (len(told["differences"]), told["kappa"]["n"], told["kappa"]["known"]) == (39, 118, True)
    assert [row["ok"] for row in json.loads(states.output)] == [True] * 4
