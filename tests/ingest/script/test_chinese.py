import pytest

from longtake.domain.cue import ScriptLine
from longtake.domain.receipt import Notice
from longtake.ingest.registry import recognise
from longtake.ingest.script.chinese import elements, heading
from longtake.ingest.script.element import Element, Line
from reader_runs import run

SCENE = "第一场 夜 外 码头\n"


def pieces(text):
    return list(elements([Line(i, one) for i, one in enumerate(text.split("\n"), 1)]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一场 日 内 客厅", ("一", "日 内 客厅")),
        ("第12场：客厅 日 内", ("12", "客厅 日 内")),
        ("【第三场】 夜/外 街道", ("三", "夜/外 街道")),
        ("場二十一 夜 外 海邊", ("二十一", "夜 外 海邊")),
        ("3、客厅 日 内", ("3", "客厅 日 内")),
        ("1-2 夜 外 码头", ("1-2", "夜 外 码头")),
        ("4. 内景 灯塔 - 夜", ("4", "内景 灯塔 - 夜")),
        ("内景 客厅 日", (None, "内景 客厅 日")),
        ("他在第一场戏里哭了", None),
        ("2024年，她回来了", None),
        ("内心很乱", None),
    ],
)
def test_headings(text, expected):
    assert heading(text) == expected


def test_speeches_asides_and_doings():
    found = pieces(
        SCENE + "人物：老秦、小满\n△老秦擦灯。\n老秦（低声）：灯亮着。\n小满：（笑）你又来了。\n"
        "小满OS：我等了二十年。\n他对她说：别等了。\n（沉默）\n【切至】"
    )
    assert [(one.kind, one.speaker, one.note, one.text) for one in found[1:]] == [
        ("cast", None, None, "老秦、小满"),
        ("action", None, None, "老秦擦灯。"),
        ("parenthetical", "老秦", None, "低声"),
        ("dialogue", "老秦", None, "灯亮着。"),
        ("parenthetical", "小满", None, "笑"),
        ("dialogue", "小满", None, "你又来了。"),
        ("dialogue", "小满", "OS", "我等了二十年。"),
        ("action", None, None, "他对她说：别等了。"),
        ("action", None, None, "沉默"),
        ("transition", None, None, "切至"),
    ]


def test_a_name_alone_speaks_until_the_next_blank_line():
    found = pieces(SCENE + "老秦：\n你回来了。\n外面冷不冷？\n\n风停了。")
    assert [(one.kind, one.speaker, one.text) for one in found[2:]] == [
        ("dialogue", "老秦", "你回来了。"),
        ("dialogue", "老秦", "外面冷不冷？"),
        ("action", None, "风停了。"),
    ]


def test_before_the_first_scene_nobody_speaks_and_contacts_are_left_out():
    found = pieces(
        "《灯下的人》\n编剧：无名\n电话：00000000\n老秦：六十岁，看灯塔的人\n" + SCENE + "老秦：走。"
    )
    kinds = [(one.kind, one.note) for one in found if isinstance(one, Element)]
    assert kinds == [
        ("title", "front"),
        ("title", "author"),
        ("cast", None),
        ("scene", "一"),
        ("dialogue", None),
    ]
    assert found[-1] == Notice("personal_left_out", ("电话",))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_any_encoding_is_read(tmp_path, encoding):
    path = tmp_path / "剧本.txt"
    path.write_text(SCENE + "老秦：灯亮着，人就没走远。\n小满：你又来了。\n", encoding=encoding)
    assert recognise(path)[0].name == "screenplay-zh"
    rows = [row for row in run("screenplay-zh", path) if isinstance(row, ScriptLine)]
    assert [(row.kind, row.speaker, row.scene) for row in rows] == [
        ("scene", None, 1),
        ("dialogue", "老秦", 1),
        ("dialogue", "小满", 1),
    ]


def test_every_line_is_a_piece_or_told():
    text = SCENE + "任意一句\n“引号：里面”\n甲：\n\n第二场 内 日 家\n12:30\n：：：\n——\n……"
    lines = {one.line for one in pieces(text) if isinstance(one, Element)}
    assert lines == {i for i, one in enumerate(text.split("\n"), 1) if one}
