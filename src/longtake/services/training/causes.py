"""Learn what the signs of a slide are worth from measured campaigns whose causes are known."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from longtake.diagnosis.causes import WATCHED
from longtake.diagnosis.fit import Case, fit
from longtake.diagnosis.model import Model, as_json
from longtake.domain.answers.cause import CAUSES, Sign
from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.errors import UnreadableFileError
from longtake.services.reports.diagnosis.signs import signs
from longtake.services.reports.draft import Draft
from longtake.services.workspace import write_whole

HOME: Mapping[str, str] = {watched.key: cause for cause, kinds in WATCHED.items() for watched in kinds}


def written(draft: Draft) -> dict[str, dict[str, Any]]:
    """Return the signs of a campaign as JSON values, by key."""
    return {sign.key: _written(sign) for sign in signs(draft)}


def read(signs_: Mapping[str, Mapping[str, Any]]) -> dict[str, Quantity]:
    """Return signs from their JSON values.

    Raises:
        KeyError: A sign lacks a part.
    """
    return {key: _read(one) for key, one in signs_.items()}


def cases(path: Path) -> list[Case]:
    """Return the campaigns of a file: JSON lines with ``causes`` (names) and ``signs`` as :func:`written`.

    Raises:
        UnreadableFileError: A line cannot be used; it is named.
    """
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            raw = json.loads(line)
            causes = tuple(sorted(raw["causes"], key=CAUSES.index))
            found.append(Case(causes, read(raw["signs"])))
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadableFileError(
                path, f"line {number}: {error}", fix="Measure the worlds again."
            ) from error
    return found


def train(known: Iterable[Case], out: Path, card: Mapping[str, object]) -> Model:
    """Fit the model, write its file and return it."""
    some = list(known)
    model = fit(some, HOME, {**card, "campaigns": len(some)})
    write_whole(out, as_json(model).encode())
    return model


def _written(sign: Sign) -> dict[str, Any]:
    quantity = sign.figure.quantity
    if isinstance(quantity, Unknown):
        return {"reason": quantity.reason, "n": quantity.n}
    ends = {"low": quantity.low, "high": quantity.high}
    return {
        "value": quantity.value,
        **{name: end if abs(end) < float("inf") else None for name, end in ends.items()},
        "level": quantity.level,
        "unit": quantity.unit,
        "n": quantity.n,
    }


def _read(one: Mapping[str, Any]) -> Quantity:
    if "reason" in one:
        return Unknown(one["reason"], "measured", "as measured", one["n"])
    low = float("-inf") if one["low"] is None else one["low"]
    high = float("inf") if one["high"] is None else one["high"]
    return Estimate(one["value"], low, high, one["level"], one["unit"], "measured", one["n"])
