"""Rules written, paused and taken out from the page of one campaign."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomlkit

from longtake.services.alerts.editing.file import AlertEditError, edit, rules_in
from longtake.services.alerts.settings import COMMON, NAME, OWN, AlertSettings, Rule
from longtake.services.workspace import Workspace

KEPT = frozenset({"campaigns", "paused"})
"""What a form does not ask for: it stays as it is."""


def rules_of(settings: AlertSettings, campaign: str) -> tuple[Rule, ...]:
    """Return the rules that watch a campaign, in the file's order."""
    return tuple(rule for rule in settings.rules if not rule.campaigns or campaign in rule.campaigns)


def put_rule(
    workspace: Workspace, campaign: str, told: Mapping[str, Any], *, replaces: str = "", everywhere: bool
) -> None:
    """Write a rule: a new one that watches this campaign alone, or in place of one of that name.

    Args:
        workspace: Whose.
        campaign: The campaign whose page it is written on.
        told: The keys of a rule; empty values are left out.
        replaces: Name of the rule it takes the place of; empty for a new one.
        everywhere: Whether its writer may change rules that watch other campaigns as well.

    Raises:
        AlertEditError: The name is none or taken, a bound is wrong, or the rule is not the writer's.
        AlertFileError: The file as it stands cannot be used.
    """
    _sound(told)
    name, when = str(told["name"]), str(told["when"])
    values = {key: value for key, value in told.items() if value not in (None, "", [], ())}

    def change(document: tomlkit.TOMLDocument) -> None:
        rules = rules_in(document)
        if any(rule.get("name") == name and name != replaces for rule in rules):
            raise AlertEditError(
                f"There is a rule {name}.", fix="Choose another name.", says="alert_taken", name=name
            )
        if replaces:
            rule = _own(rules, replaces, campaign, everywhere=everywhere)
            for key in (*rule.keys(),):
                if key not in values and key not in KEPT:
                    rule.pop(key)
        else:
            rules.append(tomlkit.table())
            rule = rules[-1]
            rule["campaigns"] = [campaign]
        for key in ("name", "when", *sorted((OWN[when] | COMMON) - KEPT - {"name", "when"})):
            if key in values:
                rule[key] = values[key]

    edit(workspace, change)


def pause_rule(workspace: Workspace, campaign: str, name: str, *, paused: bool, everywhere: bool) -> None:
    """Let a rule rest, or watch again; what was found so far stays.

    Raises:
        AlertEditError: There is no such rule, or it is not the asker's.
        AlertFileError: The file as it stands cannot be used.
    """

    def change(document: tomlkit.TOMLDocument) -> None:
        rule = _own(rules_in(document), name, campaign, everywhere=everywhere)
        if paused:
            rule["paused"] = True
        else:
            rule.pop("paused", None)

    edit(workspace, change)


def drop_rule(workspace: Workspace, campaign: str, name: str, *, everywhere: bool) -> None:
    """Take a rule out.

    Raises:
        AlertEditError: There is no such rule, or it is not the asker's.
        AlertFileError: The file as it stands cannot be used.
    """

    def change(document: tomlkit.TOMLDocument) -> None:
        rules = rules_in(document)
        _own(rules, name, campaign, everywhere=everywhere)
        rules.pop(next(i for i, rule in enumerate(rules) if rule.get("name") == name))
        if not rules:
            document.pop("rules")

    edit(workspace, change)


def _own(rules: Any, name: str, campaign: str, *, everywhere: bool) -> Any:
    """Return a rule that may be changed from a campaign's page."""
    found = next((rule for rule in rules if rule.get("name") == name), None)
    watched = [str(one) for one in found.get("campaigns", [])] if found is not None else []
    if found is None or (watched and campaign not in watched):
        raise AlertEditError("It is not there any more.", fix="Load the page again.", says="not_there")
    if watched != [campaign] and not everywhere:
        raise AlertEditError(
            f"The rule {name} watches other films as well.",
            fix="Ask an owner of the workspace.",
            says="alert_everywhere",
            name=name,
        )
    return found


def _sound(told: Mapping[str, Any]) -> None:
    """Refuse in words what a form gets wrong most; the file's own reader refuses the rest."""
    if not NAME.fullmatch(str(told.get("name", ""))):
        raise AlertEditError("That is no name.", fix="Use letters, digits, - and _.", says="alert_name")
    when, low, high, until = (told.get(key) for key in ("when", "below", "above", "until"))
    if when not in OWN:
        raise AlertEditError("That is no kind of rule.", fix="Choose one.", says="alert_kind")
    if when == "figure":
        if not told.get("figure"):
            raise AlertEditError("No figure is chosen.", fix="Choose one.", says="alert_figure")
        if (low is None) == (high is None):
            raise AlertEditError("Give one bound.", fix="Below or above.", says="alert_one_bound")
        if until is not None and ((low is not None and until < low) or (high is not None and until > high)):
            raise AlertEditError(
                "It would rest on the raised side.", fix="Choose the other side.", says="alert_until"
            )
    if when == "due" and told.get("at") is None:
        raise AlertEditError("No date is given.", fix="Give one.", says="alert_at")
    if len(told.get("answers") or ()) not in {0, 2}:
        raise AlertEditError("A decision has two answers.", fix="Write both, or none.", says="alert_answers")
