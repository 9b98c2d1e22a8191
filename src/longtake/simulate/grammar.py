"""Invented viewers who speak from a grammar, each sentence with its hidden truth."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

SLOT = re.compile(r"\{([\w.]+)\}")
LONGEST = 200
ASPECTS = (
    "story",
    "pacing",
    "relations",
    "acting",
    "visuals",
    "music",
    "dialogue",
    "theme",
    "ending",
    "warmth",
)
SLIPS = (("的", "得"), ("在", "再"), ("已经", "以经"), ("那", "哪"), ("做", "作"), ("了", "勒"), ("就", "旧"))
SHOUTS = ("啊", "哈哈哈", "呜呜", "！！", "……", "~", "hhhh")


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one speaker said, and what is true of it.

    Attributes:
        text: Two to 200 characters.
        intent: Name of the intent in ``words/intents.toml``.
        polarity: neg, neutral or pos.
        aspects: Aspects spoken of, in order; empty for none.
        self_story: Whether the speaker tells of their own life.
        expectation: violated, met or exceeded; None when nothing is said of it.
        echo: 0-based number of the film's line that is quoted or bent; None when none is.
        voice: audience, official, kol, giveaway or bot.
    """

    text: str
    intent: str
    polarity: str
    aspects: tuple[str, ...]
    self_story: bool
    expectation: str | None
    echo: int | None
    voice: str


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """Compiled rules of one film.

    Attributes:
        rules: Alternatives by rule, each split into literals (even places) and slots (odd places).
        intents: What ``words/intents.toml`` says, templates compiled as rules named ``intent.<name>``.
        lines: The film's lines that viewers quote.
    """

    rules: Mapping[str, tuple[tuple[str, ...], ...]]
    intents: Mapping[str, Mapping[str, Any]]
    lines: tuple[str, ...]


@cache
def grammar(film: str) -> Grammar:
    """Return the grammar of an invented film.

    Args:
        film: "short" or "feature".

    Raises:
        ValueError: A template names a rule that does not exist.
    """
    words: dict[str, Any] = {**_words("common"), **_words(film)}
    aspects = _words("aspects")
    for extra in ("brand", "hall"):
        if f"{extra}_pos" in words:
            aspects[extra] = {"pos": words.pop(f"{extra}_pos"), "neg": words.pop(f"{extra}_neg")}
    intents = _words("intents")
    rules = {name: _compile(some) for name, some in words.items()}
    rules |= {f"{a}.{p}": _compile(some) for a, both in aspects.items() for p, some in both.items()}
    rules |= {f"intent.{name}": _compile(intent["templates"]) for name, intent in intents.items()}
    for name, alternatives in rules.items():
        for parts in alternatives:
            unknown = [slot for slot in parts[1::2] if slot not in rules and slot[1:] not in (".pos", ".neg")]
            if unknown:
                raise ValueError(f"rule {name} names {unknown[0]}, which does not exist")
    return Grammar(rules, intents, tuple(words["line"]))


def _words(name: str) -> dict[str, Any]:
    return tomllib.loads((files("longtake.simulate.words") / f"{name}.toml").read_text(encoding="utf-8"))


def _compile(alternatives: object) -> tuple[tuple[str, ...], ...]:
    if not isinstance(alternatives, list) or not alternatives:
        raise ValueError(f"no alternatives in {alternatives!r}")
    return tuple(tuple(SLOT.split(text)) for text in alternatives)


def speak(
    rng: np.random.Generator,
    spoken: Grammar,
    intent: str,
    *,
    platform: str,
    aspects: Sequence[str] = ASPECTS,
) -> Utterance:
    """Return one utterance.

    Args:
        rng: Source of chance.
        spoken: The film's grammar.
        intent: Name of an intent.
        platform: weibo, douyin, bilibili, xiaohongshu, douban or maoyan; decides hashtags and emoji.
        aspects: Aspects the speaker may have in mind, at least three.

    Raises:
        KeyError: There is no such intent.
    """
    facts = spoken.intents[intent]
    fixed = facts.get("aspect")
    mind = [aspects[i] for i in rng.permutation(len(aspects))[:3]]
    if isinstance(fixed, str):
        mind = [fixed, *[aspect for aspect in mind if aspect != fixed]]
    said = _Speech(rng, spoken, dict(zip("ABC", mind, strict=False)))
    text = said.expand(f"intent.{intent}")
    voice = str(facts.get("voice", "audience"))
    if voice == "audience":
        text = _slip(rng, text)
        if not intent.startswith("danmaku"):
            text = _dress(rng, text, platform, said)
    named = tuple(mind[:1]) if isinstance(fixed, str) and not said.named else tuple(said.named)
    expectation = facts.get("expectation")
    return Utterance(
        text=text[:LONGEST],
        intent=intent,
        polarity=str(facts["polarity"]),
        aspects=named if voice != "official" else (),
        self_story=bool(facts.get("self_story", False)),
        expectation=str(expectation) if expectation else None,
        echo=said.echo if voice == "audience" else None,
        voice=voice,
    )


class _Speech:
    """One expansion under way: chosen aspects, those spoken of, and the line quoted."""

    def __init__(self, rng: np.random.Generator, spoken: Grammar, mind: dict[str, str]) -> None:
        self.rng, self.spoken, self.mind = rng, spoken, mind
        self.named: list[str] = []
        self.echo: int | None = None

    def expand(self, rule: str) -> str:
        """Return one alternative of a rule with its slots filled."""
        if rule[1:] in (".pos", ".neg"):
            aspect = self.mind[rule[0]]
            self.named += [aspect] if aspect not in self.named else []
            rule = aspect + rule[1:]
        alternatives = self.spoken.rules[rule]
        chosen = int(self.rng.random() * len(alternatives))
        if rule == "bent" and self.echo is not None:
            chosen = self.echo
        elif rule in ("line", "bent"):
            self.echo = chosen
        parts = alternatives[chosen]
        if len(parts) == 1:
            return parts[0]
        return "".join(part if i % 2 == 0 else self.expand(part) for i, part in enumerate(parts))


def _slip(rng: np.random.Generator, text: str) -> str:
    """Return the text with the slips of people who type on phones, in about one of ten."""
    luck = rng.random()
    if luck < 0.04:
        wrong = SLIPS[int(rng.random() * len(SLIPS))]
        return text.replace(*wrong, 1)
    if luck < 0.07:
        return text.replace("，", " ", 2).rstrip("。")
    if luck < 0.10:
        return text + SHOUTS[int(rng.random() * len(SHOUTS))]
    return text


def _dress(rng: np.random.Generator, text: str, platform: str, said: _Speech) -> str:
    """Return the text with the emoji and hashtags of its platform."""
    title = said.expand("title")
    if rng.random() < 0.42:
        text += "".join(said.expand(f"emoji_{platform}") for _ in range(1 + int(rng.random() ** 3 * 3)))
    if platform == "weibo" and rng.random() < 0.4:
        text = f"#{title}# {text}" if rng.random() < 0.6 else f"{text}#{title}#"
    elif platform == "xiaohongshu" and rng.random() < 0.3:
        text += f" #{title} #看片日记" if rng.random() < 0.5 else f" #{title}"
    elif platform == "douyin" and rng.random() < 0.1:
        text += f" #{title}"
    return text
