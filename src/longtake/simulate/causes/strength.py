"""What a cause does to a campaign's world, in quantities one could have measured there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from longtake.domain.answers.cause import CAUSES

STRENGTHS = ("weak", "medium", "strong")


@dataclass(frozen=True, slots=True)
class Effects:
    """How a world departs from a healthy one; the defaults depart in nothing.

    Attributes:
        other_film: Share of the trailer's lines that are of another kind of film, in [0, 1].
        hurry: Factor on the trailer's tempo beyond what trailers of its kind have.
        other_pair: Share of the trailer's lines given to people who are marginal in the film.
        violated: Share of viewers' comments that say expectation was violated, beside the usual few.
        exceeded: The same of expectation exceeded.
        after_first: Factor on R once the first viewers have spoken.
        from_start: Factor on R from the release on.
        crossing: Factor on the share of offspring that one circle breeds in others.
        divide: Distance of the circles' opinions, log odds of praise over blame.
        absent: Share of the planned circles that stays away; as many strangers come.
        entries: Factor on the chance that a node has a way to take part.
        inviting: Factor on talk that invites, shares or re-creates, and on shares a play.
        bought: Share of those who came unasked at launch who are replaced by bought attention.
        copies: Share of bought comments that are near-copies, beside the usual few.
        saturation: Exponent of cost over reach; 1 for constant returns.
        fed_up: Share of viewers' comments that complain of marketing, beside the usual few.
        supply: Factor on all activity from the shock on.
        showings: Factor on the cinemas' showings from the shock on.
        rival: Height of rivals' list topics over the campaign's own best.
        elsewhere: Share of comments about a rival, few showings or the end of a holiday.
    """

    other_film: float = 0.0
    hurry: float = 1.0
    other_pair: float = 0.0
    violated: float = 0.0
    exceeded: float = 0.0
    after_first: float = 1.0
    from_start: float = 1.0
    crossing: float = 1.0
    divide: float = 0.0
    absent: float = 0.0
    entries: float = 1.0
    inviting: float = 1.0
    bought: float = 0.0
    copies: float = 0.0
    saturation: float = 1.0
    fed_up: float = 0.0
    supply: float = 1.0
    showings: float = 1.0
    rival: float = 0.0
    elsewhere: float = 0.0

    def __or__(self, other: Effects) -> Effects:
        """Return both at once: of each quantity the one that departs further from healthy.

        Examples:
            >>> both = Effects(violated=0.1, after_first=0.5) | Effects(after_first=0.8)
            >>> both.violated, both.after_first
            (0.1, 0.5)
        """
        pairs = [(f.name, getattr(self, f.name), getattr(other, f.name), f.default) for f in fields(self)]
        return Effects(**{name: max(a, b, key=lambda x: abs(x - calm)) for name, a, b, calm in pairs})

    def softened(self, factor: float) -> Effects:
        """Return effects that depart from healthy by a factor of these.

        Examples:
            >>> Effects(inviting=0.6, violated=0.1).softened(0.5).inviting
            0.8
        """
        moved = {f.name: f.default + (getattr(self, f.name) - f.default) * factor for f in fields(self)}
        return Effects(**moved)

    def only(self, name: str) -> Effects:
        """Return effects with one of these quantities, the others as in a healthy world."""
        return replace(Effects(), **{name: getattr(self, name)})


LADDER: Mapping[str, tuple[Effects, Effects, Effects]] = {
    # The trailer sells another film: those who came for it say so, and the next do not come.
    "mismatch": (
        Effects(other_film=0.4, hurry=1.15, other_pair=0.3, violated=0.05, after_first=0.82),
        Effects(other_film=0.65, hurry=1.4, other_pair=0.5, violated=0.10, after_first=0.65),
        Effects(other_film=0.95, hurry=1.8, other_pair=0.75, violated=0.19, after_first=0.45),
    ),
    # Nobody knows for whom it is: circles judge oppositely, the planned ones stay away, waves stay inside.
    "positioning": (
        Effects(divide=1.2, absent=0.35, crossing=0.55, from_start=0.93),
        Effects(divide=2.2, absent=0.6, crossing=0.25, from_start=0.86),
        Effects(divide=3.4, absent=0.85, crossing=0.06, from_start=0.8),
    ),
    # People like it and can do nothing with it: no entry, no sharing, hardly any re-creation.
    "interaction": (
        Effects(entries=0.5, inviting=0.6, from_start=0.8),
        Effects(entries=0.22, inviting=0.35, from_start=0.62),
        Effects(entries=0.0, inviting=0.14, from_start=0.42),
    ),
    # Heat is bought on and on, breeds little, and is gone with the money.
    "over_promotion": (
        Effects(bought=0.45, copies=0.06, saturation=1.3, fed_up=0.03, from_start=0.8),
        Effects(bought=0.7, copies=0.14, saturation=1.6, fed_up=0.06, from_start=0.6),
        Effects(bought=0.9, copies=0.28, saturation=2.0, fed_up=0.12, from_start=0.4),
    ),
    # The world turns away: a rival, the end of a holiday, fewer showings, a quieter platform.
    "external": (
        Effects(supply=0.7, showings=0.72, rival=1.0, elsewhere=0.025),
        Effects(supply=0.48, showings=0.5, rival=1.8, elsewhere=0.05),
        Effects(supply=0.28, showings=0.3, rival=3.0, elsewhere=0.1),
    ),
}
# An intended reversal has the gap of a mismatch, and viewers are glad of it.
REVERSED = ("violated", "after_first")
PLEASED = {"weak": 0.06, "medium": 0.11, "strong": 0.18}


def effects(causes: Mapping[str, str], *, reversal: str | None = None) -> Effects:
    """Return what causes do together.

    Args:
        causes: Strength by cause; empty for a healthy world.
        reversal: Strength of an intended reversal that pleases; None for none.

    Raises:
        ValueError: A cause or a strength is not one of those there are, or a mismatch is asked for beside
            a reversal that pleases, which are one gap with two answers.

    Examples:
        >>> effects({"interaction": "strong", "external": "weak"}).from_start
        0.42
        >>> effects({}, reversal="weak").violated
        0.0
    """
    unknown = sorted(set(causes) - set(CAUSES)) + sorted(
        {*causes.values(), reversal or "weak"} - set(STRENGTHS)
    )
    if unknown:
        raise ValueError(f"{unknown[0]!r} is neither a cause of {CAUSES} nor a strength of {STRENGTHS}")
    if reversal and "mismatch" in causes:
        raise ValueError("a gap between trailer and film either cheats or pleases: mismatch, or reversal")
    out = Effects()
    for cause in CAUSES:
        if cause in causes:
            out |= LADDER[cause][STRENGTHS.index(causes[cause])]
    if reversal:
        gap = LADDER["mismatch"][STRENGTHS.index(reversal)]
        calm = {name: getattr(Effects(), name) for name in REVERSED}
        out |= replace(gap, **calm, exceeded=PLEASED[reversal])
    return out


def mild(cause: str, name: str) -> Effects:
    """Return one quantity of a cause at half of its weak strength: a sign without its cause.

    Examples:
        >>> mild("mismatch", "violated").violated
        0.025
    """
    return LADDER[cause][0].only(name).softened(0.5)
