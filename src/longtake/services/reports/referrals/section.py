"""Who brought whom, how many further people each brings, and how unevenly."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

import numpy as np

from longtake.domain.answers.report import Section, Sentence
from longtake.domain.estimate import Estimate, Unknown
from longtake.domain.figure import Figure
from longtake.services.reports.draft import CHINA, Draft
from longtake.services.reports.referrals import tables
from longtake.services.reports.referrals.measured import KINDS, Invited, figures, invited, parts


def section(draft: Draft) -> Section | None:
    """Return the section; None without invitations."""
    made = invited(draft)
    if made is None:
        return None
    own = figures(draft, made)
    by = {kind: parts(draft, made, kind) for kind in KINDS}
    drawn = tables.chart(made, own["people"])
    found = {
        "referral_generations": tables.generations(made),
        "referral_groups": tables.groups(by),
        "referral_trees": tables.trees(made),
        "referral_odd": tables.odd(made),
    }
    known = [own[key] for key in ("mean", "top", "dispersion", "came", "people")]
    others = [own[key] for key in own if key not in {"mean", "top", "dispersion", "came", "people"}]
    return Section(
        "referrals",
        (
            Sentence("referral_no_time") if math.isnan(made.until) else _answer(own["mean"]),
            *_came(own, made),
            *_uneven(own),
            *(sentence for kind in KINDS for sentence in _apart(kind, by[kind])),
            *_odd(made),
            *_seen(made),
        ),
        figures=tuple(known),
        charts=(drawn,) if drawn else (),
        notes=(
            "referral_window",
            "referral_people",
            *(() if made.found.odd["no_time"] == 0 else ("referral_untimed",)),
        ),
        more=(*others, *(figure for kind in KINDS for figure in by[kind].values())),
        tables={key: table for key, table in found.items() if table.rows},
    )


def _answer(mean: Figure) -> Sentence:
    held = mean.quantity
    if isinstance(held, Unknown):
        return Sentence(f"referral_{held.reason}", words={"n": held.n, "needed": held.needed or 0})
    if held.low > 1:
        return Sentence("referral_grows", {"mean": mean}, tone="good")
    if held.high < 1:
        return Sentence("referral_dies", {"mean": mean}, tone="warn")
    return Sentence("referral_open", {"mean": mean})


def _came(own: Mapping[str, Figure], made: Invited) -> list[Sentence]:
    if not made.found.n:
        return []
    return [Sentence("referral_came", {key: own[key] for key in ("people", "came", "depth")})]


def _uneven(own: Mapping[str, Figure]) -> list[Sentence]:
    top, spread = own["top"].quantity, own["dispersion"].quantity
    made = []
    if isinstance(top, Estimate) and "alike" in own:
        apart = top.low > own["alike"].quantity.value  # type: ignore[union-attr]
        key = "referral_few" if apart else "referral_alike"
        made.append(Sentence(key, {"top": own["top"], "alike": own["alike"]}))
    if isinstance(spread, Estimate):
        made.append(Sentence("referral_spread", {"dispersion": own["dispersion"]}))
    return made


def _apart(kind: str, named: Mapping[str, Figure]) -> list[Sentence]:
    """Return the channels, or arms, that surely differ: the highest beside the lowest."""
    told = [
        (held.value, name) for name, figure in named.items() if isinstance(held := figure.quantity, Estimate)
    ]
    if len(told) < 2:
        return []
    high, low = max(told)[1], min(told)[1]
    first, last = named[high].quantity, named[low].quantity
    if isinstance(first, Estimate) and isinstance(last, Estimate) and first.low > last.high:
        words = {kind: high, "other": low}
        return [Sentence(f"referral_{kind}_apart", {"high": named[high], "low": named[low]}, words)]
    return [Sentence(f"referral_{kind}_close", words={"n": len(told)})]


def _odd(made: Invited) -> list[Sentence]:
    count = sum(made.found.odd.values())
    return [Sentence("referral_odd", words={"n": count})] if count else []


def _seen(made: Invited) -> list[Sentence]:
    seen = made.bringing.share[np.isfinite(made.bringing.share)]
    if not seen.size or math.isnan(made.until):
        return []
    words: dict[str, str | int | float | date] = {
        "until": tables.day(made.until).astimezone(CHINA).date(),
        "seen": round(100 * float(seen.mean())),
        "days": round(made.bringing.window),
    }
    return [Sentence("referral_seen", words=words)]
