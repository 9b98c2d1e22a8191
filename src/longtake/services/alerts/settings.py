"""``alerts.toml``: who is told, and what about."""

from __future__ import annotations

import math
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from longtake.locale import LANGUAGES
from longtake.services.alerts.errors import AlertFileError
from longtake.services.models.settings import Secret
from longtake.services.reports.draft import ZONE
from longtake.services.workspace import Workspace

FILE = "alerts.toml"
ENVIRONMENT = "env:"
KINDS = ("figure", "slump", "list", "refused", "due")
SCHEMES = ("dingtalk", "feishu", "json", "jsons", "lark", "mailto", "mailtos", "slack", "wecombot")
"""Services a message may go to; the others of Apprise reach this machine's own desktop, files or logs."""

TOP = frozenset({"lang", "link", "channels", "rules"})
COMMON = frozenset({"name", "when", "campaigns", "to", "why", "question", "answers", "paused"})
OWN: Mapping[str, frozenset[str]] = {
    "figure": frozenset({"figure", "below", "above", "upper_below", "lower_above", "until"}),
    "slump": frozenset(),
    "list": frozenset(),
    "refused": frozenset({"above"}),
    "due": frozenset({"at", "figure"}),
}
NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")
MOST_REFUSED = 0.05


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to a person.

    Attributes:
        name: What rules call it.
        scheme: The service, one of :data:`SCHEMES`.
        url: Its whole address, which is a secret.
    """

    name: str
    scheme: str
    url: Secret


@dataclass(frozen=True, slots=True)
class Rule:
    """What is watched.

    Attributes:
        name: Its name; states are kept under it.
        when: figure, slump, list, refused or due.
        figure: Id of a figure without the campaign, or the beginning of several.
        below: Raised when the value is below it.
        above: Raised when the value, or the share of refused rows, is above it.
        upper_below: Only when the upper end of the interval is below it as well.
        lower_above: Only when the lower end is above it as well.
        until: Value at which a raised rule rests again; the bound itself when None.
        at: When it falls due, aware.
        campaigns: Ids of the campaigns it watches; all when empty.
        to: Names of the channels; all when empty.
        why: Why it matters, in place of our words.
        question: What is asked, in place of our words.
        answers: The two answers, in place of ours.
        paused: Whether it rests until somebody wakes it.
    """

    name: str
    when: str
    figure: str = ""
    below: float | None = None
    above: float | None = None
    upper_below: float | None = None
    lower_above: float | None = None
    until: float | None = None
    at: datetime | None = None
    campaigns: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    why: str = ""
    question: str = ""
    answers: tuple[str, ...] = ()
    paused: bool = False


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """The whole file.

    Attributes:
        lang: Language of the messages.
        link: Address put under a message, with ``{campaign}``; empty for none.
        channels: By name.
        rules: In the file's order.
    """

    lang: str = "zh"
    link: str = ""
    channels: Mapping[str, Channel] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()


def sample() -> str:
    """Return a file to fill in, with every rule and a comment on each line."""
    return (files("longtake.services.alerts") / "sample.toml").read_text(encoding="utf-8")


def read(workspace: Workspace, environ: Mapping[str, str] | None = None) -> AlertSettings:
    """Return the settings of a workspace.

    Raises:
        AlertFileError: The file is not there, holds a key nobody reads, or a value that cannot be used.
    """
    path = workspace.root / FILE
    env = os.environ if environ is None else environ
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise AlertFileError(path, "it", "is not there", fix="Run `longtake alerts new`.") from None
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        said = str(error).splitlines()[0] if isinstance(error, tomllib.TOMLDecodeError) else "cannot be read"
        # Text after the colon may quote a line, and lines hold addresses that are secrets.
        raise AlertFileError(path, "it", f"is no TOML ({said[:80]})", fix="Mend it by hand.") from None
    return parse(found, path, env)


def parse(found: dict[str, Any], path: Path, environ: Mapping[str, str] | None = None) -> AlertSettings:
    """Return the settings that the values of a file hold.

    Raises:
        AlertFileError: A key nobody reads, or a value that cannot be used.
    """
    return _Reader(path, os.environ if environ is None else environ).settings(found)


class _Reader:
    def __init__(self, path: Any, env: Mapping[str, str]) -> None:
        self.path, self.env = path, env

    def fail(self, key: str, reason: str, fix: str) -> AlertFileError:
        return AlertFileError(self.path, key, reason, fix=fix)

    def settings(self, found: dict[str, Any]) -> AlertSettings:
        self.known(found, TOP, "")
        lang, link = found.get("lang", "zh"), found.get("link", "")
        if lang not in LANGUAGES:
            raise self.fail("lang", "is no language", "Write zh or en.")
        if not isinstance(link, str) or (link and not re.match(r"https?://", link)):
            raise self.fail("link", "is no address", "Write https://… with {campaign} where the id goes.")
        named = found.get("channels", {})
        if not isinstance(named, dict):
            raise self.fail("channels", "is no table", 'Write [channels], then name = "feishu://…".')
        channels = {name: self.channel(name, url) for name, url in named.items()}
        listed = found.get("rules", [])
        if not isinstance(listed, list) or not all(isinstance(rule, dict) for rule in listed):
            raise self.fail("rules", "is no list of tables", "Write [[rules]] before each.")
        rules = tuple(self.rule(rule, f"rules.{n}", channels) for n, rule in enumerate(listed, start=1))
        names = [rule.name for rule in rules]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise self.fail("rules", f"name {twice[0]!r} twice", "Give each rule a name of its own.")
        return AlertSettings(lang, link, channels, rules)

    def known(self, found: Mapping[str, Any], keys: frozenset[str], where: str) -> None:
        unknown = sorted(set(found) - keys)
        if unknown:
            raise self.fail(
                f"{where}{unknown[0]}", "is a key nobody reads", f"Known here: {', '.join(sorted(keys))}."
            )

    def channel(self, name: str, url: object) -> Channel:
        where = f"channels.{name}"
        if not NAME.fullmatch(name):
            raise self.fail(where, "is no name", "Use letters, digits, - and _.")
        if not isinstance(url, str):
            raise self.fail(where, "is no text", 'Write "feishu://…" or "env:VARIABLE".')
        if url.startswith(ENVIRONMENT):
            variable = url.removeprefix(ENVIRONMENT)
            url = self.env.get(variable, "")
            if not url:
                raise self.fail(where, f"names the variable {variable}, which is not set", "Set it.")
        scheme = url.partition("://")[0].lower()
        if scheme not in SCHEMES or "://" not in url:
            raise self.fail(where, "leads to no service we write to", f"Use one of {', '.join(SCHEMES)}.")
        return Channel(name, scheme, Secret(url))

    def rule(self, found: dict[str, Any], where: str, channels: Mapping[str, Channel]) -> Rule:
        when = found.get("when")
        if when not in KINDS:
            raise self.fail(f"{where}.when", "is no kind of rule", f"Use one of {', '.join(KINDS)}.")
        self.known(found, COMMON | OWN[when], f"{where}.")
        name = found.get("name")
        if not isinstance(name, str) or not NAME.fullmatch(name):
            raise self.fail(f"{where}.name", "is no name", "Use letters, digits, - and _.")
        to = self.texts(found, "to", where)
        missing = [one for one in to if one not in channels]
        if missing:
            raise self.fail(f"{where}.to", f"names no channel {missing[0]!r}", "Add it under [channels].")
        answers = self.texts(found, "answers", where)
        if len(answers) not in {0, 2}:
            raise self.fail(f"{where}.answers", "are not two", "A decision has two answers.")
        made = Rule(
            name=name,
            when=when,
            figure=self.text(found, "figure", where),
            below=self.number(found, "below", where),
            above=self.number(found, "above", where),
            upper_below=self.number(found, "upper_below", where),
            lower_above=self.number(found, "lower_above", where),
            until=self.number(found, "until", where),
            at=self.moment(found, "at", where),
            campaigns=self.texts(found, "campaigns", where),
            to=to,
            why=self.text(found, "why", where),
            question=self.text(found, "question", where),
            answers=answers,
            paused=self.flag(found, "paused", where),
        )
        self.whole(made, where)
        return made

    def whole(self, rule: Rule, where: str) -> None:
        """Refuse a rule that could never be raised, or never rest."""
        if rule.when == "figure":
            if not rule.figure:
                raise self.fail(f"{where}.figure", "is missing", "Name a figure, such as split.reproduction.")
            if (rule.below is None) == (rule.above is None):
                raise self.fail(where, "has not exactly one of below and above", "Give one of them.")
            low, high, until = rule.below, rule.above, rule.until
            wrong = until is not None and (
                (low is not None and until < low) or (high is not None and until > high)
            )
            if wrong:
                raise self.fail(
                    f"{where}.until", "lies on the raised side", "It is where the rule rests again."
                )
        if rule.when == "due" and rule.at is None:
            raise self.fail(f"{where}.at", "is missing", "Write at = 2026-12-01T18:00:00+08:00.")

    def text(self, found: Mapping[str, Any], key: str, where: str) -> str:
        value = found.get(key, "")
        if not isinstance(value, str) or len(value) > 400:
            raise self.fail(f"{where}.{key}", "is no short text", "Put it in quotes.")
        return value.strip()

    def texts(self, found: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
        value = found.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            raise self.fail(f"{where}.{key}", "is no list of texts", 'Write ["…", "…"].')
        return tuple(value)

    def number(self, found: Mapping[str, Any], key: str, where: str) -> float | None:
        value = found.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
            raise self.fail(f"{where}.{key}", "is no number", "Write it without quotes.")
        return float(value)

    def flag(self, found: Mapping[str, Any], key: str, where: str) -> bool:
        value = found.get(key, False)
        if not isinstance(value, bool):
            raise self.fail(f"{where}.{key}", "is neither true nor false", "Write true, or leave it out.")
        return value

    def moment(self, found: Mapping[str, Any], key: str, where: str) -> datetime | None:
        value = found.get(key)
        if value is None:
            return None
        if not isinstance(value, datetime):
            raise self.fail(f"{where}.{key}", "is no time", "Write 2026-12-01T18:00:00+08:00, no quotes.")
        zone: tzinfo = ZoneInfo(ZONE)
        return value if value.tzinfo else value.replace(tzinfo=zone)
