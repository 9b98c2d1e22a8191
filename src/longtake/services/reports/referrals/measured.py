"""What a campaign's invitations make, measured once a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from longtake.domain.estimate import Estimate, Quantity
from longtake.domain.figure import Evidence, Figure
from longtake.domain.referral import Referral
from longtake.domain.timed.moment import Precision
from longtake.heat.measures.share import share
from longtake.heat.referrals.bringing import Bringing, bringing, reproduction
from longtake.heat.referrals.tree import DAY, Forest, forest
from longtake.services.reports.draft import LEVEL, Draft, part

USED = Evidence("rows.referrals", {"used": True})
KINDS = ("channel", "arm")
MOST = 8
"""Channels, or arms, that get a figure: those most people came through."""
UNTOLD = "unknown"
"""Stands for people of whom the file does not say it; the query of their rows knows the word."""


@dataclass(frozen=True, slots=True, eq=False)
class Invited:
    """The tree of a campaign.

    Attributes:
        invitations: As imported, in order of use.
        found: Who brought whom.
        until: End of what the files can know, days since 1970; NaN without any time.
        bringing: How people bring people.
    """

    invitations: tuple[Referral, ...]
    found: Forest
    until: float
    bringing: Bringing


def invited(draft: Draft) -> Invited | None:
    """Return the tree of a campaign, made once a draft; None without invitations."""
    made: Invited | None = draft.once("referrals", lambda: _invited(draft))
    return made


def _invited(draft: Draft) -> Invited | None:
    rows = tuple(
        Referral(
            code=row["code"],
            person=row["person"],
            inviter_code=row["inviter_code"],
            inviter=row["inviter"],
            source_line=row["source_line"],
            used_at=row["used_at"],
            used_end=row["used_end"],
            used_precision=Precision(row["used_precision"]),
            used=row["used"],
            channel=row["channel"],
            arm=row["arm"],
            observed_at=row["observed_at"],
        )
        for row in draft.run("referrals")
    )
    if not rows:
        return None
    found = forest(rows)
    # Nothing after the newest use, or after the moment the file was taken, can be in the file.
    ends = [one.used_end or one.used_at for one in rows if one.used_at]
    ends += [one.observed_at for one in rows if one.observed_at]
    until = max((end.timestamp() / DAY for end in ends if end), default=float("nan"))
    return Invited(rows, found, until, bringing(found, until=until, level=LEVEL))


def figures(draft: Draft, made: Invited) -> dict[str, Figure]:
    """Return the figures of everybody together, by what they are."""
    found, told = made.found, made.bringing
    came = int((found.parent >= 0).sum())
    deepest = int(found.generation.max()) if found.n else 0
    quantities: Mapping[str, Quantity] = {
        "mean": told.mean,
        "top": told.top,
        "dispersion": told.dispersion,
        "came": share(came, found.n, level=LEVEL),
        "people": Estimate.count(found.n, unit="authors", method="people who used an invitation, each once"),
        "depth": Estimate.count(deepest, unit="generations", method="longest line of inviters", n=found.n),
    }
    named = {
        key: draft.figure(f"referrals.{key}", f"referral_{key}", quantity, USED)
        for key, quantity in quantities.items()
    }
    if told.chance is not None and isinstance(told.top, Estimate):
        alike = Estimate(
            told.chance, told.chance, told.chance, 1.0, "share", "Poisson with the same mean", told.top.n
        )
        named["alike"] = draft.figure("referrals.alike", "referral_alike", alike, USED)
    return named


def parts(draft: Draft, made: Invited, kind: str) -> dict[str, Figure]:
    """Return how many further people those bring who came through each channel, or in each arm; maybe none.

    Args:
        draft: Of the campaign.
        made: Its tree.
        kind: channel or arm.
    """
    own = np.array([getattr(made.invitations[i], kind) or UNTOLD for i in made.found.row.tolist()])
    names, sizes = np.unique(own, return_counts=True)
    counted = dict(zip(names.tolist(), sizes.tolist(), strict=True))
    if set(counted) <= {UNTOLD}:
        return {}
    order = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return {
        name: draft.figure(
            f"referrals.{kind}.{part(name)}",
            f"referral_by_{kind}",
            of(made, own == name),
            Evidence("rows.referrals", {kind: name, "used": True}),
            {kind: name},
        )
        for name, _ in order[:MOST]
    }


def of(made: Invited, whom: np.ndarray) -> Quantity:
    """Return how many further people some of the people bring."""
    spread = made.bringing.dispersion
    return reproduction(
        made.found,
        made.bringing.share,
        whom,
        shaky=made.bringing.shaky,
        level=LEVEL,
        pooled=spread.value if isinstance(spread, Estimate) else None,
    )
