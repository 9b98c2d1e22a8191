"""Subtitles: a film of its kind, and a trailer that promises it or another one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from longtake.domain.cue import Cue
from longtake.simulate.causes.cast import Cast
from longtake.simulate.causes.luck import Luck
from longtake.simulate.causes.nuisance import GENRES, Nuisance
from longtake.simulate.causes.strength import Effects
from longtake.simulate.causes.words.vocabulary import SLOT, Words

LINES_A_MINUTE = {"comedy": 11.0, "warm": 7.5, "sad": 6.0, "suspense": 7.0, "action": 5.5, "romance": 8.0}
TRAILER_FASTER = 1.8
SEGMENTS = 8
CALLED = 0.14
MS = 60_000


@dataclass(frozen=True, slots=True)
class Story:
    """Cues of both, and what is true of them.

    Attributes:
        film: The film's cues, node ``film``.
        trailer: The trailer's, node ``trailer``.
        telling: Positions of the lines worth quoting, milliseconds.
        other_lines: Share of the trailer's lines that are of another kind of film.
        marginal_lines: Share of the trailer's lines spoken between people marginal in the film.
        tempo_ratio: Lines a minute of the trailer over the film's.
    """

    film: tuple[Cue, ...]
    trailer: tuple[Cue, ...]
    telling: tuple[int, ...]
    other_lines: float
    marginal_lines: float
    tempo_ratio: float


def story(luck: Luck, drawn: Nuisance, found: Effects, spoken: Words, film: Cast) -> Story:
    """Write a film and its trailer.

    The film moves through eight segments between its own genre, a second one and plain talk; half of its
    lines are between its two central people. A true trailer is made of the film's lines, at 1.8 times its
    tempo; one that sells another film has lines, tempo or people of another.
    """
    pen = _Pen(luck, spoken, film)
    tempo = LINES_A_MINUTE[drawn.genre] * math.exp(0.15 * (2 * luck.uniform() - 1))
    named = luck.chance(0.5)
    second = luck.pick(GENRES)
    lines: list[tuple[str, str, str]] = []
    n = max(30, round(tempo * drawn.minutes))
    golden = {round((0.35 + 0.6 * (i + luck.uniform()) / 5) * (n - 1)): i for i in range(len(film.golden))}
    for i in range(n):
        act = SEGMENTS * i // n
        heat = 0.35 + 0.45 * math.sin(math.pi * (act + 1) / (SEGMENTS + 1))
        tone = luck.weighed({drawn.genre: heat, second: 0.12, "plain": 0.88 - heat})
        pair = pen.pair(central=0.55)
        lines.append((film.golden[golden[i]] if i in golden else pen.line(tone, pair), pair[0], tone))
    length = round(drawn.minutes * MS)
    cues = _timed(luck, lines, length, "film", named=named)
    telling = tuple(cues[i].start_ms for i in sorted(golden))
    faster = TRAILER_FASTER * drawn.habits["hurry"] * found.hurry
    count = max(8, round(tempo * faster * drawn.trailer_seconds / 60))
    other = min(1.0, drawn.habits["other_film"] + found.other_film)
    own = [line for line in lines if line[2] == drawn.genre] or lines
    shown, strange, marginal = [], 0, 0
    for _ in range(count):
        pair = pen.pair(central=0.55)
        if luck.chance(found.other_pair):
            pair, marginal = pen.margin(), marginal + 1
        if luck.chance(other):
            strange += 1
            shown.append((pen.line(luck.weighed({film.promised: 0.8, "plain": 0.2}), pair), pair[0], ""))
        elif found.other_pair:
            shown.append((pen.line(drawn.genre, pair), pair[0], ""))
        else:
            shown.append(luck.pick(own))
    shown.append((luck.pick(spoken.promises[film.sold]), "", ""))
    trailer = _timed(luck, shown, round(drawn.trailer_seconds * 1000), "trailer", named=named)
    return Story(
        cues, trailer, telling, strange / count, marginal / count,
        (len(trailer) / drawn.trailer_seconds * 60) / (len(cues) / drawn.minutes),
    )  # fmt: skip


class _Pen:
    def __init__(self, luck: Luck, spoken: Words, film: Cast) -> None:
        self.luck, self.film = luck, film
        self.lines = spoken.lines

    def pair(self, *, central: float) -> tuple[str, str]:
        """Return who speaks to whom."""
        a, b, *rest = self.film.people
        luck = self.luck
        if luck.chance(central):
            return (a, b) if luck.chance(0.5) else (b, a)
        one, other = luck.pick((a, b)), luck.pick(rest)
        return (one, other) if luck.chance(0.5) else (other, one)

    def margin(self) -> tuple[str, str]:
        """Return two people who hardly meet in the film."""
        one, other = self.film.people[2:4]
        return (one, other) if self.luck.chance(0.5) else (other, one)

    def line(self, tone: str, pair: tuple[str, str]) -> str:
        """Return something said."""
        luck = self.luck
        text = luck.pick(self.lines[tone])
        if "{" not in text:
            return f"{pair[1]}，{text}" if luck.chance(CALLED) else text
        named = {
            "a": pair[0],
            "b": pair[1],
            "place": luck.pick(self.film.places),
            "thing": luck.pick(self.film.things),
        }
        return SLOT.sub(lambda slot: named[slot[1]], text)


def _timed(
    luck: Luck, lines: Sequence[tuple[str, str, str]], length_ms: int, node: str, *, named: bool
) -> tuple[Cue, ...]:
    """Return lines as cues: in their order, gaps of any length, none past the end."""
    step = length_ms / len(lines)
    out = []
    for i, (text, speaker, _) in enumerate(lines):
        start = round((i + 0.35 * luck.uniform()) * step)
        long = min(600 + 160 * len(text), 0.62 * step)
        out.append(
            Cue(node, i + 1, start, start + round(long), text, i + 1, speaker if named and speaker else None)
        )
    return tuple(out)
