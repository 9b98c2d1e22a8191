import math
import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.locale import LANGUAGES, catalogue

SLOT = re.compile(r"{(\w+)}")
NEEDED = {
    "section": "heat list counters voice who box_office events receipts method",
    "figure": "comments_total authors_total comments_peak_hour comments_half_life peak_day_share list_hours "
    "list_days list_best_rank list_half_life list_peak_hot top10_hours claimed_reads claimed_discussions "
    "counter_latest polarity_mean positive_share negative_share rating_mean author_share copies_share "
    "box_office_total opening_3_days legs legs_7 week_decline showings_total occupancy_mean screening_share "
    "admissions_total spend_total undated_share",
    "say": "heat_peak heat_half_life heat_not_falling heat_unknown list_presence list_brief list_none "
    "list_half_life claimed_against_seen voice_polarity voice_change voice_accuracy who_wrote who_unknown "
    "box_total box_legs box_none events_paid events_none sample_first_line no_comments gaps",
    "reason": "too_few_rows not_falling no_rows no_time one_point list_gap",
}


def test_both_languages_have_the_same_keys_in_the_same_order():
    zh, en = (list(catalogue(lang).messages) for lang in LANGUAGES)
    assert zh == en


def test_both_languages_have_the_same_slots_and_no_message_is_empty():
    zh, en = catalogue("zh").messages, catalogue("en").messages
    assert {k: set(SLOT.findall(v)) for k, v in zh.items()} == {
        k: set(SLOT.findall(v)) for k, v in en.items()
    }
    assert [k for k in zh if not zh[k].strip() or not en[k].strip()] == []


@pytest.mark.parametrize("group", NEEDED)
def test_every_promised_key_is_there(group):
    missing = [name for name in NEEDED[group].split() if not catalogue("zh").has(f"{group}.{name}")]
    assert missing == []


def test_every_figure_says_what_it_is():
    keys = catalogue("zh").messages
    figures = {key.partition(".")[2] for key in keys if key.startswith("figure.")}
    assert figures == {key.partition(".")[2] for key in keys if key.startswith("about.")}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_carries_a_number_of_its_own(lang):
    words = re.compile(r"\d")
    said = {k: v for k, v in catalogue(lang).messages.items() if k.startswith(("say.", "reason.", "note."))}
    assert {k: v for k, v in said.items() if words.search(v)} == {}


def test_chinese_punctuation_is_full_width():
    half = re.compile(r"[\u4e00-\u9fff][,;?!]|[\u4e00-\u9fff]:(?!/)")
    assert {k: v for k, v in catalogue("zh").messages.items() if half.search(v)} == {}


def test_a_missing_key_or_slot_is_named():
    with pytest.raises(KeyError, match=r"say\.nothing_like_it"):
        catalogue("zh").say("say.nothing_like_it")
    with pytest.raises(KeyError, match="half_life"):
        catalogue("en").say("say.heat_half_life")
    with pytest.raises(ValueError, match="'fr'"):
        catalogue("fr")


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (1_240_000_000, "12.4亿", "1.24 B"),
        (330_000_000, "3.3亿", "330 M"),
        (328_000, "32.8万", "328k"),
        (32_000, "3.2万", "32k"),
        (9_999, "9,999", "9,999"),
        (9_999.7, "1万", "10k"),
        (99_999_999, "1亿", "100 M"),
        (999_999, "100万", "1 M"),
        (12_345_678_900_000, "123,457亿", "12,346 B"),
        (0, "0", "0"),
        (0.00123, "0.0012", "0.0012"),
        (-45_000, "−4.5万", "−45k"),
    ],
)
def test_numbers_are_short_enough_to_say(value, zh, en):
    assert (catalogue("zh").number(value), catalogue("en").number(value)) == (zh, en)


@given(st.floats(min_value=1e-3, max_value=1e14), st.sampled_from(LANGUAGES))
def test_a_short_number_is_the_number_to_half_a_percent(value, lang):
    text = catalogue(lang).number(value).replace(",", "")
    word = re.search(r"[^0-9.]*$", text).group()
    factor = {"": 1, "万": 1e4, "亿": 1e8, "k": 1e3, " M": 1e6, " B": 1e9}[word]
    assert float(text.removesuffix(word)) * factor == pytest.approx(value, rel=0.0051, abs=6e-5)


@pytest.mark.parametrize(
    ("numbers", "unit", "zh", "en"),
    [
        ((0.61, 0.55, 0.66), "share", "61% 55–66%", "61% 55–66%"),
        ((0.612, 0.609, 0.615), "share", "61.2% 60.9–61.5%", "61.2% 60.9–61.5%"),
        ((9.43, 7.9, 11.6), "hours", "9.4 小时 7.9–11.6", "9.4 hours 7.9–11.6"),
        ((0.1234, 0.1201, 0.1262), "score", "0.123 0.120–0.126", "0.123 0.120–0.126"),
        ((-0.45, -0.52, -0.38), "share", "−45% −52 – −38%", "−45% −52 – −38%"),
        ((3.0, 2.8, 3.2), "times", "3.00 倍 2.80–3.20", "3.00 times 2.80–3.20"),
        ((31.0, 26.0, math.inf), "hours", "31 小时 不低于 26", "31 hours at least 26"),
    ],
)
def test_an_estimate_and_its_interval_share_their_decimals(numbers, unit, zh, en):
    value, low, high = numbers
    said = {
        lang: f"{c.amount(value, unit, spread=high - low)} {c.interval(low, high, unit)}"
        for lang in LANGUAGES
        for c in [catalogue(lang)]
    }
    assert said == {"zh": zh, "en": en}


def test_counts_carry_their_unit():
    zh, en = catalogue("zh"), catalogue("en")
    assert [zh.amount(214306, "comments"), zh.amount(3, "rank"), zh.amount(8_000_000, "CNY")] == [
        "21.4万 条",
        "第 3 名",
        "800万元",
    ]
    assert [
        en.amount(1, "comments"),
        en.amount(2, "comments"),
        en.amount(1, "rank"),
        en.amount(8e6, "CNY"),
    ] == [
        "1 comment",
        "2 comments",
        "no. 1",
        "CNY 8 M",
    ]


def test_times_are_told_in_the_zone_that_is_asked_for():
    at = datetime(2022, 1, 11, 16, 30, tzinfo=UTC)
    zone = ZoneInfo("Asia/Shanghai")
    assert catalogue("zh").moment(at, zone) == "1 月 12 日 00:30"
    assert catalogue("en").moment(at, zone, year=True) == "12 Jan 2022 00:30"
    assert catalogue("zh").day(date(2022, 12, 31), year=True) == "2022 年 12 月 31 日"


def test_a_name_nobody_knows_is_shown_as_it_is():
    assert catalogue("zh").word("event", "飞行表演") == "飞行表演"
