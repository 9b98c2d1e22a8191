import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.domain.timed.moment import Precision
from longtake.ingest.values import BadValue, count, ident, moment, number, region, seconds, share
from shared_data import shared

BEIJING = ZoneInfo("Asia/Shanghai")
SEEN = datetime(2023, 7, 9, 18, 30, 45, tzinfo=BEIJING)
PRIVATE = "\ue8d2.\uf0a1"

NUMBERS = [
    ("2.7亿", 270_000_000), ("2.7億", 270_000_000), ("41.3w", 413_000), ("906W", 9_060_000),
    ("7.4万", 74_000), ("7.4萬", 74_000), ("5,678,901", 5_678_901), ("77", 77), ("0", 0), ("2.5K", 2_500),
    ("9.1M", 9_100_000), ("８，７６５", 8_765), ("1.5千", 1_500), ("-12", -12), ("+30", 30),
    ("3.2百万", 3_200_000), ("¥44.8", 44.8), ("88次", 88), ("1.1e-05", 1.1e-05), ("12.5%", 0.125),
]  # fmt: skip
UNKNOWN = [
    "", " ", "--", "-", "—", "暂无", "N/A", "null", "登录后可查看", "开通会员查看", "&#xe123;.&#xf00a;万",
    PRIVATE,
]  # fmt: skip
TIMES = [
    ("刚刚", "2023-07-09T18:30", "minute"), ("8分钟前", "2023-07-09T18:22", "minute"),
    ("5小时前 江苏", "2023-07-09T13:30", "hour"), ("今天 09:05", "2023-07-09T09:05", "minute"),
    ("昨天 23:59", "2023-07-08T23:59", "minute"), ("昨天", "2023-07-08T00:00", "day"),
    ("前天 08:00", "2023-07-07T08:00", "minute"), ("4天前 广东", "2023-07-05T00:00", "day"),
    ("07-09", "2023-07-09T00:00", "day"), ("07-10", "2022-07-10T00:00", "day"),
    ("02-29", "2020-02-29T00:00", "day"), ("03-14江苏", "2023-03-14T00:00", "day"),
    ("编辑于 06-30 北京", "2023-06-30T00:00", "day"), ("06-30 21:15", "2023-06-30T21:15", "minute"),
    ("5月3日 12:01", "2023-05-03T12:01", "minute"), ("2023-6-7", "2023-06-07T00:00", "day"),
    ("2023.06.07 08:09", "2023-06-07T08:09", "minute"), ("2023年6月7日", "2023-06-07T00:00", "day"),
    ("2023年06月07日08时09分", "2023-06-07T08:09", "minute"),
    ("2023年06月07日08时09分10秒", "2023-06-07T08:09:10", "second"),
    ("2023-06-07T00:09:10Z", "2023-06-07T08:09:10", "second"),
    ("2023-06-07 00:09:10+00:00", "2023-06-07T08:09:10", "second"),
    ("Wed Jun 07 08:09:10 +0800 2023", "2023-06-07T08:09:10", "second"),
    ("Jun 7, 2023", "2023-06-07T00:00", "day"), ("June 7, 2023, 8:09 PM", "2023-06-07T20:09", "minute"),
    ("Wed, 07 Jun 2023 00:09:10 GMT", "2023-06-07T08:09:10", "second"),
    ("1686096550", "2023-06-07T08:09:10", "second"), ("1686096550000", "2023-06-07T08:09:10", "second"),
    ("20230607", "2023-06-07T00:00", "day"), ("20230607080910", "2023-06-07T08:09:10", "second"),
    ("9 days ago (edited)", "2023-06-30T00:00", "day"), ("an hour ago", "2023-07-09T17:30", "hour"),
    ("2023-06-07 24:00", "2023-06-08T00:00", "minute"),
]  # fmt: skip
SPANS = [
    ("1 month ago", "2023-05-09", "2023-06-10"),
    ("3 weeks ago", "2023-06-11", "2023-06-19"),
    ("2年前", "2020-07-09", "2021-07-10"),
    ("1个月前", "2023-05-09", "2023-06-10"),
]
REGIONS = [
    ("IP属地：浙江", "浙江"), ("IP属地:浙江", "浙江"), ("IP 属地： 中国香港", "香港"),
    ("发布于 内蒙古", "内蒙古"), ("来自四川", "四川"), ("3小时前 辽宁", "辽宁"), ("05-06 辽宁", "辽宁"),
    ("中国台湾", "台湾"), ("台灣", "台湾"), ("广西壮族自治区", "广西"), ("上海市", "上海"),
    ("上海市黄浦区外滩18号", "上海"), ("浙江省杭州市西湖区文三路9号", "杭州"), ("江苏 苏州", "苏州"),
    ("四川·成都武侯区", "成都"), ("新疆维吾尔自治区", "新疆"), ("黑龙江", "黑龙江"), ("吉林", "吉林"),
    ("哈尔滨市", "哈尔滨"), ("深圳", "深圳"), ("美国", "美国"), ("IP属地：加拿大", "加拿大"),
    ("美国 加利福尼亚", "美国"), ("United Kingdom", "United Kingdom"), ("来自 微博网页版", None),
    ("来自iPhone客户端", None), ("未知", None), ("IP属地：未知", None), ("", None),
    ("某某小区3号楼", None), ("朝阳区", None), ("幸福路12号", None),
]  # fmt: skip


