"""Where lines stand in comments, as they are or bent."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from longtake.language.copying.plain import CHARACTERS, Plain, plain, runs
from longtake.language.echoing.background import Background
from longtake.language.echoing.index import CHANGED, EXACT_UP_TO, Index

ALIKE = 85.0
"""Least partial ratio of a bent line, in per cent."""

CHANCE = 0.05
"""Share of a line's exact echoes that chance may explain before the line counts as common."""

BENT = 3
"""Bent echoes for each exact one, and on top, beyond which a line is a turn of speech, not a quote."""

MARGIN = 6.0
"""Bits by which what a bent echo keeps of its line must exceed what chance finds somewhere."""

COUNTED = 1 << 24
"""About so many characters of comments are counted to learn how people write."""

_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class Spot:
    """A line in a distinct comment.

    Attributes:
        text: Number of the distinct comment.
        line: Number of the line in the index.
        start: First code point, in the plain comment.
        end: One past the last.
        kept: Code points of the line that stand there, as bits: 1 << i for code point i.
        score: Partial ratio, in (0, 100]; 100 when exact.
        exact: Whether the line stands there as it is.
    """

    text: int
    line: int
    start: int
    end: int
    kept: int
    score: float
    exact: bool


def spot(index: Index, raw: Sequence[str], background: Background, *, bent: bool = True) -> list[Spot]:
    """Return every line found in the comments, and count the rest as background."""
    found: list[Spot] = []
    every = max(sum(map(len, raw)) // COUNTED, 1)
    for turn, (part, batch) in enumerate(runs(raw)):
        here = _spotted(index, batch, part.start, bent=bent)
        found += here
        if turn % every == 0:
            echoing = np.zeros(len(batch.bounds) - 1, dtype=bool)
            echoing[[one.text - part.start for one in here]] = True
            background.add(without(batch, echoing))
    return found


def without(texts: Plain, gone: NDArray[np.bool_]) -> Plain:
    """Return the texts with some of them emptied."""
    keep = ~gone[texts.owners()]
    lengths = np.where(gone, 0, texts.lengths)
    return Plain(texts.codes[keep], np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths))))


def _spotted(index: Index, batch: Plain, offset: int, *, bent: bool) -> list[Spot]:
    texts, lines = index.candidates(batch)
    if not len(texts):
        return []
    edges, codes = batch.bounds, batch.codes
    found, last, words = [], -1, ""
    for text, line in zip(texts.tolist(), lines.tolist(), strict=True):
        if text != last:
            last = text
            words = codes[edges[text] : edges[text + 1]].tobytes().decode("utf-32-le", "surrogatepass")
        one = _compare(index.words[line], words, bent=bent)
        if one is not None:
            found.append(Spot(text + offset, line, *one))
    return found


def _compare(line: str, words: str, *, bent: bool) -> tuple[int, int, int, float, bool] | None:
    """Return start, end, kept code points, score and whether exact; None when the line is not there."""
    at = words.find(line)
    if at >= 0:
        return at, at + len(line), (1 << len(line)) - 1, 100.0, True
    if not bent or len(line) <= EXACT_UP_TO or len(words) < len(line) * ALIKE / 100.0:
        return None
    near = fuzz.partial_ratio_alignment(line, words, score_cutoff=ALIKE)
    if near is None:
        return None
    # The window is as long as the line; what was put in may have pushed the line's ends out of it.
    pad = max(int(len(line) * CHANGED), 1)
    origin = max(near.dest_start - pad, 0)
    kept, first, last = 0, len(words), 0
    for step in Indel.opcodes(line, words[origin : near.dest_end + pad]):
        if step.tag == "equal":
            kept |= ((1 << (step.src_end - step.src_start)) - 1) << step.src_start
            first = min(first, origin + step.dest_start)
            last = max(last, origin + step.dest_end)
    return first, last, kept, float(near.score), False


def telling(index: Index, spots: Iterable[Spot], bits: NDArray[np.float64], read: int) -> list[Spot]:
    """Keep the spots that chance does not explain.

    Among `read` code points a line of b bits is expected ``read * 2 ** -b`` times. It counts when its exact
    echoes are twenty times as many (`CHANCE`) and it is not mostly bent (`BENT`). A bent echo counts when
    the bits of what it keeps exceed ``log2(read)``, plus those of choosing what was changed, by `MARGIN`.

    Args:
        index: The lines.
        spots: What was found in `read` code points.
        bits: Surprise of each code point of the lines, shape (m,).
        read: Code points of the comments.
    """
    spots = list(spots)
    edges = index.texts.bounds
    total = np.add.reduceat(bits, edges[:-1]).tolist()
    exact = np.bincount([one.line for one in spots if one.exact], minlength=len(index.words)).tolist()
    bent = np.bincount([one.line for one in spots if not one.exact], minlength=len(index.words)).tolist()
    common = [
        read * 2.0**-b > CHANCE * max(quoted, 1) or varied > BENT * (quoted + 1)
        for b, quoted, varied in zip(total, exact, bent, strict=True)
    ]
    floor = math.log2(max(read, 2)) + MARGIN
    kept = []
    for one in spots:
        if common[one.line]:
            continue
        good = True
        if not one.exact:
            own = bits[edges[one.line] : edges[one.line + 1]].tolist()
            held = [bit for i, bit in enumerate(own) if one.kept >> i & 1]
            good = sum(held) >= floor + math.log2(math.comb(len(own), len(held)))
        if good:
            kept.append(one)
    return _apart(kept)


def _apart(spots: list[Spot]) -> list[Spot]:
    """Where spots of one comment overlap by half, keep the exact, then the longest, then the first line."""
    by_text: dict[int, list[Spot]] = {}
    for one in spots:
        by_text.setdefault(one.text, []).append(one)
    kept = []
    for _, some in sorted(by_text.items()):
        best: list[Spot] = []
        for one in sorted(some, key=lambda s: (not s.exact, -s.kept.bit_count(), s.line)):
            if all(
                min(one.end, other.end) - max(one.start, other.start) < _OVERLAP * (one.end - one.start)
                for other in best
            ):
                best.append(one)
        kept += sorted(best, key=lambda s: (s.start, s.line))
    return kept


def raw_spans(raw: Sequence[str], spots: Sequence[Spot]) -> list[tuple[int, int]]:
    """Return where each spot begins and ends in the raw comment."""
    out: list[tuple[int, int]] = []
    begin = 0
    while begin < len(spots):
        end, held = begin, 0
        while end < len(spots) and held < CHARACTERS:
            held += len(raw[spots[end].text])
            end += 1
        batch = plain([raw[one.text] for one in spots[begin:end]], with_origin=True)
        if batch.origin is None:
            raise AssertionError("plain was asked for origins")
        for one, edge in zip(spots[begin:end], batch.bounds[:-1].tolist(), strict=True):
            out.append((int(batch.origin[edge + one.start]), int(batch.origin[edge + one.end - 1]) + 1))
        begin = end
    return out
