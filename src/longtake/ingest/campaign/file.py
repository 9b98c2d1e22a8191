"""Read ``campaign.toml``: every key checked, every unknown key named."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from longtake.domain.campaign import Campaign, Character, Circle, Film
from longtake.domain.event import Event
from longtake.domain.node import Node
from longtake.errors import CampaignFileError
from longtake.ingest.campaign.ids import campaign_id, has_letters

NAME = "campaign.toml"
BEIJING = ZoneInfo("Asia/Shanghai")
T = TypeVar("T")


def load(path: Path) -> Campaign:
    """Return what a campaign file says.

    Args:
        path: A ``campaign.toml``.

    Raises:
        CampaignFileError: It is not TOML, has no name, or a value is of the wrong kind.
    """
    try:
        return parse(path.read_text("utf-8-sig"), path)
    except UnicodeDecodeError as error:
        raise CampaignFileError(
            path, key="the file", value=f"byte {error.start}", expected="UTF-8 text"
        ) from error
    except OSError as error:
        raise CampaignFileError(
            path, key="the file", value=str(error.strerror), expected="a readable file"
        ) from error


def parse(text: str, path: Path = Path(NAME)) -> Campaign:
    r"""Return what the text of a campaign file says.

    Raises:
        CampaignFileError: It is not TOML, has no name, or a value is of the wrong kind.

    Examples:
        >>> text = '[campaign]\nname = "灯下的人"\nrelease_at = 2026-01-08T10:00:00+08:00'
        >>> parse(text).release_at.isoformat()
        '2026-01-08T02:00:00+00:00'
        >>> parse('[campaign]\nname = "x"\ncolour = "red"').unknown_keys
        ('campaign.colour',)
    """
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CampaignFileError(
            path, key="the file", value=str(error)[:120], expected="TOML as in the README"
        ) from error
    root = _Table(path, "", document)
    campaign = root.table("campaign")
    name = campaign.text("name")
    if name is None or not has_letters(name):
        raise CampaignFileError(path, key="campaign.name", value=name or "", expected="the film's name")
    film = root.table("film")
    made = Campaign(
        id=campaign_id(name),
        name=name.strip(),
        kind=campaign.one_of("kind", ("short", "feature")),
        release_at=campaign.moment("release_at"),
        proposition=campaign.text("proposition"),
        emotions=campaign.texts("emotions"),
        competitors=campaign.texts("competitors"),
        topics=campaign.texts("topics"),
        sample=campaign.flag("sample"),
        film=Film(
            subtitles=film.text("subtitles"),
            video=film.text("video"),
            characters=film.tables("characters", _character),
            intended_reversal=film.flag("intended_reversal"),
        ),
        nodes=root.tables("node", _node),
        events=root.tables("event", _event),
        circles=root.tables("circle", _circle),
    )
    unknown = sorted(set(root.unknown()) | set(campaign.unknown()) | set(film.unknown()))
    return replace(made, unknown_keys=tuple(unknown))


def _character(table: _Table) -> Character:
    return Character(table.required("name"), table.texts("aliases"))


def _circle(table: _Table) -> Circle:
    planned = table.number("planned_share")
    if planned is not None and planned > 1:
        raise table.wrong("planned_share", planned, "a share from 0 to 1, such as 0.3")
    return Circle(
        name=table.required("name"),
        keywords=table.texts("keywords"),
        platforms=table.texts("platforms"),
        regions=table.texts("regions"),
        accounts=table.texts("accounts"),
        ticket_buyers=table.flag("ticket_buyers"),
        planned_share=planned,
    )


def _node(table: _Table) -> Node:
    return Node(
        node_id=table.required("id"),
        kind=table.required("kind"),
        at=table.moment("at"),
        platform=table.text("platform"),
        title=table.text("title"),
        text=table.text("text"),
        file=table.text("file"),
        entry=table.one_of("entry", ("vote", "template", "challenge", "cta", "none")),
        owner=table.text("owner"),
    )


def _event(table: _Table) -> Event:
    start, end = table.moment("start"), table.moment("end")
    if start is None:
        raise table.wrong("start", "", "when it began, such as 2026-01-08T10:00:00+08:00")
    if end is not None and end < start:
        raise table.wrong("end", end.isoformat(), "an end that is not before the start")
    return Event(
        kind=table.required("kind"),
        start=start,
        source_line=0,
        end=end,
        platform=table.text("platform") or None,
        city=table.text("city") or None,
        cost_cny=table.number("cost_cny"),
        followers=table.number("followers"),
        planned=table.flag("planned"),
        node_id=table.text("node"),
        note=table.text("note"),
    )


class _Table:
    """One TOML table that remembers which of its keys were asked for."""

    def __init__(self, path: Path, prefix: str, content: Mapping[str, object]) -> None:
        self._path, self._prefix, self._content = path, prefix, content
        self._asked: set[str] = set()
        self._inner: list[_Table] = []

    def wrong(self, key: str, value: object, expected: str) -> CampaignFileError:
        return CampaignFileError(
            self._path, key=f"{self._prefix}{key}", value=str(value)[:80], expected=expected
        )

    def unknown(self) -> list[str]:
        """Return the keys nobody asked for, here and in the tables within."""
        here = [f"{self._prefix}{key}" for key in self._content if key not in self._asked]
        return here + [key for table in self._inner for key in table.unknown()]

    def _get(self, key: str) -> object:
        self._asked.add(key)
        return self._content.get(key)

    def text(self, key: str) -> str | None:
        value = self._get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self.wrong(key, value, "text in quotation marks")
        return value.strip()

    def required(self, key: str) -> str:
        value = self.text(key)
        if not value:
            raise self.wrong(key, value or "", "text that is not empty")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong(key, value, 'a list such as ["a", "b"]')
        return tuple(item.strip() for item in value if item.strip())

    def number(self, key: str) -> float | None:
        value = self._get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
            raise self.wrong(key, value, "a number that is not negative")
        return float(value)

    def flag(self, key: str) -> bool:
        value = self._get(key)
        if value is None:
            return False
        if not isinstance(value, bool):
            raise self.wrong(key, value, "true or false")
        return value

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str | None:
        value = self.text(key)
        if value is not None and value not in allowed:
            raise self.wrong(key, value, f"one of {', '.join(allowed)}")
        return value

    def moment(self, key: str) -> datetime | None:
        value = self._get(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            value = datetime.combine(value, time())
        if isinstance(value, str):
            try:
                value = datetime.fromisoformat(value)
            except ValueError:
                raise self.wrong(key, value, "a time such as 2026-01-08T10:00:00+08:00") from None
        if value is None:
            return None
        if not isinstance(value, datetime):
            raise self.wrong(key, value, "a time such as 2026-01-08T10:00:00+08:00")
        if value.tzinfo is None:
            value = value.replace(tzinfo=BEIJING)
        try:
            return value.astimezone(UTC)
        except OverflowError:
            raise self.wrong(key, value, "a time of this century") from None

    def table(self, key: str) -> _Table:
        value = self._get(key)
        if value is None:
            value = {}
        if not isinstance(value, dict):
            raise self.wrong(key, value, f"a table [{self._prefix}{key}]")
        return _Table(self._path, f"{self._prefix}{key}.", value)

    def tables(self, key: str, build: Callable[[_Table], T]) -> tuple[T, ...]:
        value = self._get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.wrong(key, value, f"tables [[{self._prefix}{key}]]")
        made = [_Table(self._path, f"{self._prefix}{key}.{i}.", item) for i, item in enumerate(value, 1)]
        self._inner.extend(made)
        return tuple(build(table) for table in made)