def by_kind(kind):
    return json.loads(shared("cases/parse_values.json").read_text(encoding="utf-8"))[kind]


def test_the_shared_number_forms_come_out_as_listed():
    for raw, expected in by_kind("number"):
        if expected == "REJECT_LOSSY_ID":
            with pytest.raises(BadValue):
                number(raw)
            with pytest.raises(BadValue):
                ident(raw)
        else:
            assert (raw, number(raw).value) == (raw, expected)
            assert (raw, count(raw)) == (raw, expected)


def test_the_shared_percent_forms_come_out_as_listed():
    for raw, expected in by_kind("percent"):
        found = share(raw)
        wanted = (expected["lt"], "below") if isinstance(expected, dict) else (expected, None)
        assert (raw, found.value, found.censored) == (raw, *wanted)


def test_the_shared_durations_and_regions_come_out_as_listed():
    for raw, expected in by_kind("duration"):
        assert (raw, seconds(raw)) == (raw, expected)
    for raw, expected in by_kind("region"):
        assert (raw, region(raw)) == (raw, None if expected == "_" else expected)


def test_the_shared_times_come_out_as_listed():
    seen = datetime.fromisoformat(by_kind("now"))
    for raw, expected, unit in by_kind("time"):
        found = moment(raw, observed_at=seen)
        start = datetime.fromisoformat(expected)
        start = start if start.tzinfo else start.replace(tzinfo=BEIJING)
        assert (raw, found.low, found.precision) == (raw, start, unit)


@pytest.mark.parametrize(("raw", "expected"), NUMBERS)
def test_a_number_is_read_in_every_form(raw, expected):
    assert number(raw).value == expected


@pytest.mark.parametrize("raw", UNKNOWN)
def test_what_shows_no_number_is_unknown_and_not_zero(raw):
    assert (number(raw).value, count(raw), share(raw).value) == (None, None, None)


@pytest.mark.parametrize(
    ("raw", "value", "bound"),
    [("3万+", 30_000, "above"), ("5萬+", 50_000, "above"), ("<0.5%", 0.005, "below"), (">100", 100, "above")],
)
def test_a_bound_stays_a_bound(raw, value, bound):
    assert (number(raw).value, number(raw).censored, number(raw).raw) == (value, bound, raw)


@pytest.mark.parametrize(
    "raw",
    [
        "好看",
        "12人看过3",
        "1.2.3",
        "0x1F",
        "1_000",
        "४२",
        "9" * 41,
        "6.1E+15",
        True,
        float("inf"),
        float("nan"),
    ],
)
def test_a_text_that_is_no_number_is_refused(raw):
    with pytest.raises(BadValue):
        number(raw)


@pytest.mark.parametrize("raw", ["12.5", "-3", -3, 2.5, "150%", 10**19])
def test_a_count_is_whole_and_not_negative(raw):
    with pytest.raises(BadValue, match="count"):
        count(raw)


def test_a_share_outside_zero_and_one_is_refused_unless_it_is_a_percentage():
    with pytest.raises(BadValue, match="share"):
        share("36")
    assert share("36", percent=True).value == 0.36
    assert share("36%", percent=False).value == 0.36
    with pytest.raises(BadValue, match="share"):
        share("130%")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("\t5012000000000009 ", "5012000000000009"), ('="5012000000000009"', "5012000000000009"),
     (5012000000000009, "5012000000000009"), (77.0, "77"), ("BVabc1", "BVabc1"), ("", None),
     (None, None), ("None", None)],
)  # fmt: skip
def test_an_id_keeps_every_digit(raw, expected):
    assert ident(raw) == expected


