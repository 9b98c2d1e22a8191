from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lake_samples import CAMPAIGN, STAND_IN, T0, add, comment, files_of, first_import, logical, second_import
from longtake.domain.comment import Comment
from longtake.errors import NotFoundError
from longtake.store.commit import DamagedLakeError, import_name, read_commit
from longtake.store.durable.disk import StorageError
from longtake.store.lake import Lake

LAWS = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake", labeller=STAND_IN)


@st.composite
def versions(draw: st.DrawFn) -> Comment:
    """Draw one of three comments as somebody may have seen it."""
    number = draw(st.integers(0, 2))
    at = draw(st.one_of(st.none(), st.integers(0, 3).map(lambda hours: T0 + timedelta(hours=hours))))
    seen = draw(st.one_of(st.none(), st.integers(0, 3).map(lambda days: T0 + timedelta(days=days))))
    return comment(
        number,
        draw(st.sampled_from(["好", "烂", ""])),
        at=at,
        at_end=None if at is None else at + timedelta(seconds=1),
        likes=draw(st.one_of(st.none(), st.integers(0, 9))),
        region=draw(st.sampled_from([None, "北京", "上海"])),
        author=draw(st.sampled_from([None, "0123456789abcdef"])),
        observed_at=seen,
        source_line=draw(st.integers(1, 99)),
    )


def resolved(imports: list[list[Comment]]) -> list[tuple[object, ...]]:
    """Resolve versions row by row: the plainest program that can be right."""
    found: dict[str, list[tuple[tuple[object, ...], Comment]]] = {}
    for sequence, rows in enumerate(imports):
        for number, row in enumerate(rows):
            seen = (row.observed_at is not None, row.observed_at or T0, sequence, number)
            found.setdefault(row.comment_id, []).append((seen, row))
    things = []
    for name, seen_rows in found.items():
        newest = [row for _, row in sorted(seen_rows, key=lambda pair: pair[0], reverse=True)]
        winner = newest[0]
        timed = [row for row in newest if row.at is not None]
        when = winner if winner.at is not None or not timed else min(timed, key=lambda row: row.at or T0)
        filled = [
            next((value for row in newest if (value := getattr(row, column)) is not None), None)
            for column in ("likes", "region", "author", "observed_at")
        ]
        things.append((name, winner.text, winner.source_line, when.at, when.at_end, *filled))
    return sorted(things, key=repr)


def stored(lake: Lake) -> list[tuple[object, ...]]:
    names = ("comment_id", "text", "source_line", "at", "at_end", "likes", "region", "author", "observed_at")
    rows = [tuple(row[name] for name in names) for row in logical(lake, tables=["comments"])["comments"]]
    aware = [tuple(v.replace(tzinfo=T0.tzinfo) if hasattr(v, "tzinfo") else v for v in row) for row in rows]
    return sorted(aware, key=repr)


@LAWS
@given(
    st.lists(
        st.one_of(st.lists(versions(), min_size=1, max_size=5), st.integers(0, 4)), min_size=1, max_size=6
    )
)
def test_any_order_of_adding_and_taking_back_leaves_what_the_live_imports_say(
    steps: list[list[Comment] | int],
) -> None:
    """An integer takes back one of the imports that are live then; a list adds one."""
    with tempfile.TemporaryDirectory() as folder:
        lake = Lake(Path(folder), labeller=STAND_IN)
        live: list[tuple[str, list[Comment]]] = []
        for step in steps:
            if isinstance(step, int):
                if live:
                    gone = live.pop(step % len(live))[0]
                    assert lake.undo(gone).import_id == gone
            else:
                live.append((add(lake, CAMPAIGN, {"a.csv": list(step)}, str(len(live))), step))
            assert [commit.import_id for commit in lake.commits(CAMPAIGN)] == [name for name, _ in live]
        assert stored(lake) == resolved([rows for _, rows in live])


