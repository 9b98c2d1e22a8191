"""Say why a campaign's heat slides, or that it cannot be told."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Any

from longtake.domain.answers.cause import CAUSES
from longtake.domain.answers.diagnosis import Belief, Diagnosis, Lacking, Weighed
from longtake.domain.estimate import Estimate, Unknown
from longtake.locale import Catalogue
from longtake.render.wording import Wording
from longtake.services.campaigns.target import target
from longtake.services.progress import Progress, Silent
from longtake.services.reports.diagnosis.signs import diagnosed
from longtake.services.reports.diagnosis.telling import telling
from longtake.services.reports.draft import ZONE, Draft
from longtake.services.reports.drafted import drafted
from longtake.services.workspace import Workspace
from longtake.store.session import open_session


def diagnose(
    workspace: Workspace,
    name: str,
    *,
    observed_at: datetime | None = None,
    progress: Progress | None = None,
) -> Diagnosis:
    """Return what is believed about why a campaign's heat slides.

    Args:
        workspace: Where the rows are kept.
        name: A folder with a ``campaign.toml``, or the name of a campaign of the workspace.
        observed_at: When the files of the folder were exported, aware; None when nobody knows.
        progress: Where to show progress.

    Raises:
        NotFoundError: The target is neither.
        LongtakeError: The campaign file or the lake cannot be used.
    """
    campaign = target(workspace, name, observed_at, progress or Silent())
    with open_session(workspace.lake, campaign.id) as session:
        return diagnosed(drafted(workspace, campaign, session))


def as_json(workspace: Workspace, name: str, words: Catalogue, **following: Any) -> dict[str, Any]:
    """Return a diagnosis as plain values, with its statements in one language and its telling rows.

    Returns:
        ``causes`` (a list of ``cause``, ``probability``, ``low``, ``high``, ``evidence`` and ``rows``, the
        likeliest first), ``abstains``, ``named``, ``informed`` and ``missing``.

    Raises:
        NotFoundError: The target is no campaign.
        LongtakeError: The campaign file or the lake cannot be used.
    """
    progress = following.get("progress") or Silent()
    campaign = target(workspace, name, following.get("observed_at"), progress)
    with open_session(workspace.lake, campaign.id) as session:
        draft = drafted(workspace, campaign, session)
        found = diagnosed(draft)
        wording = Wording(words, ZONE)
        return {
            "campaign": campaign.id,
            "causes": [_belief(draft, belief, wording) for belief in found.beliefs],
            "abstains": found.abstains,
            "named": [belief.cause for belief in found.named],
            "informed": round(found.informed, 4),
            "missing": [_lacking(one, wording) for one in found.lacking],
        }


def _belief(draft: Draft, belief: Belief, wording: Wording) -> dict[str, Any]:
    return {
        "cause": belief.cause,
        "probability": round(belief.probability, 4),
        "low": round(belief.low, 4),
        "high": round(belief.high, 4),
        "informed": round(belief.informed, 4),
        "evidence": [_weighed(one, wording) for one in belief.evidence],
        "rows": [
            {"text": q.text, "platform": q.platform, "file": q.source_file, "line": q.source_line}
            for q in (telling(draft, belief) if belief.cause in CAUSES else ())
        ],
    }


def _weighed(one: Weighed, wording: Wording) -> dict[str, Any]:
    figure, quantity = one.sign.figure, one.sign.figure.quantity
    if not isinstance(quantity, Estimate):
        raise TypeError(f"{figure.id} was weighed without a value")
    shown = wording.shown(quantity)
    value = f"{shown.value} [{shown.interval}]" if shown.interval else shown.value
    return {
        "sign": one.sign.key,
        "statement": wording.catalogue.say(f"sign.{one.sign.key}", value=value),
        "value": quantity.value,
        "low": _finite(quantity.low),
        "high": _finite(quantity.high),
        "level": quantity.level,
        "unit": quantity.unit,
        "method": quantity.method,
        "n": quantity.n,
        "direction": "for" if one.weight > 0 else "against",
        "strength": one.strength,
        "log_odds": round(one.weight, 4),
        "turns_at": one.turns_at,
        "figure": figure.id,
        "query": figure.evidence.query,
        "params": dict(sorted(figure.evidence.params.items())),
    }


def _finite(end: float) -> float | None:
    """Return an end of an interval; None where it is open, which JSON cannot write."""
    return end if math.isfinite(end) else None


def _lacking(one: Lacking, wording: Wording) -> dict[str, Any]:
    quantity = one.sign.figure.quantity
    reason = quantity.reason if isinstance(quantity, Unknown) else ""
    return {
        "sign": one.sign.key,
        "cause": one.sign.cause,
        "reason": reason,
        "why": wording.catalogue.word("reason", reason),
        "needs": {need: wording.catalogue.word("need", need) for need in one.needs},
    }
