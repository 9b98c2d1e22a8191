"""What is believed about why heat slides, and what that rests on."""

from __future__ import annotations

from dataclasses import dataclass

from longtake.domain.answers.cause import Sign

LIKELY = 0.5
SEEN = 0.25
CHANCE = 0.25
"""Least lower end of what is named; on training worlds one healthy campaign in twenty is called sick."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """One sign and how much it moved the belief in its cause.

    Attributes:
        sign: What was measured.
        weight: Log odds added to the cause, in nats; negative where it speaks against it.
        turns_at: Value of the sign at which the cause would no longer be believed (or begin to be), all
            else equal; None where no value would do.
    """

    sign: Sign
    weight: float
    turns_at: float | None = None

    @property
    def strength(self) -> str:
        """How strong it is: faint, positive, strong or very_strong.

        The bounds are 1, 3 and 5 nats, the table of Kass and Raftery (1995), Bayes factors, page 777,
        doi:10.1080/01621459.1995.10476572.

        Examples:
            >>> from longtake.domain.estimate import Unknown
            >>> from longtake.domain.figure import Evidence, Figure
            >>> none = Figure("x:y", "y", Unknown("no_rows", "count", "share", 0), Evidence("rows.comments"))
            >>> [Weighed(Sign("y", "external", none), w).strength for w in (0.4, 2.0, -4.0, 6.0)]
            ['faint', 'positive', 'strong', 'very_strong']
        """
        for bound, word in ((5.0, "very_strong"), (3.0, "strong"), (1.0, "positive")):
            if abs(self.weight) >= bound:
                return word
        return "faint"


@dataclass(frozen=True, slots=True)
class Belief:
    """How far one cause is believed.

    Attributes:
        cause: One of the causes, or healthy.
        probability: Posterior probability that it holds; several causes may hold at once.
        low: Lower end of where the intervals of the signs let the probability be, 90 %.
        high: Its upper end.
        evidence: The signs that were known, the weightiest first.
        informed: Share of what the cause's signs are worth that was measured, in [0, 1]; of all signs for
            health.
    """

    cause: str
    probability: float
    low: float
    high: float
    evidence: tuple[Weighed, ...]
    informed: float = 1.0


@dataclass(frozen=True, slots=True)
class Lacking:
    """A sign that could not be measured, and what it takes.

    Attributes:
        sign: The sign, its quantity an ``Unknown``.
        needs: Keys ``need.<key>`` of the files or settings it takes.
    """

    sign: Sign
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The whole answer.

    Attributes:
        beliefs: One a cause and one for healthy, the likeliest first.
        lacking: What could not be measured, in the order of the causes.
        informed: Share of the model's weight that was measured at all, in [0, 1].
    """

    beliefs: tuple[Belief, ...]
    lacking: tuple[Lacking, ...]
    informed: float

    @property
    def named(self) -> tuple[Belief, ...]:
        """The beliefs that are named, the likeliest first: at one half or more, surely, with enough seen.

        One faint sign of a cause, with all others unmeasured, is no diagnosis, however little speaks for
        the other causes; nor is one half that the intervals of its signs let fall below one in four.
        """
        return tuple(
            b for b in self.beliefs if b.probability >= LIKELY and b.low >= CHANCE and b.informed >= SEEN
        )

    @property
    def abstains(self) -> bool:
        """Whether no cause, nor health, can be named."""
        return not self.named
