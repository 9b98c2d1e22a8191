"""Promises of each node against where the film pays them off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.domain.campaign import Character
from longtake.domain.cue import Cue
from longtake.narrative.cast import Cast, Spoken, split, spoken
from longtake.narrative.gaps.emotion import Scores
from longtake.narrative.gaps.relations import Pair, pair_of, talk
from longtake.narrative.promises.promised import Shown, Text, genres, question, sentences
from longtake.narrative.similarity import Space, letters

Ints = NDArray[np.int64]

SAME = 0.6
"""Likeness with which a line is the same line."""
ANSWER = 0.25
"""Likeness with which a later line speaks of what was asked."""
ANSWER_WITHIN_MS = 30_000
LEAST_PAYOFFS = 2
PAID_SHARE = 0.5
"""A kind of film is paid off when its lines have this part of their share in the trailer."""
MOST = 6
LONG_LINE = 5
QUOTED = re.compile("[“”「」『』]")


@dataclass(frozen=True, slots=True)
class Payoff:
    """Where the film pays: a cue and how alike it is, in [0, 1]."""

    start_ms: int
    end_ms: int
    text: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise.

    Attributes:
        node_id: Who promises.
        kind: genre, pair, question or line.
        what: The kind of film, the pair, or the sentence.
        at_ms: Where in the node it is first made; None in a text.
        payoffs: Where the film pays, best first, at most six.
        paid: Whether it does.
        intended_reversal: Whether the node means to be overturned.
    """

    node_id: str
    kind: str
    what: str
    at_ms: int | None
    payoffs: tuple[Payoff, ...]
    paid: bool
    intended_reversal: bool = False


@dataclass(frozen=True, slots=True)
class Unpromised:
    """What the film gives and no node promises: a pair, and where it is first seen."""

    kind: str
    what: str
    share: float
    start_ms: int


def promises(
    shown: Sequence[Shown],
    film: Sequence[Cue],
    *,
    characters: Sequence[Character] = (),
    scores: Scores | None = None,
) -> tuple[Promise, ...]:
    """List what every node promises and where the film pays it off.

    A *kind of film* is promised by its words; it is paid when at least two cues of the film bear it (by its
    words, or by the emotion it lives on where scores are given), and their share is at least half of that
    in the node. A *pair* is promised by two lines between two people; it is paid when the film gives it a
    quarter of that share and two lines. A *question* is paid by the film's line after the same question, or
    by a line that is no question and speaks of the same words. A *line* is one that somebody in the story
    says, or that copy quotes; it is paid when the film says it. All of this is by words: an answer that is
    only seen is not found.

    Args:
        shown: Nodes, in any order.
        film: Cues of the film, in order of time.
        characters: Who is in it.
        scores: Of the film's cues, with emotions.

    Returns:
        Promises in the order of the nodes and of their sentences; none without the film's cues.

    Raises:
        ValueError: Scores and cues differ in number.

    Examples:
        >>> film = [Cue("film", 1, 0, 900, "灯亮着，人就没走远", 1), Cue("film", 2, 900, 990, "回屋吧", 2)]
        >>> poster = Shown("poster", copy="灯亮着，人就没走远。谁关了那盏旧台灯？")
        >>> [(one.kind, one.paid) for one in promises([poster], film)]
        [('line', True), ('question', False)]
    """
    if scores is not None and len(scores.intensity) != len(film):
        raise ValueError(f"{len(scores.intensity)} scores for {len(film)} cues")
    if not film:
        return ()
    cast = Cast.of(characters, film)
    said = spoken(film, cast)
    made: list[Promise] = []
    for node in shown:
        texts = sentences(node)
        made += _kinds(node, texts, film, scores)
        made += _pairs(node, film, said, cast)
        made += _lines(node, texts, film, said, cast)
    return tuple(made)


def unpromised(pairs: Sequence[Pair], film: Sequence[Cue]) -> tuple[Unpromised, ...]:
    """Return the pairs that carry the film and no trailer shows, largest first."""
    found = [
        Unpromised("pair", " × ".join(p.names), p.film, film[p.film_cues[0]].start_ms)
        for p in pairs
        if p.unseen
    ]
    return tuple(sorted(found, key=lambda one: (-one.share, one.what)))


