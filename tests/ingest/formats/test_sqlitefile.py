import sqlite3

import pytest

from longtake.errors import HostileFileError, UnreadableFileError
from longtake.ingest.formats import sqlitefile
from longtake.ingest.peek import peek


@pytest.fixture
def path(tmp_path):
    place = tmp_path / "x y?#.db"
    with sqlite3.connect(place) as link:
        link.execute("CREATE TABLE news (id INTEGER, title TEXT, score REAL)")
        link.execute('CREATE TABLE "odd name" (a)')
        link.execute("CREATE VIEW every AS SELECT * FROM news")
        link.executemany(
            "INSERT INTO news VALUES (?, ?, ?)", [(2, "乙", None), (1, "甲", 1.5), (3, b"\xff\x00", 2.0)]
        )
        link.execute("UPDATE news SET title = CAST(x'e4bda0ff' AS TEXT) WHERE id = 2")
    link.close()
    return place


def test_rows_come_by_name_in_the_wanted_order_with_text_that_can_be_stored(path):
    assert sqlitefile.tables(path) == {"news": ("id", "title", "score")}
    assert peek(path).columns == ("news.id", "news.title", "news.score")
    rows = list(sqlitefile.rows(path, "news", ["id", "title", "score"], order=["id"]))
    assert rows == [(1, "甲", 1.5), (2, "你\ufffd", None), (3, None, 2.0)]


def test_nothing_is_written_beside_the_file(path):
    before = path.read_bytes()
    list(sqlitefile.rows(path, "news", ["id"]))
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["news; DROP TABLE news", 'x" --', "every", "nothing"])
def test_only_plain_names_of_tables_are_read(path, name):
    with pytest.raises((ValueError, UnreadableFileError)):
        list(sqlitefile.rows(path, name, ["id"]))


def test_a_missing_column_and_a_damaged_file_are_refused(path, tmp_path):
    with pytest.raises(UnreadableFileError, match="no column"):
        list(sqlitefile.rows(path, "news", ["nothing"]))
    data = path.read_bytes()
    for cut in (20, 100, 4096, len(data) - 100):
        broken = tmp_path / f"{cut}.db"
        broken.write_bytes(data[:cut])
        with pytest.raises(UnreadableFileError, match="SQLite database"):
            list(sqlitefile.rows(broken, "news", ["id", "title"]))


def test_a_query_that_does_not_end_is_stopped(tmp_path, monkeypatch):
    path = tmp_path / "x.db"
    with sqlite3.connect(path) as link:
        link.execute("CREATE TABLE t (a INTEGER GENERATED ALWAYS AS (1) VIRTUAL, b TEXT)")
        link.executemany("INSERT INTO t (b) VALUES (?)", [("x" * 50,)] * 100_000)
    link.close()
    monkeypatch.setattr(sqlitefile, "SECONDS", -1.0)
    monkeypatch.setattr(sqlitefile, "STEPS", 10)
    with pytest.raises(HostileFileError, match="takes more than"):
        list(sqlitefile.rows(path, "t", ["b"]))
