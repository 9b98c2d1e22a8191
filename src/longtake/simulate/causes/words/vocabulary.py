"""The two sets of words, compiled once, and the part of one that a campaign uses."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from longtake.simulate.causes.luck import Luck

SETS = ("first", "second")
SLOT = re.compile(r"\{(\w+)\}")
KEPT = 0.7
FEWEST = 6
FILLED = frozenset(
    {
        "a",
        "b",
        "c",
        "d",
        "A",
        "B",
        "C",
        "B1",
        "line",
        "thing",
        "place",
        "rival",
        "title",
        "brand",
        "promised",
        "sold",
    }
)
"""Slots that the film, the speaker's mind or the trailer fill."""

Parts = tuple[str, ...]
Rules = Mapping[str, tuple[Parts, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """One set of words.

    Attributes:
        rules: Alternatives by rule, each split into literals (even places) and slots (odd places);
            clauses about an aspect are ``story.pos``, ``story.neg`` ...
        aspects: Names of the aspects.
        slips: Pairs of right and wrong spelling.
        film: Names, places, titles and brands.
        lines: What people in films say, by kind of scene.
        promises: Promotional copy by genre.
        circles: Name, keywords and openings by circle.
    """

    rules: Rules
    aspects: tuple[str, ...]
    slips: tuple[tuple[str, str], ...]
    film: Mapping[str, Any]
    lines: Mapping[str, tuple[str, ...]]
    promises: Mapping[str, tuple[str, ...]]
    circles: Mapping[str, Mapping[str, Any]]

    def promise(self, luck: Luck, genre: str, pair: tuple[str, str]) -> str:
        """Return promotional copy for a kind of film, half of the time with two of its people."""
        text = luck.pick(self.promises[genre])
        if luck.chance(0.5):
            text = luck.pick(self.promises["pair"]).replace("{a}", pair[0]).replace("{b}", pair[1]) + text
        return text


@cache
def words(which: str) -> Words:
    """Return a set of words.

    Args:
        which: "first" or "second".

    Raises:
        ValueError: There is no such set.
    """
    if which not in SETS:
        raise ValueError(f"wording {which!r} is not one of {SETS}")
    speech, film, lines = _read(which, "speech"), _read(which, "film"), _read(which, "lines")
    aspects = _read(which, "aspects")
    slips = tuple((right, wrong) for right, wrong in speech.pop("slips"))
    flat = {**_flat(speech), **_flat(aspects), **_flat({"genre": film["genre"], "deed": film["deed"]})}
    _check(flat)
    return Words(
        rules={name: tuple(tuple(SLOT.split(text)) for text in some) for name, some in flat.items()},
        aspects=tuple(aspects),
        slips=slips,
        film=film,
        lines={name: tuple(some["lines"]) for name, some in lines.items() if name != "copy"}
        | {"golden": tuple(lines["plain"]["golden"])},
        promises={genre: tuple(some) for genre, some in lines["copy"].items()},
        circles=_read(which, "circles"),
    )


@cache
def meanings() -> Mapping[str, Mapping[str, Any]]:
    """Return polarity, expectation and voice by meaning, the same for both sets."""
    text = (files("longtake.simulate.causes.words") / "meanings.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def part(luck: Luck, rules: Rules) -> Rules:
    """Return the alternatives one campaign's viewers use: most of each rule, in the order of the set.

    So no two campaigns share most of their sentences though they share a language.
    """
    return {name: tuple(some[i] for i in sorted(_kept(luck, len(some)))) for name, some in rules.items()}


def _kept(luck: Luck, n: int) -> list[int]:
    return list(range(n)) if n <= FEWEST else luck.some(range(n), max(FEWEST, round(KEPT * n)))


def _check(flat: Mapping[str, list[str]]) -> None:
    """Refuse a template that names a slot nobody fills."""
    groups = {name.partition(".")[0] for name in flat if "." in name}
    known = {*flat, *FILLED, *groups}
    for name, some in flat.items():
        unknown = [slot for text in some for slot in SLOT.findall(text) if slot not in known]
        if unknown:
            raise ValueError(f"rule {name} names {unknown[0]}, which does not exist")


def _read(which: str, name: str) -> dict[str, Any]:
    folder = files(f"longtake.simulate.causes.words.{which}")
    return tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))


def _flat(tree: Mapping[str, Any], before: str = "") -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for name, some in tree.items():
        out |= _flat(some, f"{before}{name}.") if isinstance(some, Mapping) else {f"{before}{name}": some}
    return out