@pytest.mark.parametrize("raw", ["5.012E+15", "5e15", 5.012e15, 1.5, False])
def test_an_id_that_lost_digits_is_refused(raw):
    with pytest.raises(BadValue, match="digits"):
        ident(raw)


@given(st.integers(min_value=0, max_value=10**15))
def test_a_printed_count_reads_back(value):
    assert count(f"{value:,}") == count(str(value)) == count(value) == value


@given(st.text(max_size=60))
def test_any_text_gives_a_value_none_or_a_typed_refusal(raw):
    for parse in (number, count, share, seconds, ident, region, lambda text: moment(text, observed_at=SEEN)):
        try:
            parse(raw)
        except BadValue as error:
            assert error.expected  # noqa: PT017 -- only one type may be raised


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("7.5秒", 7.5),
        ("2分5秒", 125),
        ("1小时2分3秒", 3723),
        ("0:02:05", 125),
        ("02:05", 125),
        ("12", 12),
        ("45s", 45),
        ("--", None),
        (9, 9.0),
    ],
)
def test_a_length_of_time_is_read_in_every_form(raw, expected):
    assert seconds(raw) == expected


@pytest.mark.parametrize("raw", ["很久", "-5", "1:2:3:4", -1])
def test_a_text_that_is_no_length_of_time_is_refused(raw):
    with pytest.raises(BadValue, match="length of time"):
        seconds(raw)


@pytest.mark.parametrize(("raw", "start", "unit"), TIMES)
def test_a_time_is_read_in_every_form(raw, start, unit):
    found = moment(raw, observed_at=SEEN)
    low = datetime.fromisoformat(start).replace(tzinfo=BEIJING)
    step = {
        "second": timedelta(seconds=1),
        "minute": timedelta(minutes=1),
        "hour": timedelta(hours=1),
        "day": timedelta(days=1),
    }[unit]
    assert (found.low, found.high, found.precision, found.raw) == (low, low + step, unit, raw)
    assert found.low.tzinfo is UTC


@pytest.mark.parametrize(("raw", "start", "end"), SPANS)
def test_a_coarse_relative_time_is_the_whole_interval_it_allows(raw, start, end):
    found = moment(raw, observed_at=SEEN)
    low, high = (datetime.fromisoformat(day).replace(tzinfo=BEIJING) for day in (start, end))
    assert (found.low, found.high, found.precision) == (low, high, Precision.INTERVAL)


@pytest.mark.parametrize(
    "raw", ["刚刚", "3小时前", "昨天 12:30", "01-05", "2 days ago", "1 month ago", "编辑于 09-01"]
)
def test_a_relative_time_without_an_observation_is_unknown(raw):
    found = moment(raw, observed_at=None)
    assert (found.low, found.high, found.precision, found.raw) == (None, None, Precision.UNKNOWN, raw)


@pytest.mark.parametrize("raw", ["", "-", None, "暂无", 0, "0"])
def test_an_empty_time_is_unknown(raw):
    assert not moment(raw, observed_at=SEEN).known


@pytest.mark.parametrize(
    "raw",
    [
        "2023-13-01",
        "2023-02-30",
        "13-45",
        "昨天 25:00",
        "good",
        "0001-01-01",
        "9999-12-31",
        "99999999999999999999",
        -5,
        "1e5",
    ],
)
def test_a_text_that_is_no_time_is_refused(raw):
    with pytest.raises(BadValue):
        moment(raw, observed_at=SEEN)


def test_a_day_where_clocks_change_has_its_real_length():
    paris = ZoneInfo("Europe/Paris")
    day = moment("2024-03-31", observed_at=None, zone=paris)
    assert day.high - day.low == timedelta(hours=23)


@given(st.datetimes(min_value=datetime(1993, 1, 1), max_value=datetime(2099, 1, 1)))
def test_the_fast_path_agrees_with_the_zone_database(wall):
    wall = wall.replace(microsecond=0)
    found = moment(wall.strftime("%Y-%m-%d %H:%M:%S"), observed_at=None)
    assert found.low == wall.replace(tzinfo=BEIJING)


@given(st.integers(min_value=315_532_800, max_value=4_102_444_799))
def test_seconds_and_milliseconds_tell_the_same_time(second):
    found = [moment(raw, observed_at=None).low for raw in (second, str(second * 1000), second * 1000)]
    assert found == [datetime.fromtimestamp(second, UTC)] * 3


@pytest.mark.parametrize(("raw", "expected"), REGIONS)
def test_a_region_is_a_city_a_province_or_a_country(raw, expected):
    assert region(raw) == expected
