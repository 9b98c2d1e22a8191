import csv
from datetime import timedelta

import numpy as np
import pytest

from longtake.domain.estimate import Estimate, Unknown
from longtake.locale import catalogue
from longtake.render.wording import Wording
from longtake.services.answers.referrals import brought
from longtake.services.campaigns.target import target
from longtake.services.progress import Silent
from longtake.services.workspace import Workspace
from longtake.simulate.people.referrals import invitations
from longtake.store.session import open_session

HEADER = ("邀请码", "上级邀请码", "使用时间", "渠道")
ODD = (
    ("x1", "x2", "2026-01-20 10:00", "抖音"),
    ("x2", "x1", "2026-01-20 11:00", "抖音"),
    ("x3", "x3", "2026-01-20 12:00", "抖音"),
    ("x4", "c1", "", ""),
    ("x5", "nowhere", "2026-01-20 13:00", ""),
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    root = tmp_path_factory.mktemp("referrals")
    folder = root / "film"
    folder.mkdir()
    (folder / "campaign.toml").write_text('[campaign]\nname = "灯下的人"\n', encoding="utf-8")
    rows = invitations(
        np.random.default_rng(3), seeds=120, days=21.0, mean=0.7, dispersion=0.3, channels=("微信群", "抖音")
    )
    with (folder / "邀请.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for one in rows:
            at = (one.used_at + timedelta(hours=8)).strftime("%Y-%m-%d %H:%M:%S")
            writer.writerow([one.code, one.inviter_code or "", at, one.channel])
        writer.writerows(ODD)
    return Workspace(root / "ws"), str(folder), rows


@pytest.fixture(scope="module")
def found(workspace):
    return brought(workspace[0], workspace[1])


def test_a_planted_tree_comes_back_through_the_import(found, workspace):
    named = {figure.label: figure.quantity for figure in found.figures}
    assert named["referral_people"].value == len(workspace[2]) + 4
    assert named["referral_mean"].low < 0.7 < named["referral_mean"].high
    assert found.section.said[0].key in {"referral_dies", "referral_open"}
    assert sum(row[1] for row in found.section.tables["referral_generations"].rows) == len(workspace[2]) + 4


def test_nothing_odd_is_lost(found):
    assert dict(found.section.tables["referral_odd"].rows) == {
        "unused": 1,
        "self_invited": 1,
        "in_a_loop": 2,
        "unknown_inviter": 1,
    }


def test_every_figure_opens_its_rows(found, workspace):
    campaign = target(workspace[0], workspace[1], None, Silent())
    with open_session(workspace[0].lake, campaign.id) as session:
        for figure in found.figures:
            total, _ = session.rows(figure.evidence, limit=3)
            assert total > 0, figure.id
            if figure.label == "referral_people":
                assert total == figure.quantity.value


def test_every_channel_has_its_number_or_a_reason(found):
    by = [figure for figure in found.figures if figure.label == "referral_by_channel"]
    assert {figure.slots["channel"] for figure in by} == {"douyin", "微信群", "unknown"}
    assert all(isinstance(one.quantity, Estimate | Unknown) for one in by)
    (none,) = [one for one in by if one.slots["channel"] == "unknown"]
    assert none.quantity.reason == "too_few_people"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_can_be_said_in_both_languages(found, lang):
    wording = Wording(catalogue(lang), found.zone)
    said = ["".join(piece.text for piece in wording.sentence(one)) for one in found.section.sentences]
    assert all(text and "{" not in text for text in said)
    assert all(wording.name(figure) and wording.about(figure) for figure in found.figures)


def test_a_campaign_without_invitations_says_nothing(tmp_path):
    folder = tmp_path / "film"
    folder.mkdir()
    (folder / "campaign.toml").write_text('[campaign]\nname = "x"\n', encoding="utf-8")
    assert brought(Workspace(tmp_path / "ws"), str(folder)).section is None
