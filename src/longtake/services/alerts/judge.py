"""What a rule finds in a report: raised, calm, or not to be told."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from itertools import pairwise

from longtake.domain.answers.report import Report, Sentence
from longtake.domain.estimate import Estimate
from longtake.domain.figure import Figure
from longtake.domain.receipt import FileReceipt
from longtake.render.inventory import figures
from longtake.services.alerts.settings import MOST_REFUSED, Rule

BROKE = frozenset({"slump_wom_broke", "slump_list_broke"})
RAISED, CALM, UNTOLD = "raised", "calm", "untold"
AWAY = timedelta(hours=24)
"""Off a list for so long, a film that comes back enters anew."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule looked at.

    Attributes:
        rule: The rule.
        subject: What it looked at: a figure's id, or the campaign's.
        state: raised, calm or untold, which leaves what was before.
        mark: Which occasion it is, where a raised state can be another one; empty where it cannot.
        figure: The figure that says so; None where none does.
        sentence: A sentence of the report that says so; None where none does.
        facts: Other values for the message, by slot.
    """

    rule: Rule
    subject: str
    state: str
    mark: str = ""
    figure: Figure | None = None
    sentence: Sentence | None = None
    facts: Mapping[str, str | int | float | datetime] | None = None


def findings(rule: Rule, report: Report, *, now: datetime, raised: frozenset[str]) -> tuple[Finding, ...]:
    """Return what a rule finds in a report.

    Args:
        rule: What is watched.
        report: As it stands.
        now: Aware; only a rule that falls due looks at it.
        raised: Subjects for which the rule is raised already.

    Returns:
        One for each figure that a rule on figures names; one otherwise.
    """
    if rule.campaigns and report.campaign not in rule.campaigns:
        return ()
    if rule.when == "figure":
        return tuple(_crossed(rule, report, raised))
    found = {"slump": _slump, "list": _listed, "refused": _refused}.get(rule.when)
    return (_due(rule, report, now) if found is None else found(rule, report),)


def named(rule: Rule, report: Report) -> list[Figure]:
    """Return the figures a rule names: one by its whole id, or those whose id begins with it."""
    whole = f"{report.campaign}:{rule.figure}"
    known = figures(report)
    if whole in known:
        return [known[whole]]
    return [figure for name, figure in known.items() if name.startswith(f"{whole}.")]


def _crossed(rule: Rule, report: Report, raised: frozenset[str]) -> Iterator[Finding]:
    for figure in named(rule, report):
        quantity = figure.quantity
        state = UNTOLD
        if isinstance(quantity, Estimate):
            over = _over(rule, quantity)
            # Between the bound and where it rests, a rule stays as it is: it does not flap.
            stays = figure.id in raised and not _rests(rule, quantity.value)
            state = RAISED if over or stays else CALM
        yield Finding(rule, figure.id, state, figure=figure)


def _over(rule: Rule, found: Estimate) -> bool:
    bounds = (
        rule.below is None or found.value < rule.below,
        rule.above is None or found.value > rule.above,
        rule.upper_below is None or found.high < rule.upper_below,
        rule.lower_above is None or found.low > rule.lower_above,
    )
    return all(bounds) and math.isfinite(found.value)


def _rests(rule: Rule, value: float) -> bool:
    if rule.below is not None:
        return value >= (rule.below if rule.until is None else rule.until)
    bound = rule.above if rule.until is None else rule.until
    return value <= (math.inf if bound is None else bound)


def _slump(rule: Rule, report: Report) -> Finding:
    section = next((one for one in report.sections if one.id == "split"), None)
    if section is None:
        return Finding(rule, report.campaign, UNTOLD)
    for sentence in section.sentences:
        if sentence.key in BROKE:
            severity = sentence.figures.get("severity")
            return Finding(rule, report.campaign, RAISED, figure=severity, sentence=sentence)
    return Finding(rule, report.campaign, CALM)


def _listed(rule: Rule, report: Report) -> Finding:
    section = next((one for one in report.sections if one.id == "list"), None)
    chart = next((one for one in section.charts if one.form == "list"), None) if section else None
    if section is None or chart is None:
        return Finding(rule, report.campaign, UNTOLD)
    keys = [column.key for column in chart.table.columns]
    at, value = keys.index(chart.x), keys.index(chart.y)
    times = sorted(
        time for row in chart.table.rows if row[value] is not None and isinstance(time := row[at], datetime)
    )
    if not times:
        return Finding(rule, report.campaign, CALM)
    entry = times[0]
    for before, after in pairwise(times):
        if after - before > AWAY:
            entry = after
    told = section.sentences[0] if section.sentences else None
    figure = section.figures[0] if section.figures else None
    return Finding(
        rule, report.campaign, RAISED, entry.isoformat(), figure, told, {"entry": entry, "last": times[-1]}
    )


def _refused(rule: Rule, report: Report) -> Finding:
    most = MOST_REFUSED if rule.above is None else rule.above
    bad = [one for one in report.receipts if one.error or _share(one) > most]
    if not bad:
        return Finding(rule, report.campaign, CALM)
    worst = max(bad, key=lambda one: (bool(one.error), _share(one), one.path))
    mark = blake2b("".join(sorted(one.sha256 for one in bad)).encode(), digest_size=8).hexdigest()
    facts: dict[str, str | int | float | datetime] = {
        "files": len(bad),
        "file": worst.path,
        "refused": len(worst.refused),
        "rows": worst.rows_in,
        "whole": int(bool(worst.error)),
    }
    return Finding(rule, report.campaign, RAISED, mark, facts=facts)


def _share(receipt: FileReceipt) -> float:
    return len(receipt.refused) / receipt.rows_in if receipt.rows_in else 0.0


def _due(rule: Rule, report: Report, now: datetime) -> Finding:
    if rule.at is None:
        raise ValueError(f"rule {rule.name!r} falls due without a time")
    told = named(rule, report) if rule.figure else []
    figure = told[0] if told else None
    if now < rule.at:
        return Finding(rule, report.campaign, CALM, figure=figure)
    return Finding(rule, report.campaign, RAISED, rule.at.isoformat(), figure, facts={"at": rule.at})
