from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from lake_samples import CAMPAIGN, comment, nasty_lake
from longtake.domain.figure import Evidence
from longtake.errors import NotFoundError
from longtake.store.catalogue import ParameterError, catalogue, views
from longtake.store.catalogue.comments import JOIN
from longtake.store.engines.connect import connect
from longtake.store.engines.engine import EngineError
from longtake.store.session import Session, open_session


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with open_session(nasty_lake(tmp_path_factory.mktemp("lake")), CAMPAIGN, engine="duckdb") as session:
        yield session


def test_hours_are_utc_and_days_are_shanghai_and_coarse_times_are_in_neither(session: Session) -> None:
    hours = {row["hour"]: row["n"] for row in session.run("comments_by_hour").to_pylist()}
    # c000 c001 | c002 c003 | c005 c006 | c009 c011 | c008; c004 is a day, c007 an interval, c012 unknown.
    assert hours == {
        datetime(2022, 1, 5, 10, tzinfo=UTC): 2,
        datetime(2022, 1, 5, 11, tzinfo=UTC): 2,
        datetime(2022, 1, 5, 12, tzinfo=UTC): 2,
        datetime(2022, 1, 5, 13, tzinfo=UTC): 2,
        datetime(2022, 1, 6, 16, tzinfo=UTC): 1,
    }
    # 16:00 UTC is the midnight that begins 7 January in Shanghai.
    days = {row["day"]: row["n"] for row in session.run("comments_by_day").to_pylist()}
    assert days == {date(2022, 1, 5): 8, date(2022, 1, 7): 2}


def test_the_overview_tells_what_is_unknown(session: Session) -> None:
    weibo = next(row for row in session.run("comments_overview").to_pylist() if row["platform"] == "weibo")
    assert (weibo["n"], weibo["without_time"], weibo["without_author"]) == (9, 1, 1)
    assert (weibo["with_rating"], weibo["with_region"], weibo["texts"]) == (1, 3, 7)


def test_polarity_adds_up(session: Session) -> None:
    # One 好 in three characters, two in six less one 烂: 3333 would be one third; here 好看 is 1/2.
    bilibili = next(r for r in session.run("polarity_by_platform").to_pylist() if r["platform"] == "bilibili")
    score = round(10_000 / 6)
    assert (bilibili["n"], bilibili["sum_e4"], bilibili["sumsq_e8"]) == (1, score, score**2)
    assert (bilibili["n_pos"], bilibili["n_neg"], bilibili["n_neutral"]) == (1, 0, 0)


def test_a_national_figure_is_never_added_to_its_cities(session: Session) -> None:
    rows = session.run("boxoffice_by_day", film="长江与星").to_pylist()
    assert [(row["date"].day, row["level"], row["places"], row["gross_cny"]) for row in rows] == [
        (5, "given", 1, 1100.0),
        (6, "cities", 2, 0.3),
        (8, "cinemas", 2, 0.8),
    ]
    assert [row["price_cny"] for row in rows] == [38.5, None, None]


def test_absence_from_a_list_is_told_with_the_threshold_of_that_moment(session: Session) -> None:
    rows = session.run("list_presence", words="长江", platform="weibo", metric="hot").to_pylist()
    assert [(row["at"].hour, row["matched"], row["value_high"], row["low"]) for row in rows] == [
        (10, 1, 1000.5, 500.25),
        (11, 0, None, 1001.5),
        (15, 1, 1005.5, 505.25),
    ]


def test_pages_together_are_all_rows_in_order(session: Session) -> None:
    for name in ("rows.comments", "rows.observations", "rows.boxoffice", "rows.cues"):
        total, whole = session.rows(Evidence(name), limit=1000)
        pages = [session.rows(Evidence(name), limit=3, offset=at)[1].to_pylist() for at in range(0, total, 3)]
        assert [row for page in pages for row in page] == whole.to_pylist()
        assert total == whole.num_rows
        assert {"source_file", "source_line"} <= set(whole.column_names)


def test_rows_behind_an_hour_are_those_that_were_counted(session: Session) -> None:
    for row in session.run("comments_by_hour").to_pylist():
        until = row["hour"].replace(hour=row["hour"].hour + 1)
        params = {"hour_from": row["hour"].isoformat(), "hour_to": until.isoformat()}
        assert session.rows(Evidence("rows.comments", params), limit=0)[0] == row["n"]
    for row in session.run("comments_by_day").to_pylist():
        params = {"day_from": row["day"].isoformat(), "day_to": row["day"].isoformat()}
        assert session.rows(Evidence("rows.comments", params), limit=0)[0] == row["n"]


