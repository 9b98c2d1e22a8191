"""What is written down before a stage starts, and what may be said after it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from longtake.domain.estimate import Estimate, Quantity, Unknown

Evidence = Literal["randomised", "geo-randomised", "platform-split", "quasi-experiment", "observational"]
Outcome = Literal["improved", "no_evidence", "worse", "unknown"]
Wording = Literal["caused", "points_to", "coincides"]

WORDINGS: dict[Evidence, Wording] = {
    "randomised": "caused",
    "geo-randomised": "caused",
    "platform-split": "points_to",
    "quasi-experiment": "points_to",
    "observational": "coincides",
}
ENOUGH_POWER = 0.8


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a plan, before it starts.

    Attributes:
        name: What is done.
        metric: What is counted; one metric a stage.
        days: Days that will be judged, at least 1; no more and no fewer.
        smallest_effect: The least change worth the effort, as a share, not 0; below 0 where less is better.
        level: Coverage of the interval that will judge it.
        evidence: How treated and untreated come to differ.

    Raises:
        ValueError: A number is out of its range or a name is empty.
    """

    name: str
    metric: str
    days: int
    smallest_effect: float
    level: float = 0.9
    evidence: Evidence = "quasi-experiment"

    def __post_init__(self) -> None:
        """Refuse a stage that could not be judged."""
        if not self.name or not self.metric or self.days < 1 or not 0 < self.level < 1:
            raise ValueError(f"stage {self}")
        if self.smallest_effect == 0 or self.smallest_effect <= -1 or self.evidence not in WORDINGS:
            raise ValueError(f"smallest effect {self.smallest_effect}, evidence {self.evidence!r}")


@dataclass(frozen=True, slots=True)
class Registered:
    """A stage with what was known before it.

    Attributes:
        stage: The stage.
        power: Probability that the smallest effect would be found, printed before the start.
        smallest_found: Change that would be found with a probability of .8; infinite where none would.
        data_seal: Digest of the forecast, the draw or the cities that will be compared.
        seal: Digest of all of the above.
    """

    stage: Stage
    power: float
    smallest_found: float
    data_seal: str
    seal: str

    @classmethod
    def of(cls, stage: Stage, *, power: float, smallest_found: float, data_seal: str) -> Registered:
        """Return a stage with its digest.

        Raises:
            ValueError: The power is not in [0, 1].

        Examples:
            >>> stage = Stage("re-cut trailer", "comments", 14, 0.2)
            >>> one = Registered.of(stage, power=0.83, smallest_found=0.19, data_seal="a")
            >>> one.seal == Registered.of(stage, power=0.83, smallest_found=0.19, data_seal="b").seal
            False
        """
        if not 0 <= power <= 1:
            raise ValueError(f"power {power}")
        text = repr((stage, round(power, 9), round(smallest_found, 9), data_seal))
        return cls(stage, power, smallest_found, data_seal, hashlib.sha256(text.encode()).hexdigest())


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a stage has shown.

    Attributes:
        outcome: ``improved`` or ``worse`` where the interval leaves zero out on that side, ``no_evidence``
            where it holds zero, ``unknown`` where there is no interval.
        effect: The change as a share, or why there is none.
        worthwhile: The whole interval lies beyond the smallest effect.
        ruled_out: The whole interval lies short of it: had there been such an effect, it would have shown.
        power: As printed before the start.
        underpowered: The power was below .8: no evidence is not evidence of nothing.
        evidence: The label after deviations.
        wording: What the label allows to be said.
        deviations: Keys of what was not done as registered; any of them makes the label ``observational``.
    """

    outcome: Outcome
    effect: Quantity
    worthwhile: bool
    ruled_out: bool
    power: float
    underpowered: bool
    evidence: Evidence
    wording: Wording
    deviations: tuple[str, ...]


def verdict(
    registered: Registered, effect: Quantity, *, days: int, data_seal: str, also: Sequence[str] = ()
) -> Verdict:
    """Return what may be said about a stage.

    Args:
        registered: The stage as written down.
        effect: The change as a share with an interval at the registered level, or why there is none.
        days: Days that were judged.
        data_seal: Digest of what was compared with.
        also: Keys of other things that were not done as registered.

    Raises:
        ValueError: The interval's level is not the registered one.

    Examples:
        >>> stage = Stage("re-cut trailer", "comments", 14, 0.2)
        >>> one = Registered.of(stage, power=0.83, smallest_found=0.19, data_seal="a")
        >>> told = Estimate(0.3, 0.1, 0.5, 0.9, "share", "by hand", 74)
        >>> verdict(one, told, days=14, data_seal="a").outcome
        'improved'
        >>> verdict(one, told, days=9, data_seal="a").wording
        'coincides'
    """
    stage = registered.stage
    if isinstance(effect, Estimate) and abs(effect.level - stage.level) > 1e-9:
        raise ValueError(f"level {effect.level} is not the registered {stage.level}")
    deviations = [
        key
        for key, happened in (
            ("days_changed", days != stage.days),
            ("comparison_changed", data_seal != registered.data_seal),
        )
        if happened
    ]
    deviations += [key for key in also if key not in deviations]
    evidence: Evidence = "observational" if deviations else stage.evidence
    sign = 1.0 if stage.smallest_effect > 0 else -1.0
    outcome: Outcome = "unknown"
    worthwhile = ruled_out = False
    if not isinstance(effect, Unknown):
        near, far = sorted((sign * effect.low, sign * effect.high))
        least = abs(stage.smallest_effect)
        outcome = "improved" if near > 0 else "worse" if far < 0 else "no_evidence"
        worthwhile, ruled_out = near >= least, far < least
    return Verdict(
        outcome=outcome,
        effect=effect,
        worthwhile=worthwhile,
        ruled_out=ruled_out,
        power=registered.power,
        underpowered=registered.power < ENOUGH_POWER,
        evidence=evidence,
        wording=WORDINGS[evidence],
        deviations=tuple(deviations),
    )
