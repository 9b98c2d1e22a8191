"""Positioning on a small campaign of files whose truth is planted."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest

from longtake.domain.answers.cause import CAUSES
from longtake.domain.campaign import Circle
from longtake.domain.estimate import Estimate, Unknown
from longtake.locale import LANGUAGES, catalogue
from longtake.opinion.polarisation.shape import single_peak
from longtake.services.campaigns import folders
from longtake.services.reports import circles
from longtake.services.reports.assemble import assemble, figures_of
from longtake.services.reports.draft import Draft
from longtake.services.reports.positioning import measured, section
from longtake.services.reports.positioning.crowd import crowd
from longtake.services.reports.positioning.signs import KEYS, signs
from longtake.services.workspace import Workspace
from longtake.store.session import open_session
from services.reports.positioning.world import PLAN, write

PLAIN = PLAN[: PLAN.index("[[circle]]")]


@contextmanager
def drafted(root, **how):
    """Yield the draft of a campaign written so."""
    workspace = Workspace(root / "workspace")
    campaign = folders.follow(workspace, write(root / "campaign", **how))
    with open_session(workspace.lake, campaign.id) as session:
        yield Draft(circles.known(workspace, campaign, session), session)


@pytest.fixture(scope="module")
def split(tmp_path_factory):
    with drafted(tmp_path_factory.mktemp("split")) as draft:
        yield draft


@pytest.fixture(scope="module")
def alike(tmp_path_factory):
    how = {"fond": (0.6, 0.6), "sizes": (150, 150), "seed": 1, "verified": False}
    with drafted(tmp_path_factory.mktemp("alike"), **how) as draft:
        yield draft


@pytest.fixture(scope="module")
def speaking(tmp_path_factory):
    how = {"plan": PLAIN, "sizes": (80, 120), "openings": ("带孩子看的，", "看过原著，"), "verified": False}
    with drafted(tmp_path_factory.mktemp("speaking"), **how) as draft:
        yield draft


def said(draft):
    return {sentence.key: sentence for sentence in section.section(draft).sentences}


def value(draft, key):
    return {sign.key: sign for sign in signs(draft)}[key].figure.quantity


def test_everybody_is_in_the_circles_of_the_file(split):
    people = crowd(split)
    assert people.n == 300
    assert people.member.sum(axis=0).tolist() == [60, 240, 3, 100]
    assert people.kind == "planned"


def test_who_likes_it_and_who_does_not_is_said(split):
    told = said(split)
    assert dict(told["positioning_differ"].words) == {"circle": "影迷", "other": "路人"}
    assert dict(told["positioning_aspect"].words) == {"aspect": "acting", "circle": "影迷", "other": "路人"}


def test_the_planted_shares_of_the_aspect_are_in_their_intervals(split):
    people = crowd(split)
    names, favourable, whole = measured.judged(people)
    assert "acting" in names
    column = names.index("acting")
    assert whole[:2, column].tolist() == [60, 240]
    for row, (own, n) in enumerate(zip(favourable[:2, column], whole[:2, column], strict=True)):
        cell = measured.matrix(split).cells[row][column]
        assert cell.low <= own / n <= cell.high


def test_ratings_in_two_camps_are_called_that(split):
    assert "positioning_rated_bimodal" in said(split)
    fond = 0.9 * 0.2 + 0.2 * 0.8
    planted = np.array([0.8 * (1 - fond), 0.2 * (1 - fond), 0.0, 0.2 * fond, 0.8 * fond])
    beyond = np.abs(planted - single_peak(planted)).sum() / 2
    assert value(split, "polarised").low <= beyond <= value(split, "polarised").high


def test_planned_and_observed_audiences_are_compared(split):
    missed = value(split, "planned_missed")
    assert missed.low <= 0.3 <= missed.high
    assert measured.came(split).differ[:2] == (True, True)
    assert "positioning_missed" in said(split)


def test_circles_that_judge_alike_are_not_told_apart(alike):
    told = said(alike)
    assert "positioning_alike" in told
    assert "positioning_aspect" not in told
    assert value(alike, "circle_divergence").low == 0.0
    assert "positioning_as_planned" in told


def test_unverified_praise_leaves_the_verified_score(split):
    people = crowd(split)
    score, marks = np.r_[people.score, np.ones(500)], np.r_[people.verified, np.zeros(500)]
    praised = replace(people, score=score, verified=marks)
    assert measured.favourable(praised, 1.0) == measured.favourable(people, 1.0)
    assert measured.favourable(praised, 0.0).value > measured.favourable(people, 0.0).value + 0.2


def test_without_a_plan_circles_are_platforms_and_the_page_says_so(tmp_path):
    with drafted(tmp_path, plan=PLAIN) as draft:
        found = section.section(draft)
        assert crowd(draft).kind == "platform"
        assert dict(found.sentences[0].words) == {"circle": "weibo", "other": "douyin"}
        assert found.notes[0] == "positioning_by_platform"
        assert value(draft, "planned_missed").reason == "nothing_planned"


def test_signs_are_always_the_same_and_in_words(split, alike):
    for draft in (split, alike):
        assert tuple(sign.key for sign in signs(draft)) == KEYS
        assert {sign.cause for sign in signs(draft)} == {"positioning"} <= set(CAUSES)
    for lang in LANGUAGES:
        assert [key for key in KEYS if not catalogue(lang).has(f"sign.{key}")] == []
    for key in ("circle_divergence", "planned_missed", "aspect_split"):
        assert value(split, key).low > value(alike, key).value, key
    assert isinstance(value(split, "weak_link"), (Estimate, Unknown))


def test_few_people_have_no_section_and_signs_that_say_so(tmp_path):
    with drafted(tmp_path, sizes=(8, 9)) as draft:
        assert section.section(draft) is None
        found = {sign.key: sign.figure.quantity for sign in signs(draft)}
        assert found["polarised"].reason == "too_few_rows"
        assert found["planned_missed"].reason == "too_few_people"
        assert found["weak_link"].reason == "one_link"


def test_the_page_holds_the_section_and_every_figure_opens(tmp_path):
    workspace = Workspace(tmp_path / "workspace")
    campaign = folders.follow(workspace, write(tmp_path / "campaign"))
    report = assemble(workspace, campaign)
    assert "positioning" in [one.id for one in report.sections]
    opened = {f.id: report.rows[f.id].total for f in figures_of(report) if ":positioning." in f.id}
    assert opened[f"{campaign.id}:positioning.circle.3"] == 3
    assert opened[f"{campaign.id}:positioning.verified"] == 100
    once_more = []
    for _ in range(2):
        with open_session(workspace.lake, campaign.id) as session:
            draft = Draft(circles.known(workspace, campaign, session), session)
            once_more.append(section.section(draft))
    assert once_more[0] == once_more[1]
    assert once_more[0] in report.sections


def test_accounts_become_pseudonyms_and_unknown_ones_match_nobody():
    assert circles.rules(Circle("x", accounts=("a",)))["authors"] == circles.NOBODY
    assert circles.rules(Circle("x")) == {}


def test_those_who_say_who_they_are_are_told_apart_by_what_they_say(speaking):
    told = said(speaking)["positioning_speakers_differ"]
    assert dict(told.words) == {"people_kind": "parents", "other_people_kind": "readers"}
    found = value(speaking, "speakers_divided")
    assert found.n == 200
    high, low = (told.figures[side].quantity for side in ("high", "low"))
    assert (high.n, low.n) == (80, 120)
    # Two kinds: the weighted standard deviation is half the distance times the root of two, less the error's.
    assert found.value == pytest.approx((high.value - low.value) / 2**0.5, abs=0.03)
    assert found.low > 0.2


def test_the_rows_of_a_kind_of_speakers_are_what_they_said(speaking):
    figure = said(speaking)["positioning_speakers_differ"].figures["high"]
    total, rows = speaking.session.rows(figure.evidence, limit=100)
    assert total == 80
    assert all(text.startswith("带孩子看的") for text in rows["text"].to_pylist())


def test_where_nobody_says_who_they_are_nothing_is_said_of_it(split):
    assert not any("speakers" in key for key in said(split))
    assert value(split, "speakers_divided").reason == "one_circle"


def test_circles_that_are_names_without_a_rule_make_nobody_a_stranger(tmp_path):
    nobody = PLAIN + '[[circle]]\nname = "沿海城市观众"\nkeywords = ["沿海城市观众"]\n'
    with drafted(tmp_path, plan=nobody, sizes=(40, 60), verified=False) as draft:
        assert value(draft, "strangers").reason == "circles_catch_nobody"
