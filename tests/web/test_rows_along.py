"""Rows taken along are the rows of the page, however they are cut."""

from __future__ import annotations

import pytest

from longtake.errors import NotFoundError
from longtake.services import evidence
from web_site import FILM


@pytest.mark.parametrize("size", [1, 37, 10_000])
def test_pieces_of_any_size_are_the_rows_in_their_order(site, size):
    figure = f"{FILM}:voice.polarity"
    whole = evidence.rows(site.workspace, figure, limit=10_000)
    pieces = list(evidence.stretches(site.workspace, figure, rows=size, most=10_000))
    assert [row for piece in pieces for row in piece.rows] == list(whole.rows)
    assert {(piece.total, piece.columns) for piece in pieces} == {(whole.total, whole.columns)}
    assert whole.total > 200


def test_no_more_than_asked_for_and_an_unknown_figure_is_named(site):
    (piece,) = evidence.stretches(site.workspace, f"{FILM}:voice.polarity", rows=100, most=3)
    assert len(piece.rows) == 3
    with pytest.raises(NotFoundError, match="nothing"):
        next(evidence.stretches(site.workspace, f"{FILM}:nothing", rows=10, most=10))
