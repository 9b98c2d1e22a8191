"""Invented films and trailers with a planted gap, or none, on one of three axes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from longtake.domain.campaign import Character
from longtake.domain.cue import Cue

Floats = NDArray[np.float64]

AXES = ("intensity", "relations", "pacing")
CALM, WARM, SAD, TENSE = "calm", "warm", "sad", "tense"
NAMES = ("阿岚", "周砚", "小棠", "老魏", "苏禾", "秦川")
OPENERS = ("你看", "听着", "其实", "那年", "昨天", "后来", "今晚", "记得", "以前", "等等", "这回", "说真的")
THINGS = (
    "这封信",
    "那条船",
    "门口的灯",
    "旧相机",
    "这碗面",
    "那张票",
    "河边的路",
    "这首歌",
    "那件衣服",
    "院子里的树",
)
TAILS: Mapping[str, tuple[str, ...]] = {
    CALM: ("还放在老地方", "该收起来了", "是去年修的", "我下午去看看", "就在桌子上", "先这样放着"),
    WARM: ("真好，我好开心", "让我笑了一整天", "太好了，我喜欢", "有你在真幸福", "好甜，哈哈", "我真高兴"),
    SAD: ("看着就想哭", "我难过得睡不着", "再也没有了，好心疼", "眼泪止不住", "让我心碎", "我好想他"),
    TENSE: ("快跑，我好害怕", "太可怕了，别回头", "吓死我了", "会出人命的", "我慌得要命", "气死我了，滚"),
}
VALENCE = {CALM: 0.0, WARM: 0.8, SAD: -0.7, TENSE: -0.6}
STRENGTH = {CALM: 0.1, WARM: 0.7, SAD: 0.75, TENSE: 0.9}
NOISE = 0.15


@dataclass(frozen=True, slots=True, eq=False)
class Script:
    """A film and its trailer.

    Attributes:
        trailer: Its cues.
        film: Its cues.
        characters: Who is in it.
        trailer_intensity: What a good scorer would say of each cue of the trailer, in [0, 1].
        trailer_valence: From -1 to 1.
        film_intensity: Of each cue of the film.
        film_valence: Of each cue of the film.
        planted: Strength of the gap on each axis, 0 for none.
    """

    trailer: tuple[Cue, ...]
    film: tuple[Cue, ...]
    characters: tuple[Character, ...]
    trailer_intensity: Floats
    trailer_valence: Floats
    film_intensity: Floats
    film_valence: Floats
    planted: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Line:
    speaker: int
    mood: str
    text: str
    seconds: float
    pause: float


def script(
    seed: int,
    planted: Mapping[str, float] | None = None,
    *,
    scenes: int = 36,
    lines: int = 24,
    pace_ratio: float = 1.4,
    pace_spread: float = 0.4,
    runs: tuple[int, int] = (1, 3),
) -> Script:
    """Return an invented film and a trailer cut from it.

    A film is a row of scenes; each has two people, a mood, and six to twelve lines. A trailer takes runs of
    lines from anywhere. A gap is planted in the trailer alone: intensity replaces that share
    of its lines by lines of the hottest mood, relations gives that share of them to two people who hardly
    speak to each other in the film, pacing speeds it up by ``exp(strength)`` beyond the usual ratio.

    Args:
        seed: The same seed gives the same script.
        planted: Strength by axis, from 0; up to 1 for intensity and relations.
        scenes: Scenes of the film.
        lines: Lines of the trailer.
        pace_ratio: Usual ratio of the trailer's pace to the film's.
        pace_spread: Standard deviation of its logarithm between films.
        runs: Fewest and most neighbouring lines that the trailer keeps together.

    Raises:
        ValueError: An axis nobody knows.

    Examples:
        >>> made = script(1)
        >>> len(made.trailer), len(made.characters)
        (24, 6)
    """
    strength = {axis: float((planted or {}).get(axis, 0.0)) for axis in AXES}
    if set(planted or {}) - set(AXES):
        raise ValueError(f"axes {sorted(set(planted or {}) - set(AXES))}")
    rng = np.random.default_rng([7, seed])
    film = _film(rng, scenes)
    picked = _cut(rng, len(film), lines, runs)
    trailer = [film[i] for i in picked]
    if strength["intensity"]:
        hot = rng.random(len(trailer)) < strength["intensity"]
        trailer = [_said(rng, one.speaker, TENSE) if h else one for one, h in zip(trailer, hot, strict=True)]
    if strength["relations"]:
        trailer = _recast(rng, trailer, strength["relations"])
    factor = float(np.exp(np.log(pace_ratio) + rng.normal(0.0, pace_spread) + strength["pacing"]))
    whole = _laid("film", film, rng)
    rough = _laid("trailer", trailer, rng)
    shown = _stretched(rough, _pace(rough) / (_pace(whole) * factor))
    a, b = _scores(rng, trailer), _scores(rng, film)
    cast = tuple(Character(name) for name in NAMES)
    return Script(shown, whole, cast, a[0], a[1], b[0], b[1], strength)


def _film(rng: np.random.Generator, scenes: int) -> list[_Line]:
    moods = (CALM, WARM, SAD, TENSE)
    taste = rng.dirichlet(np.array([6.0, 3.0, 3.0, 3.0]))
    pairs = [(0, 1), (0, 2), (1, 2), (0, 3), (1, 3), (2, 4)]
    weight = rng.dirichlet(np.array([8.0, 5.0, 3.0, 2.0, 2.0, 2.0]))
    film: list[_Line] = []
    for _ in range(scenes):
        people = pairs[int(rng.choice(len(pairs), p=weight))]
        mood = moods[int(rng.choice(4, p=taste))]
        for turn in range(int(rng.integers(6, 13))):
            own = mood if rng.random() < 0.6 else CALM
            film.append(_said(rng, people[turn % 2], own, first=turn == 0))
    return film


def _said(rng: np.random.Generator, speaker: int, mood: str, *, first: bool = False) -> _Line:
    text = str(rng.choice(OPENERS)) + "，" + str(rng.choice(THINGS)) + str(rng.choice(TAILS[mood]))
    pause = float(rng.lognormal(2.6 if first else 0.2, 0.5))
    return _Line(speaker, mood, text, 0.18 * len(text) * float(rng.lognormal(0.0, 0.15)), pause)


def _cut(rng: np.random.Generator, n: int, size: int, runs: tuple[int, int]) -> list[int]:
    """Return positions of a trailer: runs of lines from anywhere, none twice."""
    taken: list[int] = []
    while len(taken) < size:
        start, length = int(rng.integers(0, n)), int(rng.integers(runs[0], runs[1] + 1))
        taken += [i for i in range(start, min(start + length, n)) if i not in taken]
    return taken[:size]


def _recast(rng: np.random.Generator, trailer: list[_Line], share: float) -> list[_Line]:
    """Give a run of lines to two people who hardly speak in the film."""
    count = round(share * len(trailer))
    start = int(rng.integers(0, len(trailer) - count + 1))
    out = list(trailer)
    for turn, i in enumerate(range(start, start + count)):
        old = out[i]
        out[i] = _Line((4, 5)[turn % 2], old.mood, old.text, old.seconds, old.pause)
    return out


def _laid(node: str, lines: list[_Line], rng: np.random.Generator) -> tuple[Cue, ...]:
    at, cues = 1000.0, []
    for number, line in enumerate(lines, 1):
        at += 1000 * (line.pause if node == "film" else float(rng.lognormal(0.75, 0.4)))
        end = at + 1000 * line.seconds
        cues.append(Cue(node, number, round(at), round(end), line.text, number, NAMES[line.speaker]))
        at = end
    return tuple(cues)


def _pace(cues: tuple[Cue, ...]) -> float:
    return sum(len(cue.text) for cue in cues) / (cues[-1].end_ms - cues[0].start_ms)


def _stretched(cues: tuple[Cue, ...], factor: float) -> tuple[Cue, ...]:
    return tuple(
        replace(cue, start_ms=round(cue.start_ms * factor), end_ms=round(cue.end_ms * factor)) for cue in cues
    )


def _scores(rng: np.random.Generator, lines: list[_Line]) -> tuple[Floats, Floats]:
    heat = np.array([STRENGTH[one.mood] for one in lines]) + rng.normal(0.0, NOISE, len(lines))
    tone = np.array([VALENCE[one.mood] for one in lines]) + rng.normal(0.0, NOISE, len(lines))
    return np.clip(heat, 0.0, 1.0), np.clip(tone, -1.0, 1.0)
