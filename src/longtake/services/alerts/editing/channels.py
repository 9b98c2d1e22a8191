"""Ways to people: named and replaced from a form, never shown back."""

from __future__ import annotations

import tomlkit

from longtake.services.alerts.editing.file import AlertEditError, edit, rules_in
from longtake.services.alerts.settings import ENVIRONMENT, NAME, SCHEMES
from longtake.services.workspace import Workspace


def put_channel(workspace: Workspace, name: str, address: str) -> None:
    """Name a way to people, or replace its address.

    Args:
        workspace: Whose.
        name: Letters, digits, ``-`` and ``_``.
        address: As Apprise writes it, ``feishu://TOKEN``, or ``env:VARIABLE``.

    Raises:
        AlertEditError: The name is none, or the address leads to no service messages may go to.
        AlertFileError: The file as it stands cannot be used.
    """
    told = address.strip()
    scheme = told.partition("://")[0].lower()
    if not NAME.fullmatch(name):
        raise AlertEditError("That is no name.", fix="Use letters, digits, - and _.", says="alert_name")
    if not told.startswith(ENVIRONMENT) and (scheme not in SCHEMES or "://" not in told):
        raise AlertEditError(
            "That address leads to no service we write to.",
            fix=f"Use one of {', '.join(SCHEMES)}.",
            says="alert_address",
            services=", ".join(SCHEMES),
        )

    def change(document: tomlkit.TOMLDocument) -> None:
        if "channels" not in document:
            document["channels"] = tomlkit.table()
        document["channels"][name] = told

    edit(workspace, change)


def drop_channel(workspace: Workspace, name: str) -> None:
    """Take a way out; rules that named it keep their others.

    Raises:
        AlertEditError: There is none of that name, or a rule has no other.
        AlertFileError: The file as it stands cannot be used.
    """

    def change(document: tomlkit.TOMLDocument) -> None:
        channels = document.get("channels", {})
        if name not in channels:
            raise AlertEditError("It is not there any more.", fix="Load the page again.", says="not_there")
        for rule in rules_in(document):
            named = [str(one) for one in rule.get("to", [])]
            if named == [name]:
                raise AlertEditError(
                    f"The rule {rule.get('name')} goes there alone.",
                    fix="Give the rule another channel first.",
                    says="alert_only_way",
                    rule=str(rule.get("name", "")),
                )
            if name in named:
                rule["to"] = [one for one in named if one != name]
        channels.pop(name)

    edit(workspace, change)
