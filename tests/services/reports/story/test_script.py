import pysubs2
import pytest

from longtake.domain.estimate import Estimate
from longtake.locale import catalogue
from longtake.render.wording import Wording
from longtake.services.answers.story import tell
from longtake.services.campaigns.target import target
from longtake.services.progress import Silent
from longtake.services.workspace import Workspace
from longtake.simulate import exports
from longtake.store.session import open_session

SCRIPT = 'script = "剧本.txt"'
SUBTITLES = 'subtitles = "film.srt"'


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The same invented film told by subtitles, by its script, and by both."""
    root = tmp_path_factory.mktemp("script")
    files = exports.samples()["lamplight"]
    lines = [
        event.plaintext.replace("\n", "") for event in pysubs2.SSAFile.from_string(files["film.srt"].decode())
    ]
    script = []
    for number, line in enumerate(lines):
        if number % 20 == 0:
            script += ["", f"第{number // 20 + 1}场 夜 内 灯塔", "△风很大，灯在转。"]
        script.append(line if "：" in line else f"旁白：{line}")
    found = {}
    for name, keys in (("subtitles", SUBTITLES), ("script", SCRIPT), ("both", f"{SUBTITLES}\n{SCRIPT}")):
        folder = root / name
        folder.mkdir()
        text = files["campaign.toml"].decode().replace(SUBTITLES, keys)
        (folder / "campaign.toml").write_text(text, encoding="utf-8")
        (folder / "trailer.srt").write_bytes(files["trailer.srt"])
        if name != "script":
            (folder / "film.srt").write_bytes(files["film.srt"])
        if name != "subtitles":
            (folder / "剧本.txt").write_text("\n".join(script), encoding="utf-8")
        found[name] = (
            tell(Workspace(root / f"{name}.ws"), str(folder)),
            Workspace(root / f"{name}.ws"),
            folder,
        )
    return found


def numbers(story):
    return {figure.id.split(":", 1)[1]: figure.quantity for figure in story.figures}


def test_the_script_answers_where_there_are_no_subtitles(told):
    story = told["script"][0]
    held = numbers(story)
    assert story.section.said[0].key.startswith(("script_apart", "script_close"))
    assert isinstance(held["story.script.gap.intensity"], Estimate)
    assert isinstance(held["story.script.gap.relations"], Estimate)
    assert held["story.script.scenes"].value == 3
    assert {"script_gaps", "script_scenes", "script_speakers"} <= set(story.section.tables)


def test_relations_and_emotion_are_those_of_the_subtitles_as_the_words_are_the_same(told):
    by_script, by_subtitles = numbers(told["both"][0]), numbers(told["subtitles"][0])
    for axis in ("intensity", "relations"):
        ours, theirs = by_script[f"story.script.gap.{axis}"], by_subtitles[f"story.gap.{axis}"]
        assert ours.low <= theirs.value <= ours.high


def test_what_no_script_can_tell_is_unknown_with_the_reason(told):
    held = numbers(told["script"][0])
    assert held["story.script.gap.pacing"].reason == "script_no_clock"
    assert held["story.script.shots"].reason == held["story.script.loudness"].reason == "script_no_picture"


def test_a_script_moves_no_figure_and_no_sign_of_the_subtitles(told):
    without, beside = numbers(told["subtitles"][0]), numbers(told["both"][0])
    assert {key: beside[key] for key in without} == without
    signs = [
        [(one.key, one.figure.quantity) for one in told[name][0].signs] for name in ("subtitles", "both")
    ]
    assert signs[0] == signs[1]
    alone = {one.key: one.figure.quantity for one in told["script"][0].signs}
    assert alone["gap_intensity"].reason == "no_film_cues"


@pytest.mark.parametrize("name", ["script", "both"])
def test_every_figure_of_the_script_opens_its_rows(told, name):
    story, workspace, folder = told[name]
    campaign = target(workspace, str(folder), None, Silent())
    with open_session(workspace.lake, campaign.id) as session:
        for figure in story.figures:
            if ".script." in figure.id:
                total, _ = session.rows(figure.evidence, limit=2)
                assert total > 0, figure.id


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_can_be_said_in_both_languages(told, lang):
    story = told["both"][0]
    wording = Wording(catalogue(lang), story.zone)
    said = ["".join(piece.text for piece in wording.sentence(one)) for one in story.section.sentences]
    assert all(text and "{" not in text for text in said)
    assert all(wording.name(one) and wording.about(one) for one in story.figures if ".script." in one.id)


def test_a_new_draft_takes_the_place_of_the_old_one(told):
    story, workspace, folder = told["script"]
    (folder / "剧本.txt").write_text("第一场 夜 内 灯塔\n老秦：灯亮着。\n小满：走吧。\n", encoding="utf-8")
    assert numbers(tell(workspace, str(folder)))["story.script.speakers"].value == 2
    assert numbers(story)["story.script.speakers"].value > 2
