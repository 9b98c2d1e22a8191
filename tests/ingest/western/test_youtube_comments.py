from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longtake.domain.timed.moment import Precision
from longtake.ingest.cells import Unfit
from longtake.ingest.western.ages import written
from reader_runs import NAMED, SEEDS, kept, refused, run
from shared_data import shared

SEED = SEEDS / "youtube-comment-downloader.jsonl"


def test_without_a_time_of_export_an_age_is_an_interval():
    first, reply, old = kept(run("youtube-comment-downloader", SEED))
    guessed = datetime.fromtimestamp(1716001200.5, UTC)
    assert (first.at, first.at_end, first.at_precision) == (
        guessed - timedelta(days=1),
        guessed,
        Precision.INTERVAL,
    )
    assert reply.at_end - reply.at == timedelta(hours=1)
    assert old.at_end - old.at == timedelta(days=31)


def test_with_a_time_of_export_an_age_is_a_day():
    seen = datetime(2024, 5, 20, 4, tzinfo=UTC)
    first, reply, _ = kept(run("youtube-comment-downloader", SEED, observed_at=seen))
    assert (first.at, first.at_precision) == (datetime(2024, 5, 17, 16, tzinfo=UTC), Precision.DAY)
    assert reply.at_precision == Precision.HOUR
    assert first.observed_at == seen


def test_votes_replies_and_parents():
    first, reply, _ = kept(run("youtube-comment-downloader", SEED))
    assert (first.kind, first.likes, first.replies, first.parent_id, first.topics) == (
        "comment",
        2500,
        3,
        None,
        "#valley#",
    )
    assert (reply.kind, reply.likes, reply.replies, reply.parent_id) == ("reply", 0, None, "UgxA")
    assert first.author == NAMED("youtube", "UC1")


def test_comments_without_words_and_broken_lines_are_refused():
    assert refused(run("youtube-comment-downloader", SEED)) == [(4, "text"), (5, "*")]


@settings(deadline=None)
@given(
    st.sampled_from(["second", "minute", "hour", "day", "week", "month", "year"]),
    st.integers(1, 11),
    st.booleans(),
)
def test_an_interval_ends_at_the_guess_and_is_not_empty(unit, number, edited):
    guessed = datetime(2024, 5, 20, tzinfo=UTC)
    span = written(f"{number} {unit}s ago{' (edited)' if edited else ''}", guessed, None, "time")
    assert span.high == guessed > span.low
    assert span.precision == Precision.INTERVAL


def test_an_age_alone_is_no_time():
    assert not written("2 days ago", None, None, "time").known
    with pytest.raises(Unfit):
        written("once upon a time", None, datetime(2024, 5, 20, tzinfo=UTC), "time")


def test_shared_export():
    (row,) = kept(run("youtube-comment-downloader", shared("exports/youtube_comment_downloader.jsonl")))
    assert (row.likes, row.replies, row.at_precision) == (1200, 3, Precision.INTERVAL)
    assert (row.at, row.at_end) == (datetime(2022, 1, 9, 3, tzinfo=UTC), datetime(2022, 1, 10, 3, tzinfo=UTC))
