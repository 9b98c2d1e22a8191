"""One stage through its acts: versions, lock, start, looks, verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from longtake.domain.answers.plan import Stage
from longtake.domain.answers.plan_values import stage_digest, stage_values
from longtake.domain.running.act import Act

STATES = ("drafted", "locked", "running", "judged", "stopped")
"""Where a stage can stand, in order."""

LANES: Mapping[str, str] = {
    "mismatch": "narrative",
    "positioning": "audience",
    "collect": "audience",
    "over_promotion": "channel",
    "external": "channel",
    "interaction": "interaction",
}
"""The lane a stage runs in, by its cause."""

CHANGED, MOVED, ANYWAY, LATE, BEYOND, EARLY = (
    "changed_after_lock",
    "start_moved",
    "started_anyway",
    "locked_late",
    "extended_beyond",
    "stopped_early",
)
"""What was not done as registered; any of them lowers the label of evidence."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value that differs between two versions.

    Attributes:
        key: Where it stands, parts joined by a dot.
        before: Its value before; None where there was none.
        after: Its value after; None where there is none.
    """

    key: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a stage.

    Attributes:
        number: 1 for the first.
        stage: The stage as it then read.
        act: The act that made it.
        changes: What differs from the version before.
        locked: Whether the stage was locked when it was changed.
    """

    number: int
    stage: Stage
    act: Act
    changes: tuple[Change, ...] = ()
    locked: bool = False

    @property
    def digest(self) -> str:
        """SHA-256 of the stage, hexadecimal."""
        return stage_digest(self.stage)


@dataclass(frozen=True, slots=True)
class Life:
    """A stage and everything that happened to it.

    Attributes:
        versions: Every version, the first first; never empty.
        begins: First day it is planned for, or was locked for; None where no day was set.
        lock: The act that locked it.
        start: The act that started it.
        looks: Every look, the first first.
        extensions: Every extension, the first first.
        verdict: The last act that judged it.
        stopped: The act that stopped it.
        rolled: The act that went on from it.
    """

    versions: tuple[Version, ...]
    begins: date | None = None
    lock: Act | None = None
    start: Act | None = None
    looks: tuple[Act, ...] = ()
    extensions: tuple[Act, ...] = ()
    verdict: Act | None = None
    stopped: Act | None = None
    rolled: Act | None = None

    @property
    def stage(self) -> Stage:
        """The stage as it reads now."""
        return self.versions[-1].stage

    @property
    def locked_stage(self) -> Stage:
        """The stage as it was locked; as it reads now while it is not."""
        return next((one.stage for one in reversed(self.versions) if not one.locked), self.stage)

    @property
    def id(self) -> str:
        """Its id."""
        return self.stage.id

    @property
    def state(self) -> str:
        """Where it stands, one of :data:`STATES`."""
        if self.stopped is not None:
            return "stopped"
        if self.verdict is not None and not self._extended_since:
            return "judged"
        if self.start is not None:
            return "running"
        return "locked" if self.lock is not None else "drafted"

    @property
    def _extended_since(self) -> bool:
        last = self.extensions[-1].seq if self.extensions else 0
        return self.verdict is not None and last > self.verdict.seq

    @property
    def lane(self) -> str:
        """The lane it runs in: narrative, audience, channel or interaction."""
        return LANES[self.stage.cause]

    @property
    def days(self) -> int:
        """Days that are judged, extensions included."""
        return self.locked_stage.goal.horizon_days + sum(int(one.told["days"]) for one in self.extensions)

    @property
    def registration(self) -> Mapping[str, Any]:
        """What is registered and will be judged: that of the last extension, else that of the lock."""
        if self.lock is None:
            return {}
        last = self.extensions[-1].told if self.extensions else self.lock.told
        found: Mapping[str, Any] = last["registered"]
        return found

    @property
    def metric(self) -> str:
        """Key of what is judged: the metric of the trial that judges it, else that of its goal."""
        data = self.registration.get("data", {})
        return str(data.get("primary", self.locked_stage.goal.metric))

    @property
    def deviations(self) -> tuple[str, ...]:
        """Keys of what was not done as registered, in a fixed order."""
        started = self.start.told if self.start is not None else {}
        held = {
            CHANGED: any(one.locked for one in self.versions),
            MOVED: bool(started.get("moved")),
            ANYWAY: bool(started.get("broken")),
            LATE: bool(self.lock is not None and self.lock.told.get("late")),
            BEYOND: any(one.told.get("beyond") for one in self.extensions),
        }
        return tuple(key for key, happened in held.items() if happened)

    def taking(self, act: Act) -> Life:
        """Return the stage after one more act on it."""
        told = act.told
        grown = {
            "locked": lambda: replace(self, lock=act, begins=date.fromisoformat(told["start"])),
            "started": lambda: replace(self, start=act, begins=date.fromisoformat(told["on"])),
            "looked": lambda: replace(self, looks=(*self.looks, act)),
            "extended": lambda: replace(self, extensions=(*self.extensions, act)),
            "judged": lambda: replace(self, verdict=act),
            "stopped": lambda: replace(self, stopped=act),
            "rolled": lambda: replace(self, rolled=act),
        }
        return grown[act.kind]() if act.kind in grown else self

    def changed(self, stage: Stage, act: Act, begins: date | None) -> Life:
        """Return the stage after an edit: a new version, whatever was locked stays on record."""
        made = Version(
            len(self.versions) + 1,
            stage,
            act,
            changes(self.stage, stage),
            locked=self.lock is not None,
        )
        return replace(
            self, versions=(*self.versions, made), begins=self.begins if self.lock else begins or self.begins
        )


def changes(before: Stage, after: Stage) -> tuple[Change, ...]:
    """Return what differs between two versions of a stage, by key.

    Examples:
        >>> _flat({"goal": {"minimum": 0.1}, "owner": "agency"})
        {'goal.minimum': 0.1, 'owner': 'agency'}
    """
    one, other = _flat(stage_values(before)), _flat(stage_values(after))
    return tuple(
        Change(key, one.get(key), other.get(key))
        for key in sorted({*one, *other})
        if one.get(key) != other.get(key)
    )


def _flat(values: Mapping[str, Any], head: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in values.items():
        if isinstance(value, Mapping):
            found |= _flat(value, f"{head}{key}.")
        else:
            found[f"{head}{key}"] = value
    return found
