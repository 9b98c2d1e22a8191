"""How often each thing is meant, by whom and when."""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Mapping, Sequence
from itertools import accumulate

from longtake.simulate.causes.luck import Luck
from longtake.simulate.causes.nuisance import Nuisance
from longtake.simulate.causes.strength import Effects

OPINIONS = 0.56
PRAISE = {"praise": 0.45, "brief_praise": 0.33, "self_story": 0.1, "echo": 0.05, "met": 0.07}
BLAME = {"blame": 0.56, "brief_blame": 0.35, "irony": 0.06, "not_mine": 0.03}
FOREIGN = {"foreign_pos": 0.005, "foreign_neg": 0.003, "foreign_mid": 0.004}
INVITING = {"invite": 0.72, "again": 0.16, "recreate": 0.12}
# From this share of surprised viewers on it is the turn of the film that most speak of.
ON_PURPOSE = 0.03
EARLY = {"before": 0.62, "chatter": 0.2, "question": 0.1, "invite": 0.03, "fed_up": 0.005}


class Wheel:
    """Draws meanings with given weights.

    Examples:
        >>> import numpy as np
        >>> Wheel({"a": 0.0, "b": 2.0}).draw(Luck(np.random.default_rng(1)))
        'b'
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        some = {meaning: weight for meaning, weight in weights.items() if weight > 0}
        self.names = tuple(some)
        self.sums = tuple(accumulate(some.values()))

    def draw(self, luck: Luck) -> str:
        """Return a meaning."""
        return self.names[min(bisect(self.sums, luck.uniform() * self.sums[-1]), len(self.names) - 1)]


def early(drawn: Nuisance) -> Mapping[str, float]:
    """Return weights before release."""
    return {**EARLY, "fed_up": drawn.habits["fed_up"] / 2}


def viewers(
    drawn: Nuisance, found: Effects, *, side: int, outside: Sequence[str], shocked: bool
) -> dict[str, float]:
    """Return weights of viewers who came unasked or by word of mouth; they add up to one.

    Args:
        drawn: What no cause decides.
        found: What the causes do.
        side: 1 or -1: on which side of a divide the speaker's circle stands.
        outside: What has come from outside: rival, showings, holiday, platform.
        shocked: Whether the time of the shock has come.
    """
    habits = drawn.habits
    divide = habits["divide"] + found.divide
    liked = 1 / (1 + math.exp(-(drawn.liking + side * divide / 2)))
    share = {
        **_violated(habits["violated"] + found.violated, found),
        **_exceeded(habits["exceeded"] + found.exceeded, found),
        **{name: part * habits["inviting"] * found.inviting for name, part in INVITING.items()},
        "fed_up": habits["fed_up"] + found.fed_up,
        **_elsewhere(habits["elsewhere"] + (found.elsewhere if shocked else 0.0), drawn.kind, outside),
        "wants_part": 0.004 + 0.022 * (1 - found.inviting),
        **FOREIGN,
    }
    rest = 1 - sum(share.values())
    opinions = min(0.85, OPINIONS * drawn.opinionated) * rest
    blame = {**BLAME, "not_mine": BLAME["not_mine"] + 0.03 * found.divide}
    share |= {name: part * opinions * liked for name, part in PRAISE.items()}
    share |= {name: part * opinions * (1 - liked) / sum(blame.values()) for name, part in blame.items()}
    other = rest - opinions
    return share | {"mixed": 0.18 * other, "question": 0.17 * other, "chatter": 0.65 * other}


def comers(weights: Mapping[str, float], *, copies: float, giveaways: float) -> dict[str, float]:
    """Return weights of those whom money brought: colder than viewers, some of them hired.

    Args:
        weights: Those of viewers.
        copies: Share of near-copies, in [0, 1].
        giveaways: Share of empty reposts for a prize, in [0, 1].
    """
    cool = dict.fromkeys((*INVITING, "self_story", "echo", "fed_up"), 0.5)
    cold = {name: weight * cool.get(name, 1.0) for name, weight in weights.items()}
    scale = (1 - copies - giveaways) / sum(cold.values())
    return {**{name: weight * scale for name, weight in cold.items()}, "copy": copies, "repost": giveaways}


def danmaku(drawn: Nuisance, found: Effects, *, side: int) -> dict[str, float]:
    """Return weights of what runs over the film."""
    divide = drawn.habits["divide"] + found.divide
    liked = 1 / (1 + math.exp(-(drawn.liking + side * divide / 2)))
    violated, exceeded = drawn.habits["violated"] + found.violated, drawn.habits["exceeded"] + found.exceeded
    return {
        "danmaku_pos": 0.6 * liked,
        "danmaku_neg": 0.6 * (1 - liked),
        "danmaku_mid": 0.35,
        "danmaku_violated": violated / 2,
        "danmaku_exceeded": exceeded / 2,
    }


def _violated(share: float, found: Effects) -> dict[str, float]:
    """Split by what was promised otherwise; without a gap it is told without saying of what."""
    told = {
        "violated": 0.9,
        "violated_tone": 0.15 + found.other_film,
        "violated_pace": 0.1 + 0.8 * max(0.0, found.hurry - 1),
        "violated_pair": 0.05 + 0.5 * found.other_pair,
    }
    return {name: share * weight / sum(told.values()) for name, weight in told.items()}


def _exceeded(share: float, found: Effects) -> dict[str, float]:
    turned = 0.75 if found.exceeded > ON_PURPOSE else 0.06
    return {"exceeded": share * (1 - turned), "turned": share * turned}


def _elsewhere(share: float, kind: str, outside: Sequence[str]) -> dict[str, float]:
    """Split by what people turn to; what has come is named four times as often as what has not."""
    told = {"rival": 0.45, "holiday": 0.25, **({"showings": 0.3} if kind == "feature" else {})}
    told = {name: weight * (4.0 if name in outside else 1.0) for name, weight in told.items()}
    return {name: share * weight / sum(told.values()) for name, weight in told.items()}
