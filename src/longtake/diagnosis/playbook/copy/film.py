"""What the film and its viewers say, to hold a draft against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

LEAST_SPOKEN = 50
SHORTEST = 4
ALIKE = 80.0


@dataclass(frozen=True, slots=True)
class FilmFacts:
    """What is known of a film.

    Attributes:
        lines: Its subtitles; empty where none were imported.
        felt: Share of comments that name a feeling, by its label, in [0, 1].
        spoken: How many comments that is of.
    """

    lines: tuple[str, ...] = ()
    felt: Mapping[str, float] = field(default_factory=dict)
    spoken: int = 0

    def says(self, quoted: str) -> bool | None:
        """Return whether the film says a line, give or take a word; None where nobody can tell.

        Examples:
            >>> facts = FilmFacts(("灯亮着，人就没走远。", "你先走"))
            >>> facts.says("灯亮着人就没走远"), facts.says("我会永远等你回来"), facts.says("你走")
            (True, False, None)
        """
        if not self.lines or len(_plain(quoted)) < SHORTEST:
            return None
        from rapidfuzz import fuzz  # noqa: PLC0415 -- slow import

        wanted = _plain(quoted)
        whole = [_plain(line) for line in self.lines]
        # A line may run over two subtitles.
        pairs = [one + two for one, two in pairwise(whole)]
        for line in (*whole, *pairs):
            if len(line) >= len(wanted) * 0.8 and fuzz.partial_ratio(wanted, line) >= ALIKE:
                return True
        return False


def _plain(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())
