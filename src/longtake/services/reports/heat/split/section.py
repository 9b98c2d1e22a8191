"""The section on bought attention and word of mouth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from longtake.domain.answers.report import Section, Sentence
from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.figure import Figure
from longtake.heat import Slump
from longtake.services.reports.draft import Draft, part
from longtake.services.reports.heat.split.charts import charts
from longtake.services.reports.heat.split.measured import Measured, measure
from longtake.services.reports.heat.talk import Talk
from longtake.services.reports.marks import marks
from longtake.services.reports.toplist.listing import Listing

METHOD = "renewal model"
STRIP = ("reproduction", "promotion_total", "exogenous_share", "push_half_life", "severity")


def section(draft: Draft, talks: Sequence[Talk], lists: Sequence[Listing]) -> Section | None:
    """Return the section; None when nothing was counted over time."""
    found = draft.once("measured", lambda: measure(draft, talks, lists))
    if found is None:
        return None
    if not isinstance(found, Measured):
        return Section(
            "split", (Sentence("split_too_few", words={"needed": found.needed, "got": found.got}),)
        )
    figures = _figures(draft, found)
    return Section(
        "split",
        tuple(_sentences(found, figures)),
        figures=tuple(figures[name] for name in STRIP if name in figures),
        charts=charts(found, marks(draft), figures["reproduction"].id),
        notes=(
            *(("split_list",) if found.unit == "topics" else ()),
            "split_describes",
            "split_background",
            "split_counterfactual",
        ),
        more=(
            *(figure for name, figure in figures.items() if name not in STRIP),
            *_acts(draft, found),
        ),
    )


def _figures(draft: Draft, found: Measured) -> dict[str, Figure]:
    split, slump = found.split, found.slump
    r: Quantity = split.reproduction_number
    if not split.identified:
        reason = "few_pulses" if "few_pulses" in split.doubts else "wide"
        r = Unknown(reason, METHOD, "per count", split.reproduction_number.n)
    named: dict[str, Quantity] = {
        "reproduction": r,
        "promotion_total": split.promotion_total if found.acts else _nothing_named(found, "share"),
        "exogenous_share": split.exogenous_share,
        "push_half_life": split.half_life_hours,
        "promotion_share": split.promotion_share if found.acts else _nothing_named(found, "share"),
        "response_number": split.response_number,
        "unnamed_share": split.unnamed_share,
        "background_rate": _as(split.background_rate, f"{found.unit} a step"),
    }
    last = found.moving
    named["reproduction_last"] = Estimate(
        float(last.value[-1]),
        float(last.low[-1]),
        float(last.high[-1]),
        last.level,
        "per count",
        "renewal model, R as a random walk",
        split.reproduction_number.n,
    )
    if slump.fall is not None:
        named |= {
            "severity": slump.fall.severity,
            "before": slump.fall.before,
            "after": slump.fall.after,
            "lost": _as(slump.fall.lost, found.unit),
        }
    evidence = found.evidence
    return {
        name: draft.figure(
            f"split.{name}.{part(found.platform)}", name, quantity, evidence, {"platform": found.platform}
        )
        for name, quantity in named.items()
    }


def _nothing_named(found: Measured, unit: str) -> Unknown:
    return Unknown("nothing_named", METHOD, unit, found.split.reproduction_number.n)


def _as(estimate: Estimate, unit: str) -> Estimate:
    return replace(estimate, unit=unit)


def _acts(draft: Draft, found: Measured) -> list[Figure]:
    """Return, act by act, the share that would not be there without it."""
    evidence = found.evidence
    made = []
    for name, act in found.acts.items():
        quantity = found.split.event_totals[name]
        slots = {"event": act.kind, "when": act.when}
        made.append(
            draft.figure(
                f"split.act.{part(found.platform)}.{part(name)}", "act_total", quantity, evidence, slots
            )
        )
    return made


def _sentences(found: Measured, figures: dict[str, Figure]) -> list[Sentence]:
    split, words = found.split, {"platform": found.platform}
    if split.identified and found.acts:
        key = "split_main"
    elif split.identified:
        key = "split_unnamed"
    else:
        key = "split_untold" if found.unit == "comments" else "split_list_untold"
    if split.identified and found.unit == "topics":
        key = "split_list_main"
    slots = {
        "split_main": ("promotion_total", "reproduction"),
        "split_unnamed": ("reproduction",),
        "split_untold": (),
        "split_list_main": ("reproduction",),
        "split_list_untold": (),
    }[key]
    said = [Sentence(key, {name: figures[name] for name in slots}, words, tone="wom")]
    said.append(_slid(found.slump, found, figures))
    said += [Sentence(f"doubt_{doubt}", tone="warn") for doubt in split.doubts]
    return said


def _slid(slump: Slump, found: Measured, figures: dict[str, Figure]) -> Sentence:
    if slump.fall is not None and slump.onset is not None:
        when: datetime = found.series.start + slump.onset * found.series.step
        named = {name: figures[name] for name in ("severity", "lost")}
        return Sentence(
            "slump_wom_broke" if found.unit == "comments" else "slump_list_broke",
            named,
            {"when": when},
            tone="warn",
        )
    if "moving" in found.split.doubts:
        key = "slump_unclear" if slump.kind == "promotion_ended" else "slump_drifts"
        return Sentence(key, {"reproduction_last": figures["reproduction_last"]}, tone="warn")
    return Sentence(f"slump_{slump.kind or 'none'}", tone="good" if slump.kind is None else "plain")
