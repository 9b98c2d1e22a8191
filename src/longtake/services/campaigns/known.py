"""Campaigns a workspace knows, each kept as the campaign file it was last given."""

from __future__ import annotations

import re
from pathlib import Path

from longtake.domain.campaign import Campaign
from longtake.errors import NotFoundError
from longtake.ingest.campaign import file as campaign_file
from longtake.ingest.campaign.ids import campaign_id, has_letters
from longtake.services.workspace import Workspace, write_whole

ID = re.compile(r"[\w-]+")


def known(workspace: Workspace) -> tuple[Campaign, ...]:
    """Return every campaign of the workspace, by id."""
    return tuple(campaign_file.load(path) for path in sorted(workspace.campaigns.glob("*.toml")))


def find(workspace: Workspace, name: str) -> Campaign:
    """Return the campaign of that name or id.

    Raises:
        NotFoundError: There is none.
    """
    path = workspace.campaigns / f"{campaign_id(name)}.toml" if has_letters(name) else None
    # An id is not always the id of itself: that of a long name is cut and ends in a hash.
    if ID.fullmatch(name) and (exact := workspace.campaigns / f"{name}.toml").exists():
        path = exact
    if path is None or not path.exists():
        ids = tuple(path.stem for path in sorted(workspace.campaigns.glob("*.toml")))
        raise NotFoundError("campaign", name, known=ids, fix="Give a folder, or run `longtake add` first.")
    return campaign_file.load(path)


def find_or_begin(workspace: Workspace, name: str) -> Campaign:
    """Return the campaign of that name or id; begin it with its name alone when there is none.

    Raises:
        NotFoundError: The name is blank.
    """
    if not has_letters(name):
        raise NotFoundError("campaign", name, fix="Give it a name.")
    path = workspace.campaigns / f"{campaign_id(name)}.toml"
    if not path.exists():
        write_whole(path, f"[campaign]\nname = {quoted(name)}\n".encode())
    return campaign_file.load(path)


def remember(workspace: Workspace, file: Path) -> Campaign:
    """Take over a campaign file and return what it says.

    Raises:
        CampaignFileError: The file cannot be used; what was there stays.
    """
    campaign = campaign_file.load(file)
    write_whole(workspace.campaigns / f"{campaign.id}.toml", file.read_bytes())
    return campaign


def quoted(text: str) -> str:
    r"""Return text as a TOML string.

    Examples:
        >>> print(quoted('a "b"'))
        "a \"b\""
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in escaped) + '"'
