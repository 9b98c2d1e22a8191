"""How far an effect may be off because the measure reached the donors too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from longtake.domain.estimate import Estimate
from longtake.trial.geo.panel import Panel
from longtake.trial.geo.synthetic import Synthetic, Units, synthetic_control

METHOD = "bound of what reached the donors"
MOST = 0.95


@dataclass(frozen=True, slots=True, eq=False)
class SpilloverBound:
    """The effect under every spillover up to a stated share.

    Attributes:
        effect: The effect with an interval that holds every spillover up to the shares; never narrower than
            the one it came from.
        reached: Share of the treated cities' lift that the synthetic control may hold at most: the sum of
            weights times shares.
        without: The effect against donors that nothing can have reached; None where fewer than two are left.
    """

    effect: Estimate
    reached: float
    without: float | None


def spillover_bound(
    effect: Estimate,
    panel: Panel,
    fit: Synthetic,
    *,
    shares: Mapping[str, float],
    displaced: bool = False,
    units: Units = "share",
) -> SpilloverBound:
    """Return an effect's interval widened for donors that the measure may have reached.

    Where donor j holds a share ``s_j`` of the lift behind the effect e, the synthetic control holds
    ``e * sum w_j s_j``, and the gap is ``e * (1 - sum w_j s_j)``: reached donors shrink the effect.
    Displacement, where people travel to the treated cities to buy, makes it look larger.

    Args:
        effect: The effect as estimated, a city and day.
        panel: Treated cities and donors.
        fit: The synthetic control behind the effect, without ridge.
        shares: For each donor that may have been reached, its lift at most over the treated cities', in
            [0, 1].
        displaced: The measure may also have drawn from the donors, up to the same shares.
        units: How donors entered, see ``synthetic_control``.

    Raises:
        ValueError: A share is not in [0, 1] or its name is no donor.

    Examples:
        >>> values = [[1, 3, 2, 4] * 3, [1, 3, 2, 4] * 3, [9, 3, 5, 1] * 3, [5, 5, 1, 9] * 3]
        >>> panel = Panel.of(values, names=list("abcd"), treated=["a"], start=8)
        >>> told = Estimate(8.0, 6.0, 10.0, 0.9, "tickets", "by hand", 12)
        >>> found = spillover_bound(told, panel, synthetic_control(panel), shares={"b": 0.2})
        >>> found.effect.low, round(found.effect.high, 6), round(found.reached, 6)
        (6.0, 12.5, 0.2)

    References:
        Cao and Dowd, 2019, Estimation and inference for synthetic control methods with spillover effects,
        arXiv:1902.07343.
    """
    strange = sorted(set(shares) - set(panel.names))
    if strange or not all(0 <= share <= 1 for share in shares.values()):
        raise ValueError(f"shares {dict(shares)}; no donors: {strange}")
    weight = dict(zip(panel.names, fit.weights.tolist(), strict=True))
    if units == "level":
        size = panel.donors[:, : panel.start].mean(axis=1) / float(panel.treated[: panel.start].mean())
        weight = {name: w * s for (name, w), s in zip(weight.items(), size.tolist(), strict=True)}
    reached = min(sum(abs(weight[name]) * share for name, share in shares.items()), MOST)
    ends = [effect.low, effect.high]
    wide = [end / (1 - reached) for end in ends] + ends
    if displaced:
        wide += [end / (1 + reached) for end in ends]
    clean = [place for place, name in enumerate(panel.names) if not shares.get(name)]
    apart = None
    if len(clean) >= 2 and len(clean) < len(panel.names):
        names = tuple(panel.names[one] for one in clean)
        apart = synthetic_control(
            Panel(panel.treated, panel.donors[clean], names, panel.start, panel.cities), units=units
        ).effect
    return SpilloverBound(
        effect=Estimate(
            effect.value, float(min(wide)), float(max(wide)), effect.level, effect.unit, METHOD, effect.n
        ),
        reached=float(reached),
        without=None if apart is None or not np.isfinite(apart) else float(apart),
    )
