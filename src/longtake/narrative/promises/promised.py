"""What a node promises: a kind of film, a pair, an answer, a line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from longtake.domain.cue import Cue

QUESTION = re.compile(
    r"[?？]|吗[。！!…]*$|到底|究竟|为什么|为何|凭什么|怎么会|谁(?!都|也|家|知道)|什么(?!都|也)|"
    r"\b(?:who|what|why|how|where|when|which)\b.*",
    re.IGNORECASE,
)
BIG = 5
"""Letters a question must have to be one that a film answers."""
KINDS = ("genre", "pair", "question", "line")


@dataclass(frozen=True, slots=True)
class Genre:
    """A kind of film as it is promised.

    Attributes:
        name: Its name.
        words: Words that promise it, folded.
        emotion: The emotion that pays for it, in the words of the emotion scorer.
    """

    name: str
    words: tuple[str, ...]
    emotion: str

    def said_in(self, text: str) -> bool:
        """Whether a text holds one of its words."""
        folded = text.casefold()
        return any(word in folded for word in self.words)


@cache
def genres() -> tuple[Genre, ...]:
    """Return the kinds of film in the pack, by name.

    Examples:
        >>> [one.name for one in genres() if one.said_in("全家一起笑着看")]
        ['comedy', 'family']
    """
    table: Mapping[str, Mapping[str, object]] = tomllib.loads(
        (files("longtake.narrative.promises") / "genres.toml").read_text(encoding="utf-8")
    )
    return tuple(
        Genre(name, tuple(str(word).casefold() for word in entry["words"]), str(entry["emotion"]))  # type: ignore[attr-defined]
        for name, entry in sorted(table.items())
        if name != "pack"
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """What a node puts before people.

    Attributes:
        node_id: Its name.
        cues: Its subtitles, in order; empty for a poster or a text.
        copy: Its copy.
        intended_reversal: Whether it means to be overturned by the film.
        title: Its title, which promises nothing by itself.
    """

    node_id: str
    cues: tuple[Cue, ...] = ()
    copy: str = ""
    intended_reversal: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence of a node: its words, and where it stands when it is a cue."""

    words: str
    cue: Cue | None


def question(text: str) -> bool:
    """Return whether a sentence asks something that a film would have to answer.

    Examples:
        >>> question("停电那年到底发生了什么"), question("灯亮着，人就没走远"), question("好吗？")
        (True, False, False)
    """
    return sum(map(str.isalnum, text)) >= BIG and QUESTION.search(text.strip()) is not None


def sentences(shown: Shown) -> tuple[Text, ...]:
    """Return the sentences of a node: its cues, then its copy cut at full stops and lines.

    Examples:
        >>> [one.words for one in sentences(Shown("poster", copy="灯亮着。人没走远！"))]
        ['灯亮着', '人没走远']
    """
    said = [Text(cue.text.replace("\n", " ").strip(), cue) for cue in shown.cues]
    said += [Text(part.strip(), None) for part in _cut(shown.copy) if part.strip()]
    return tuple(said)


def _cut(text: str) -> Sequence[str]:
    # A question keeps its mark: it is what makes it one.
    return (
        re.sub(r"([?？])", r"\1\n", text)
        .replace("。", "\n")
        .replace("！", "\n")
        .replace("!", "\n")
        .split("\n")
    )
