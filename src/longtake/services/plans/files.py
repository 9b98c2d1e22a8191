"""A plan as a file that a person edits: TOML or JSON, read back word for word."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from longtake.domain.answers.plan import Plan
from longtake.domain.answers.plan_values import plan_of, plan_values
from longtake.errors import LongtakeError
from longtake.services.campaigns.known import quoted

LARGEST = 4_000_000


class PlanFileError(LongtakeError):
    """A plan's file cannot be used."""

    code = "plan_file"

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"{Path(path).name}: {reason}.", fix="Correct it, or draft the plan anew.")
        self.path, self.reason = str(path), reason


def written(plan: Plan, *, form: str, head: tuple[str, ...] = ()) -> str:
    """Return a plan as text.

    Args:
        plan: The plan.
        form: toml or json.
        head: Lines to put in front of TOML, as comments.

    Raises:
        ValueError: The form is neither.
    """
    values = plan_values(plan)
    if form == "json":
        return json.dumps(values, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    if form != "toml":
        raise ValueError(f"form is {form!r}, expected toml or json")
    return "\n".join([*(f"# {line}" for line in head), *_table(values, "")]) + "\n"


def read(path: Path) -> Plan:
    """Return the plan of a file, TOML or JSON by its ending.

    Raises:
        PlanFileError: It cannot be read, or is no plan.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise PlanFileError(path, "it is larger than any plan")
        text = path.read_text("utf-8-sig")
        values = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        raise PlanFileError(path, f"it cannot be read ({str(error)[:160]})") from error
    if not isinstance(values, Mapping):
        raise PlanFileError(path, "it is no table")
    try:
        return plan_of(values)
    except KeyError as error:
        raise PlanFileError(path, f"{error.args[0]} is missing") from error
    except (TypeError, ValueError, AttributeError, OverflowError) as error:
        raise PlanFileError(path, str(error)) from error


def _table(values: Mapping[str, Any], prefix: str) -> Iterator[str]:
    """Yield the lines of a TOML table: its plain values first, then its tables and lists of tables."""
    plain = {k: v for k, v in values.items() if not _nested(v)}
    for key, value in plain.items():
        yield f"{key} = {_value(value)}"
    for key, value in values.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            yield from ("", f"[{name}]")
            yield from _table(value, f"{name}.")
        elif _nested(value):
            for one in value:
                yield from ("", f"[[{name}]]")
                yield from _table(one, f"{name}.")


def _nested(value: Any) -> bool:
    return isinstance(value, Mapping) or (
        isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)
    )


def _value(value: Any) -> str:
    r"""Return a value as TOML.

    Examples:
        >>> _value(True), _value(0.25), _value(["a"]), _value("b\"c")
        ('true', '0.25', '["a"]', '"b\\"c"')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    return quoted(str(value))
