"""How a comparison came about, and which words it can bear."""

from __future__ import annotations

from dataclasses import dataclass

CLAIMS = ("p_value", "caused", "changed", "went_with")


@dataclass(frozen=True, slots=True)
class Standing:
    """The evidence level of a comparison.

    A verdict takes its verb from the strongest claim its standing bears: the change *caused* the gain, the
    measure *changed* after it by more than it would have, or the two *went with* each other.

    Attributes:
        key: Name of the level; its words are the messages ``evidence.<key>`` and ``note.evidence_<key>``.
        claims: What may be said, some of :data:`CLAIMS`. A p-value needs a design that assigns.

    Examples:
        >>> RANDOMISED.strongest, OBSERVATIONAL.strongest
        ('caused', 'went_with')
        >>> OBSERVATIONAL.bears("p_value")
        False
    """

    key: str
    claims: frozenset[str]

    def bears(self, claim: str) -> bool:
        """Return whether a claim may be made.

        Raises:
            ValueError: The claim is not one of :data:`CLAIMS`.
        """
        if claim not in CLAIMS:
            raise ValueError(f"claim {claim!r} is not one of {CLAIMS}")
        return claim in self.claims

    @property
    def strongest(self) -> str:
        """The strongest verb it bears."""
        return next(claim for claim in CLAIMS[1:] if claim in self.claims)


RANDOMISED = Standing("randomised", frozenset(CLAIMS))
GEO_RANDOMISED = Standing("geo_randomised", frozenset(CLAIMS))
# A platform's own split balances audiences at the start and then delivers each creative to whom it likes
# best: the p-value is of creative and delivery together (Burtch et al. 2025, arXiv:2508.21251).
PLATFORM_SPLIT = Standing("platform_split", frozenset(("p_value", "changed", "went_with")))
QUASI_EXPERIMENT = Standing("quasi_experiment", frozenset(("p_value", "changed", "went_with")))
OBSERVATIONAL = Standing("observational", frozenset(("went_with",)))

STANDINGS = (RANDOMISED, GEO_RANDOMISED, PLATFORM_SPLIT, QUASI_EXPERIMENT, OBSERVATIONAL)


def standing(*, assigned_by: str, unit: str, organic: bool = False) -> Standing:
    """Return the evidence level of a comparison.

    Args:
        assigned_by: Who chose what got which arm: ``us`` by lot, ``platform`` by its own split, ``calendar``
            (before and after, with a control series), or ``nobody``.
        unit: What was assigned: ``viewer``, ``cell``, ``cinema`` or ``city``.
        organic: Whether a feed decided who saw each arm. Then nothing was assigned, whatever was planned.

    Raises:
        ValueError: ``assigned_by`` or ``unit`` is not one of the names above.

    Examples:
        >>> standing(assigned_by="us", unit="city").key
        'geo_randomised'
        >>> standing(assigned_by="us", unit="viewer", organic=True).key
        'observational'
    """
    if unit not in {"viewer", "cell", "cinema", "city"}:
        raise ValueError(f"unit {unit!r}")
    levels = {
        "us": GEO_RANDOMISED if unit in {"cinema", "city"} else RANDOMISED,
        "platform": PLATFORM_SPLIT,
        "calendar": QUASI_EXPERIMENT,
        "nobody": OBSERVATIONAL,
    }
    if assigned_by not in levels:
        raise ValueError(f"assigned_by {assigned_by!r} is not one of {sorted(levels)}")
    return OBSERVATIONAL if organic else levels[assigned_by]
