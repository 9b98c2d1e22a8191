"""Golden lines: what of a film people say again."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.domain.estimate import Quantity
from longtake.language.copying.floods import distinct
from longtake.language.copying.plain import runs, whole
from longtake.language.echoing.background import Background
from longtake.language.echoing.index import Index
from longtake.language.echoing.lift import lift_of, summed
from longtake.language.echoing.spotting import CHANCE, Spot, raw_spans, spot, telling


@dataclass(frozen=True, slots=True)
class Match:
    """A line in a comment.

    Attributes:
        comment: Row of the comment.
        start: First character of the raw comment that belongs to the line.
        end: One past the last, so that ``comment[start:end]`` shows it.
        exact: Whether the line stands there as it is; bent otherwise.
        score: Partial ratio, 85 to 100.
    """

    comment: int
    start: int
    end: int
    exact: bool
    score: float


@dataclass(frozen=True, slots=True)
class Echo:
    """One line and the comments that say it again.

    Attributes:
        index: The line's position in `lines`; the first one's when it is said several times.
        line: The line as it was given.
        echoes: Comments that echo it.
        distinct: Distinct wordings among them: what is left when copies are removed.
        exact: Echoes that quote it as it is; the others bend it.
        authors: Different known authors; None when no author is known.
        likes: Likes of the echoes together; None when none is known.
        share_lift: Mean shares of the echoes over those of comments that echo no line, a ratio.
        matches: Where it stands, by comment.
    """

    index: int
    line: str
    echoes: int
    distinct: int
    exact: int
    authors: int | None
    likes: int | None
    share_lift: Quantity
    matches: tuple[Match, ...]


def echoes(
    lines: Sequence[str],
    texts: Sequence[str | None],
    *,
    authors: Sequence[Hashable | None] | None = None,
    likes: Sequence[int | None] | None = None,
    shares: Sequence[int | None] | None = None,
    ordinary: Sequence[str | None] = (),
    names: Sequence[str] = (),
    level: float = 0.9,
) -> tuple[Echo, ...]:
    """Find the lines of a film that comments quote or bend.

    Both sides are compared without case, width, spaces and punctuation, traditional characters simplified.
    Lines of four to six code points must stand in the comment as they are; longer ones may be bent, up to a
    partial ratio of 85; shorter ones are not looked for. A line is no echo when people say it anyway: when
    it is made of everyday phrases and the characters of everyday talk; when a model of how the other
    comments are written (characters given the two before) explains more than a twentieth of its exact
    echoes; when it is bent three times as often as it is quoted; or when `ordinary` texts hold it at more
    than a twentieth of its rate here. Where two lines overlap in a comment, the exact, then the longer one
    counts. What stands in a ``#topic#`` or after ``//@`` is not read.

    Memory grows with the distinct comments' number and with the matches, not with their text.

    Args:
        lines: Lines of the film, such as subtitles, one string each.
        texts: Comments, n of them; None counts as empty.
        authors: Who wrote each comment, None where unknown; length n.
        likes: Likes of each comment, None where unknown; length n.
        shares: Shares of each comment, None where unknown; length n.
        ordinary: Comments that cannot echo this film, such as those of other films, any number.
        names: Titles and names; a line that is nothing but a part of one is not looked for.
        level: Coverage of the lifts' intervals, in (0, 1).

    Returns:
        One Echo for each line found, by known authors (by distinct wordings when nobody is known), then
        distinct wordings, echoes, and the line's position.

    Raises:
        ValueError: A column's length is not n, or the level is not in (0, 1).

    Examples:
        >>> said = ["那句“把月亮，挂回旧阁楼”我记到现在", "结尾：把月亮挂回舊閣樓", "好看", "我知道了"]
        >>> (found,) = echoes(["我知道了", "把月亮挂回旧阁楼。"], said)
        >>> found.line, found.echoes, [said[m.comment][m.start : m.end] for m in found.matches]
        ('把月亮挂回旧阁楼。', 2, ['把月亮，挂回旧阁楼', '把月亮挂回舊閣樓'])
    """
    for name, column in (("authors", authors), ("likes", likes), ("shares", shares)):
        if column is not None and len(column) != len(texts):
            raise ValueError(f"{len(column)} {name} for {len(texts)} texts")
    if not 0 < level < 1:
        raise ValueError(f"level {level} is not in (0, 1)")
    index = Index.of(lines, names)
    raw, number = distinct(texts)
    if not index.words or not raw:
        return ()
    background = Background(index.texts)
    spots = spot(index, raw, background)
    usual = _usual(index, ordinary, background)
    said = np.bincount([one.line for one in spots if one.exact], minlength=len(index.words))
    common = usual * len(raw) > CHANCE * np.maximum(said, 1)
    spots = [one for one in spots if not common[one.line]]
    read = sum(map(len, raw))
    spots = telling(index, spots, background.surprise(), read)
    return _told(lines, index, raw, number, spots, authors=authors, likes=likes, shares=shares, level=level)


def _usual(index: Index, ordinary: Sequence[str | None], background: Background) -> NDArray[np.float64]:
    """Return the share of ordinary texts that hold each line, zero without any, shape (k,)."""
    raw, _ = distinct(ordinary)
    found = spot(index, raw, background, bent=False) if raw else []
    return np.bincount([one.line for one in found], minlength=len(index.words)) / max(len(raw), 1)


def _told(
    lines: Sequence[str],
    index: Index,
    raw: list[str],
    number: NDArray[np.int64],
    spots: list[Spot],
    *,
    authors: Sequence[Hashable | None] | None,
    likes: Sequence[int | None] | None,
    shares: Sequence[int | None] | None,
    level: float,
) -> tuple[Echo, ...]:
    """Carry spots in distinct comments over to the rows and count what they bring."""
    order = np.argsort(number, kind="stable")
    edge = np.searchsorted(number[order], np.arange(len(raw) + 1))
    wording = _wordings(raw, spots)
    matches: dict[int, list[Match]] = {}
    heard: dict[int, set[int]] = {}
    for one, (start, end) in zip(spots, raw_spans(raw, spots), strict=True):
        rows = order[edge[one.text] : edge[one.text + 1]].tolist()
        matches.setdefault(one.line, []).extend(
            Match(row, start, end, one.exact, round(one.score, 6)) for row in rows
        )
        heard.setdefault(one.line, set()).add(wording[one.text])
    whoever = authors if authors is not None and any(one is not None for one in authors) else None
    liked = likes if likes is not None and any(one is not None for one in likes) else None
    shared = None if shares is None else np.array([np.nan if s is None else s for s in shares], dtype=float)
    silent = np.ones(len(number), dtype=bool)
    silent[[match.comment for some in matches.values() for match in some]] = False
    others = (0, 0.0, 0.0) if shared is None else _sums(shared[silent])
    found = []
    for line, some in matches.items():
        some.sort(key=lambda match: (match.comment, match.start))
        rows = sorted({match.comment for match in some})
        exact = {match.comment for match in some if match.exact}
        people = None if whoever is None else len({whoever[row] for row in rows} - {None})
        total = None if liked is None else sum(liked[row] or 0 for row in rows)
        own = (0, 0.0, 0.0) if shared is None else _sums(shared[rows])
        where = index.number[line]
        lift = lift_of(summed(*own), summed(*others), level=level)
        found.append(
            Echo(
                where, lines[where], len(rows), len(heard[line]), len(exact), people, total, lift, tuple(some)
            )
        )
    found.sort(key=lambda e: (-(e.authors or 0), -e.distinct, -e.echoes, e.index))
    return tuple(found)


def _sums(shares: NDArray[np.float64]) -> tuple[int, float, float]:
    known = shares[~np.isnan(shares)]
    return len(known), float(known.sum()), float((known * known).sum())


def _wordings(raw: list[str], spots: Sequence[Spot]) -> dict[int, int]:
    """Return a number for the plain wording of each comment that holds a line."""
    held = sorted({one.text for one in spots})
    words = [raw[text] for text in held]
    hashes = [number for _, batch in runs(words) for number in whole(batch).tolist()]
    return dict(zip(held, hashes, strict=True))