def _kinds(node: Shown, texts: Sequence[Text], film: Sequence[Cue], scores: Scores | None) -> list[Promise]:
    made = []
    for genre in genres():
        promised = [text for text in texts if genre.said_in(text.words)]
        if not promised:
            continue
        bears = np.array([genre.said_in(cue.text) for cue in film])
        sure = bears.astype(np.float64)
        if scores is not None and scores.emotions is not None and genre.emotion in scores.names:
            # The likeliest of the emotions that are one: a scorer calls most lines neutral.
            felt = [k for k, name in enumerate(scores.names) if name != "neutral"]
            best = np.array([scores.names[felt[k]] for k in scores.emotions[:, felt].argmax(axis=1)])
            strong = scores.emotions[:, scores.names.index(genre.emotion)] > 1 / 3
            bears |= (best == genre.emotion) & strong
            sure += scores.emotions[:, scores.names.index(genre.emotion)]
        share = len(promised) / len(texts)
        where = sorted(np.flatnonzero(bears).tolist(), key=lambda i: (-sure[i], i))
        # A poster of one sentence promises its kind wholly; half of wholly is more than any film is.
        wanted = PAID_SHARE * share if len(node.cues) > 1 else 0.0
        paid = len(where) >= LEAST_PAYOFFS and len(where) / len(film) >= wanted
        payoffs = tuple(_payoff(film[i], 1.0) for i in where[:MOST])
        first = promised[0].cue
        made.append(
            Promise(
                node.node_id,
                "genre",
                genre.name,
                first.start_ms if first else None,
                payoffs,
                paid,
                node.intended_reversal,
            )
        )
    return made


def _pairs(node: Shown, film: Sequence[Cue], said: Spoken, cast: Cast) -> list[Promise]:
    size = len(cast.names)
    if size < 2 or not node.cues:
        return []
    own = spoken(node.cues, cast)
    here = pair_of(own.speaker[None, :], own.named[None, :], np.ones((1, len(node.cues)), dtype=bool), size)[
        0
    ]
    there = pair_of(said.speaker[None, :], said.named[None, :], talk(film)[None, :], size)[0]
    ours, theirs = max(int((here >= 0).sum()), 1), max(int((there >= 0).sum()), 1)
    made = []
    for code in dict.fromkeys(here[here >= 0].tolist()):
        count, found = int((here == code).sum()), np.flatnonzero(there == code).tolist()
        if count < LEAST_PAYOFFS:
            continue
        paid = len(found) >= LEAST_PAYOFFS and len(found) / theirs >= 0.25 * count / ours
        at = node.cues[int(np.flatnonzero(here == code)[0])].start_ms
        what = f"{cast.names[code // size]} × {cast.names[code % size]}"
        payoffs = tuple(_payoff(film[i], 1.0) for i in found[:MOST])
        made.append(Promise(node.node_id, "pair", what, at, payoffs, paid, node.intended_reversal))
    return made


def _lines(
    node: Shown, texts: Sequence[Text], film: Sequence[Cue], said: Spoken, cast: Cast
) -> list[Promise]:
    own = spoken([text.cue for text in texts if text.cue], cast)
    plain = [*own.words, *(text.words for text in texts if text.cue is None)]
    cues = [text.cue for text in texts if text.cue]
    silent = [split(cue)[0] is None for cue in cues]
    # Where a file tells who speaks, a line without a speaker is a caption.
    named = 2 * sum(silent) < len(silent)
    told = [bool(who == -2) or (named and alone) for who, alone in zip(own.speaker, silent, strict=True)]
    told += [False] * (len(texts) - len(cues))
    likeness = Space(said.words).table(plain, said.words)
    asked = np.array([question(text) for text in said.words])
    made = []
    for i, text in enumerate(texts):
        asks, row = question(plain[i]), likeness[i]
        # A caption names a date, a narrator praises, copy addresses the reader: none of them is a line
        # that the film would have to say, unless it quotes one.
        quoted = text.cue is None and (QUOTED.search(plain[i]) is not None or bool(row.max() >= SAME))
        line = (text.cue is not None and not told[i]) or quoted
        if not asks and (not line or len(letters(plain[i])) < LONG_LINE):
            continue
        found = _answers(row, film, asked) if asks else [(j, float(row[j])) for j in _best(row, SAME)]
        payoffs = tuple(_payoff(film[j], alike) for j, alike in found[:MOST])
        at = text.cue.start_ms if text.cue else None
        kind = "question" if asks else "line"
        made.append(Promise(node.node_id, kind, plain[i], at, payoffs, bool(payoffs), node.intended_reversal))
    return made


def _answers(
    row: NDArray[np.float64], film: Sequence[Cue], asked: NDArray[np.bool_]
) -> list[tuple[int, float]]:
    """Return the line that follows the same question, else lines that speak of the same words."""
    found = []
    for j in _best(row, SAME):
        after = j + 1
        while after < len(film) and asked[after]:
            after += 1
        if after < len(film) and film[after].start_ms - film[j].end_ms <= ANSWER_WITHIN_MS:
            found.append((after, float(row[j])))
    return found or [(j, float(row[j])) for j in _best(row, ANSWER) if not asked[j]]


def _best(row: NDArray[np.float64], least: float) -> list[int]:
    return sorted(np.flatnonzero(row >= least).tolist(), key=lambda j: (-row[j], j))


def _payoff(cue: Cue, likeness: float) -> Payoff:
    return Payoff(cue.start_ms, cue.end_ms, cue.text, round(likeness, 4))