def test_words_are_words_and_not_patterns(session: Session) -> None:
    for wanted, found in (("%", 1), ("_", 1), ("\\", 1), ("'", 1), (".*", 0), ("好看😀", 1), ("　", 1)):
        assert session.rows(Evidence("rows.comments", {"contains": wanted}), limit=0)[0] == found, wanted


def test_a_page_is_counted_whether_it_is_full_short_or_past_the_end(session: Session) -> None:
    top = Evidence("rows.comments")
    total, whole = session.rows(top, limit=1000)
    for limit, offset in (
        (0, 0),
        (5, 0),
        (total, 0),
        (total + 1, 0),
        (5, total - 2),
        (5, total),
        (5, total + 9),
    ):
        counted, page = session.rows(top, limit=limit, offset=offset)
        assert (counted, page.to_pylist()) == (total, whole.to_pylist()[offset : offset + limit])


def test_a_page_of_a_query_with_a_limit_of_its_own_stays_within_it(session: Session) -> None:
    most = session.run("top_comments", limit=4).to_pylist()
    evidence = Evidence("top_comments", {"limit": 4})
    assert session.rows(evidence, limit=3)[0] == 4
    pages = [session.rows(evidence, limit=3, offset=at)[1].to_pylist() for at in (0, 3)]
    assert pages[0] + pages[1] == most


def test_a_long_list_of_words_finds_what_each_word_finds(session: Session) -> None:
    strange = [
        "%",
        "_",
        "\\",
        "'",
        ".*",
        "好看😀",
        "　",
        "a|b",
        "(",
        "^",
        "$",
        "[x]",
        '"',
        "\n",
        "|",
        "LIMIT",
    ]
    texts = [row["text"] for row in session.rows(Evidence("rows.comments"), limit=1000)[1].to_pylist()]
    for words in (strange, strange[:3], [f"没有{n}" for n in range(300)] + strange):
        wanted = sum(any(word in text for word in words) for text in texts)
        found = session.rows(Evidence("rows.comments", {"words": JOIN.join(words)}), limit=0)[0]
        assert 0 < found == wanted


def test_tables_in_memory_and_on_disk_answer_alike_and_share_their_queries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake, answers = nasty_lake(tmp_path), []
    for most in (10**6, 0, 10**6):
        monkeypatch.setattr(views, "SMALL", most)
        with open_session(lake, CAMPAIGN) as session:
            answers.append(
                [
                    *(session.rows(Evidence(name), limit=50) for name in ("rows.comments", "rows.labels")),
                    session.run("comments_by_hour"),
                ]
            )
    assert answers[0] == answers[1] == answers[2]
    assert len(answers[0][0][1]) > 0


def test_a_session_does_not_see_later_imports(tmp_path: Path) -> None:
    lake = nasty_lake(tmp_path)
    with open_session(lake, CAMPAIGN) as session:
        with lake.begin(CAMPAIGN, ["9"]) as batch:
            batch.add("late.csv", [comment(500)])
            batch.commit({})
        assert session.rows(Evidence("rows.comments"), limit=0)[0] == 12
    with open_session(lake, CAMPAIGN) as session:
        assert session.rows(Evidence("rows.comments"), limit=0)[0] == 13


@pytest.mark.parametrize(
    ("query", "params", "error"),
    [
        ("no_such", {}, NotFoundError),
        ("comments_by_hour", {"colour": "red"}, NotFoundError),
        ("list_snapshots", {"platform": "weibo"}, ParameterError),
        ("copies", {"at_least": "2"}, ParameterError),
        ("copies", {"at_least": True}, ParameterError),
        ("top_comments", {"by": "length"}, ParameterError),
        ("top_comments", {"limit": -1}, ParameterError),
        ("rows.comments", {"hour_from": "yesterday"}, ParameterError),
        ("rows.boxoffice", {"day_to": "2022-02-30"}, ParameterError),
    ],
)
def test_what_cannot_be_asked_is_a_typed_refusal(
    session: Session, query: str, params: dict[str, str | int], error: type[Exception]
) -> None:
    with pytest.raises(error):
        session.run(query, **params)


def test_a_page_below_zero_is_a_mistake_of_the_caller(session: Session) -> None:
    with pytest.raises(ValueError, match="must not be negative"):
        session.rows(Evidence("rows.comments"), limit=-1)


def test_every_query_says_what_a_row_is() -> None:
    assert [name for name, query in catalogue().items() if not query.about.startswith("One row a")] == []


def test_an_engine_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="neither 'duckdb' nor"):
        connect("oracle", spill=tmp_path)
    with pytest.raises(EngineError, match="LONGTAKE_ENGINE"):
        connect("spark://127.0.0.1:1", spill=tmp_path)
