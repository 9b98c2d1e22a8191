"""``alerts.toml`` changed in place: comments and order stay, and what could not be read is never written."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from typing import Any

import tomlkit

from longtake.services.alerts.book import alone
from longtake.services.alerts.errors import AlertFileError
from longtake.services.alerts.settings import FILE, parse
from longtake.services.worded import WordedError
from longtake.services.workspace import Workspace, write_whole

PRIVATE = 0o600


class AlertEditError(WordedError):
    """Alerts cannot be changed so."""

    code = "alert_edit"


def edit(workspace: Workspace, change: Callable[[tomlkit.TOMLDocument], None]) -> None:
    """Change the file, or begin it; nothing is written unless the whole of it can be used afterwards.

    Args:
        workspace: Whose.
        change: Changes the document it is given.

    Raises:
        AlertFileError: The file as it stands is no TOML, or a value could not be used; it is as before.
        AlertsBusyError: Another run is at it.
    """
    path = workspace.root / FILE
    with alone(workspace):
        try:
            document = tomlkit.parse(path.read_text("utf-8"))
        except FileNotFoundError:
            document = tomlkit.document()
        except (OSError, UnicodeError, ValueError):
            # What a parser says may quote a line, and lines hold addresses that are secrets.
            raise AlertFileError(path, "it", "is no TOML", fix="Mend it by hand.") from None
        change(document)
        text = tomlkit.dumps(document)
        parse(tomllib.loads(text), path)
        write_whole(path, text.encode())
        path.chmod(PRIVATE)


def rules_in(document: tomlkit.TOMLDocument) -> Any:
    """Return the list of rules of a document, begun when there is none."""
    if "rules" not in document:
        document["rules"] = tomlkit.aot()
    return document["rules"]
