"""What people type about a trial: who they are, which campaign, which arms and metrics."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from longtake.cli.console import Bar, words
from longtake.domain.trials.arms import Arm, Metric
from longtake.services.workspace import Workspace

Name = Annotated[str, typer.Argument(help="Id of the trial: small letters, digits, hyphens.")]
TRUE = frozenset({"down", "fall", "降"})


def campaign_id(target: str, lang: str | None) -> str:
    """Return the id of a campaign a person named."""
    from longtake.services.campaigns.target import target as campaign_of  # noqa: PLC0415 -- slow import

    with Bar(words(lang)) as bar:
        return campaign_of(Workspace.here(), target, None, bar).id


def now() -> datetime:
    """Return the time, aware."""
    return datetime.now(UTC)


def arm(text: str) -> Arm:
    """Return an arm from ``name|key=value|…``; keys are format, emotion, angle, weight, alias, source.

    Raises:
        typer.BadParameter: A key is unknown, or a weight is no number.
        DesignError: It is no arm.

    Examples:
        >>> arm("B|emotion=moved|weight=2").factors, arm("B|weight=2").weight
        ({'emotion': 'moved'}, 2.0)
    """
    name, *rest = (part.strip() for part in text.split("|"))
    factors: dict[str, str] = {}
    aliases: list[str] = []
    weight, source = 1.0, ""
    for part in rest:
        key, found, value = part.partition("=")
        key, value = key.strip(), value.strip()
        if not found or not value:
            raise typer.BadParameter(f"{part!r} in --arm is no key=value.")
        if key == "weight":
            try:
                weight = float(value)
            except ValueError:
                raise typer.BadParameter(f"weight {value!r} is no number.") from None
        elif key == "alias":
            aliases.append(value)
        elif key == "source":
            source = value[:80]
        else:
            factors[key] = value
    return Arm(name, weight, factors, tuple(aliases), source)


def metric(text: str, *, baseline: float | None = None, deviation: float | None = None) -> Metric:
    """Return a metric from ``key[:kind[:up|down]]``.

    Raises:
        DesignError: It is no metric.

    Examples:
        >>> metric("finish"), metric("seconds:mean:down").rise
        (Metric(key='finish', kind='proportion', rise=True, baseline=None, deviation=None), False)
    """
    parts = [part.strip() for part in text.split(":")]
    kind = parts[1] if len(parts) > 1 and parts[1] else "proportion"
    rise = not (len(parts) > 2 and parts[2] in TRUE)
    return Metric(parts[0], kind, rise, baseline, deviation)