@LAWS
@given(st.lists(versions(), min_size=1, max_size=6), st.lists(versions(), min_size=1, max_size=6))
def test_taking_back_one_import_leaves_the_other_as_if_it_were_alone(
    one: list[Comment], two: list[Comment]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        both = Lake(Path(folder) / "both", labeller=STAND_IN)
        alone = Lake(Path(folder) / "alone", labeller=STAND_IN)
        gone = add(both, CAMPAIGN, {"one.csv": list(one)}, "1")
        for lake in (both, alone):
            add(lake, CAMPAIGN, {"two.csv": list(two)}, "2")
        both.undo(gone)
        assert stored(both) == stored(alone)


def test_adding_the_same_twice_adds_nothing(lake: Lake) -> None:
    add(lake, CAMPAIGN, first_import(), "1")
    once = logical(lake)
    add(lake, CAMPAIGN, first_import(), "1")
    assert logical(lake) == once
    assert len(lake.commits()) == 2


def test_two_lakes_of_the_same_inputs_are_the_same_to_the_byte(tmp_path: Path) -> None:
    lakes = [Lake(tmp_path / name, labeller=STAND_IN) for name in ("one", "two")]
    for lake in lakes:
        add(lake, CAMPAIGN, first_import(), "b" * 64, "a" * 64)
        add(lake, CAMPAIGN, second_import(), "c" * 64)
    one, two = ({name: (lake.root / name).read_bytes() for name in files_of(lake)} for lake in lakes)
    assert one == two
    assert lakes[0].commits()[0].import_id == import_name(CAMPAIGN, ["a" * 64, "b" * 64])


def test_the_id_of_an_import_taken_back_is_used_again_but_not_its_place(lake: Lake) -> None:
    first = add(lake, CAMPAIGN, first_import(), "1")
    lake.undo(first)
    again = add(lake, CAMPAIGN, first_import(), "1")
    assert again == first
    assert [commit.sequence for commit in lake.commits()] == [2]


def test_known_files_are_those_of_live_imports(lake: Lake) -> None:
    add(lake, CAMPAIGN, first_import(), "a", "b")
    gone = add(lake, CAMPAIGN, second_import(), "c")
    assert lake.known_files(CAMPAIGN) == {"a", "b", "c"}
    lake.undo(gone)
    assert lake.known_files(CAMPAIGN) == {"a", "b"}
    assert lake.known_files("another") == frozenset()


def test_campaigns_do_not_see_each_other(lake: Lake) -> None:
    add(lake, CAMPAIGN, first_import(), "1")
    add(lake, "another", {"x.csv": [comment(1)]}, "1")
    assert lake.campaigns() == ("another", CAMPAIGN)
    assert [row["comment_id"] for row in logical(lake, "another")["comments"]] == ["c001"]


def test_the_receipt_comes_back_as_it_went(lake: Lake) -> None:
    with lake.begin(CAMPAIGN, ["1"]) as batch:
        batch.add("a.csv", [comment(1)])
        commit = batch.commit({"文件": ["a.csv"], "n": 1})
    assert lake.commits() == (commit,)
    assert commit.receipt == {"文件": ["a.csv"], "n": 1}
    assert commit.tables == {"comments": 1, "labels": 1}
    assert commit.model == "stand-in-1"


def test_an_import_that_fails_half_way_leaves_no_file(lake: Lake) -> None:
    add(lake, CAMPAIGN, first_import(), "1")
    before = files_of(lake)
    with pytest.raises(ZeroDivisionError), lake.begin(CAMPAIGN, ["2"]) as batch:
        batch.add("a.csv", (comment(1 // number) for number in (1, 0)))
    assert files_of(lake) == before


def test_leaving_without_commit_forgets_everything(lake: Lake) -> None:
    with lake.begin(CAMPAIGN, ["1"]) as batch:
        batch.add("a.csv", [comment(1)])
    assert files_of(lake) == []
    assert lake.campaigns() == ()


def test_verify_names_the_file_that_changed_and_the_one_that_is_gone(lake: Lake) -> None:
    add(lake, CAMPAIGN, first_import(), "1")
    files = lake.files(CAMPAIGN)
    changed, gone = files["comments"][0], files["observations"][0]
    changed.write_bytes(changed.read_bytes()[:-1] + b"?")
    gone.unlink()
    assert [(error.path, error.reason) for error in lake.verify()] == [
        (str(changed), "is not what was written"),
        (str(gone), "is missing"),
    ]
    with pytest.raises(DamagedLakeError, match="is missing"):
        lake.files(CAMPAIGN)


def test_a_commit_file_of_another_format_is_refused(tmp_path: Path) -> None:
    for content in (b'{"format": 2}', b"[]", b"{", b'{"format": 1, "colour": "red"}'):
        (tmp_path / "x.json").write_bytes(content)
        with pytest.raises(DamagedLakeError, match=r"x\.json"):
            read_commit(tmp_path / "x.json")


def test_taking_back_what_is_not_there_names_what_is(lake: Lake) -> None:
    known = add(lake, CAMPAIGN, first_import(), "1")
    with pytest.raises(NotFoundError, match=known):
        lake.undo("0" * 20)


@pytest.mark.parametrize("campaign", ["", "../x", "a/b", "a b", ".", "a\x00b"])
def test_a_campaign_that_cannot_be_a_folder_is_refused(lake: Lake, campaign: str) -> None:
    with pytest.raises(ValueError, match="letters, digits"):
        lake.begin(campaign)


def test_a_lake_where_a_file_stands_is_a_typed_refusal(tmp_path: Path) -> None:
    (tmp_path / "lake").write_text("not a folder")
    with pytest.raises(StorageError, match="lake"):
        Lake(tmp_path / "lake").begin(CAMPAIGN)


def test_rows_after_counting_are_refused(lake: Lake) -> None:
    with lake.begin(CAMPAIGN, ["1"]) as batch:
        batch.add("a.csv", [comment(1)])
        batch.tally()
        with pytest.raises(ValueError, match="after the import was counted"):
            batch.add("a.csv", [comment(2)])


def test_an_import_without_rows_still_keeps_its_receipt(lake: Lake) -> None:
    with lake.begin(CAMPAIGN, ["1"]) as batch:
        batch.add("empty.csv", [])
        assert {name: (t.kept, t.duplicate, dict(t.tables)) for name, t in batch.tally().items()} == {
            "empty.csv": (0, 0, {})
        }
        batch.commit({"why": "nothing in it"})
    assert [commit.receipt for commit in lake.commits()] == [{"why": "nothing in it"}]
    assert logical(lake)["comments"] == []
