from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longtake.domain.receipt import Refused
from longtake.errors import LongtakeError, UnknownFormatError
from longtake.ingest.votes import ballots, statements
from shared_data import shared

ROWS = """timestamp,datetime,comment-id,voter-id,vote
1700000000300,x,0,1,-1
1700000000100,x,0,1,1
1700000000200,x,2,10,0
1700000000250,x,2,9,1
"""
MATRIX = """participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,2
1,0,0,1,0,1,-1,
9,1,0,1,1,0,,1
10,,0,1,0,0,,0
"""


def file(folder, name, text):
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def cells(votes):
    return {
        (votes.people[p], votes.statements[s]): v
        for p, s, v in zip(votes.person, votes.statement, votes.value, strict=True)
    }


def test_rows_hold_the_later_vote_whatever_their_order(tmp_path):
    found = ballots.read(file(tmp_path, "v.csv", ROWS))
    assert cells(found.votes) == {("1", "0"): -1, ("9", "2"): 1, ("10", "2"): 0}
    assert found.votes.people == ("1", "9", "10")
    assert (found.read, found.refused) == (4, ())


def test_a_matrix_tells_the_same(tmp_path):
    path = file(tmp_path, "m.csv", MATRIX)
    assert cells(ballots.read(path).votes) == cells(ballots.read(file(tmp_path, "v.csv", ROWS)).votes)
    assert dict(ballots.published(path)) == {"1": "0", "9": "1", "10": ""}


def test_chinese_headings_and_words_are_understood(tmp_path):
    found = ballots.read(
        file(tmp_path, "票.csv", "参与者,观点,投票\n甲,好看,同意\n乙,好看,反对\n丙,好看,不确定\n")
    )
    assert cells(found.votes) == {("甲", "好看"): 1, ("乙", "好看"): -1, ("丙", "好看"): 0}


def test_what_is_no_vote_is_refused_with_its_line_and_the_rest_is_kept(tmp_path):
    found = ballots.read(file(tmp_path, "v.csv", "comment-id,voter-id,vote\n0,1,1\n0,2,2\n,3,1\n0,4,-1\n"))
    assert cells(found.votes) == {("1", "0"): 1, ("4", "0"): -1}
    assert found.refused == (
        Refused(3, "vote", "2", ballots.EXPECTED),
        Refused(4, "comment-id", "", "a name or number"),
    )
    wrong = ballots.read(file(tmp_path, "m.csv", MATRIX.replace("-1,", "yes,")))
    assert wrong.refused == (Refused(2, "0", "yes", ballots.EXPECTED),)


def test_statements_and_those_taken_out(tmp_path):
    text = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
    found = statements.read(file(tmp_path, "c.csv", text + '1,x,0,1,1,0,1,"好, 真好"\n1,x,2,1,1,0,-1,广告\n'))
    assert dict(found.texts) == {"0": "好, 真好", "2": "广告"}
    assert found.moderated == ("2",)


@pytest.mark.parametrize("read", [ballots.read, statements.read])
def test_another_table_is_refused(tmp_path, read):
    with pytest.raises(UnknownFormatError):
        read(file(tmp_path, "x.csv", "a,b\n1,2\n"))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_bring_it_down(tmp_path_factory, tail):
    path = tmp_path_factory.mktemp("fuzz") / "v.csv"
    path.write_bytes(ROWS.encode() + tail)
    try:
        found = ballots.read(path)
    except LongtakeError:
        return
    assert found.votes.value.size + len(found.refused) <= found.read
    assert np.isin(found.votes.value, (-1, 0, 1)).all()


def test_both_exports_of_a_public_conversation_agree():
    rows, matrix = (
        shared(f"opinion/polis/brexit-consensus/{n}.csv") for n in ("votes", "participants-votes")
    )
    assert cells(ballots.read(rows).votes) == cells(ballots.read(matrix).votes)
