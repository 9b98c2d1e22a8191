"""The section and the signs of the telling, on campaigns of files whose truth is known."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta

import pytest

from longtake.domain.estimate import Estimate, Unknown
from longtake.locale import catalogue
from longtake.render.wording import Wording
from longtake.services import evidence
from longtake.services.answers import story
from longtake.services.workspace import Workspace
from longtake.simulate.scripts import script

KEYS = (
    "gap_intensity",
    "gap_relations",
    "gap_pacing",
    "promises_unpaid",
    "expectation_violated",
    "node_drift",
)
NODES = """
[[node]]
id = "trailer-1"
kind = "trailer"
at = 2026-01-05T12:00:00+08:00
file = "trailer.srt"
{reversal}
[[node]]
id = "poster-1"
kind = "poster"
at = 2026-01-06T12:00:00+08:00
text = "门口的灯还放在老地方，等你回来看看。"
[[node]]
id = "promo-1"
kind = "official_post"
at = 2026-01-07T12:00:00+08:00
text = "全场五折促销，买一送一，限时三天抢购。"
"""
HEAD = """[campaign]
name = "门口的灯"
kind = "short"
release_at = 2026-01-08T10:00:00+08:00
proposition = "门口的灯还放在老地方，等你回来。"
emotions = ["moved", "warmth"]
hashtags = ["#门口的灯亮了#"]

[card]
key_words = ["灯"]
never = ["促销"]

[film]
subtitles = "film.srt"
genre = "drama"
characters = [{people}]
"""


def srt(cues):
    def at(ms):
        return f"{ms // 3600000:02d}:{ms // 60000 % 60:02d}:{ms // 1000 % 60:02d},{ms % 1000:03d}"

    return "\n".join(
        f"{i}\n{at(c.start_ms)} --> {at(c.end_ms)}\n{c.speaker}：{c.text}\n" for i, c in enumerate(cues, 1)
    )


def told(tmp, *, planted=None, pleased=None, reversal=False, trailer=True, film=True, card=True):
    made = script(4, planted)
    folder = tmp / "files"
    folder.mkdir()
    people = ", ".join(f'{{ name = "{one.name}" }}' for one in made.characters)
    head = HEAD.replace("{people}", people) if card else '[campaign]\nname = "门口的灯"\n'
    nodes = NODES.format(reversal="intended_reversal = true" if reversal else "")
    (folder / "campaign.toml").write_text(head + (nodes if card else ""), "utf-8")
    if film:
        (folder / "film.srt").write_text(srt(made.film), "utf-8")
    if trailer:
        (folder / "trailer.srt").write_text(srt(made.trailer), "utf-8")
    if pleased is not None:
        start = datetime(2026, 1, 8, 11)
        texts = ("没想到这么好看，惊喜", "太失望了，不如预期", "不负期待，果然好看")
        parts = (0.7, 0.2, 0.1) if pleased else (0.15, 0.75, 0.1)
        rows = [t for t, share in zip(texts, parts, strict=True) for _ in range(round(40 * share))]
        with (folder / "comments.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("id", "platform", "at", "author", "text"))
            for n, text in enumerate(rows):
                writer.writerow((n, "微博", f"{start + timedelta(minutes=n):%Y-%m-%d %H:%M}", f"a{n}", text))
            writer.writerow((999, "微博", "2026-01-20 09:00", "late", "太失望了，不如预期"))
    workspace = Workspace(tmp / "ws")
    return workspace, story.tell(workspace, str(folder))


@pytest.fixture(scope="module")
def parted(tmp_path_factory):
    return told(tmp_path_factory.mktemp("parted"), planted={"relations": 0.6}, pleased=False)


def spoken(found, lang):
    wording = Wording(catalogue(lang), found.zone)
    return ["".join(piece.text for piece in wording.sentence(one)) for one in found.section.sentences]


def test_a_planted_gap_is_the_first_sentence(parted):
    _, found = parted
    assert found.section.sentences[0].key == "story_apart_relations"
    assert any(
        one.key == "story_do_hardly" and one.words["pair"] == "苏禾 × 秦川" for one in found.section.sentences
    )


def test_the_signs_are_always_the_same_and_speak_of_a_mismatch(parted, tmp_path):
    _, found = parted
    assert tuple(sign.key for sign in found.signs) == KEYS
    assert {sign.cause for sign in found.signs} == {"mismatch"}
    _, bare = told(tmp_path, film=False, trailer=False, card=False)
    assert tuple(sign.key for sign in bare.signs) == KEYS
    assert all(isinstance(sign.figure.quantity, Unknown) for sign in bare.signs)
    assert bare.section is None


def test_expectations_are_those_of_the_first_two_days(parted):
    workspace, found = parted
    sign = {one.key: one.figure for one in found.signs}["expectation_violated"]
    # 30 violated, 6 exceeded, 4 met; the late one is left out.
    assert sign.quantity.n == 40
    assert sign.quantity.value == pytest.approx((30 - 6) / 40)
    rows = evidence.rows(workspace, sign.id, limit=100)
    assert rows.total == 40


def test_every_figure_opens(parted):
    workspace, found = parted
    for figure in found.figures:
        rows = evidence.rows(workspace, figure.id, limit=2)
        if isinstance(figure.quantity, Estimate):
            assert rows.total > 0 or figure.quantity.value == 0, figure.id


def test_what_the_card_forbids_and_the_farthest_node_are_named(parted):
    _, found = parted
    words = [(one.key, dict(one.words)) for one in found.section.sentences]
    assert ("story_do_never", {"node": "promo-1", "word": "促销"}) in words
    assert next(told["node"] for key, told in words if key == "story_worst") == "promo-1"


@pytest.mark.parametrize(
    ("pleased", "key"), [(True, "story_reversal_pleased"), (False, "story_reversal_cheated")]
)
def test_an_intended_reversal_is_judged_by_the_audience(tmp_path, pleased, key):
    _, found = told(tmp_path, planted={"intensity": 0.8}, pleased=pleased, reversal=True)
    assert key in [one.key for one in found.section.sentences]
    assert "story_reversal" in found.section.notes
    signs = {one.key: one.figure.quantity for one in found.signs}
    assert isinstance(signs["gap_intensity"], Estimate)
    assert (signs["expectation_violated"].value < 0) is pleased


@pytest.mark.parametrize(
    ("have", "key"), [({"film": False}, "story_no_film"), ({"trailer": False}, "story_no_trailer")]
)
def test_what_is_missing_is_said(tmp_path, have, key):
    _, found = told(tmp_path, **have)
    assert found.section.sentences[0].key == key
    assert isinstance(found.signs[0].figure.quantity, Unknown)


def test_sentences_are_whole_in_both_languages(parted):
    _, found = parted
    for lang in ("zh", "en"):
        assert all("{" not in text and text for text in spoken(found, lang))
        for sign in found.signs:
            assert "{value}" in catalogue(lang).messages[f"sign.{sign.key}"]


def test_the_same_files_give_the_same_answer(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, two = (told(tmp_path / name, planted={"intensity": 0.5})[1] for name in ("a", "b"))
    assert one.figures == two.figures
    assert one.section == two.section
