"""What a trial came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from longtake.domain.estimate import Quantity
from longtake.domain.figure import Figure

RESULTS = ("improved", "no_evidence", "worse")


@dataclass(frozen=True, slots=True)
class Learned:
    """One thing a trial taught, as words with slots.

    Attributes:
        key: Key of the message ``trial.learned_<key>``.
        slots: What its words need, as they are to be shown.
    """

    key: str
    slots: Mapping[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict of a trial.

    Attributes:
        result: improved, no_evidence or worse.
        estimate: The judged arm less the control, in the metric's own unit (a share for a share), with an
            interval that leaves zero out exactly when the result is not ``no_evidence``; Unknown where the
            data carry no number.
        standing: Key of the level of evidence, one of those of :mod:`longtake.domain.comparing.standing`.
        learned: What it taught, in the order in which it is told.
        figures: Figures of the trial, openable.
        arm: Name of the judged arm; empty where there is none to name.
        digest: Hash of the entry that holds the verdict.

    Raises:
        ValueError: The result is not one of :data:`RESULTS`.

    Examples:
        >>> from longtake.domain.estimate import Estimate
        >>> won = Estimate(0.02, 0.01, 0.03, 0.95, "share", "by hand", 4000)
        >>> Verdict("improved", won, "randomised").decided
        True
    """

    result: str
    estimate: Quantity
    standing: str
    learned: tuple[Learned, ...] = ()
    figures: tuple[Figure, ...] = ()
    arm: str = ""
    digest: str = ""

    def __post_init__(self) -> None:
        """Refuse a result that nobody could act on."""
        if self.result not in RESULTS:
            raise ValueError(f"result {self.result!r} is not one of {RESULTS}")

    @property
    def decided(self) -> bool:
        """Whether it says better or worse."""
        return self.result != "no_evidence"
