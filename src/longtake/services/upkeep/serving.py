"""Get a workspace ready to be served."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from longtake.services.people import invitations
from longtake.services.standing.state import code
from longtake.services.workspace import OURS, Workspace, write_whole

STAMP = "static-of"


@dataclass(frozen=True, slots=True)
class Ready:
    """A workspace that can be served.

    Attributes:
        first_token: Token of the link that makes the first owner; None when there is one.
    """

    first_token: str | None


def prepare(workspace: Workspace, *, sample: bool) -> Ready:
    """Bring the database up to date, lay out the static files and queue the sample campaigns.

    Args:
        workspace: The folder; made when it is not there.
        sample: Whether an empty workspace gets the invented campaigns.

    Raises:
        LongtakeError: The folder or the database cannot be used.
    """
    from longtake.records import boot  # noqa: PLC0415 -- app ready

    write_whole(workspace.root / OURS, b"")
    boot.boot(workspace.root)
    boot.migrate()
    _assets(workspace)
    from longtake.records import queue  # noqa: PLC0415 -- app ready

    queue.recover()
    if sample and not any(workspace.campaigns.glob("*.toml")):
        queue.submit("sample", once=True)
    return Ready(invitations.first_owner(datetime.now(UTC)))


def _assets(workspace: Workspace) -> None:
    """Lay the static files out unless those of this very code lie there already."""
    import vl_convert  # noqa: PLC0415 -- slow import

    from longtake.records import boot  # noqa: PLC0415 -- app ready

    state = workspace.root / "web"
    stamp = state / STAMP
    wanted = boot.static_stamp(code())
    if stamp.exists() and stamp.read_text("ascii") == wanted:
        return
    bundle: str = vl_convert.javascript_bundle()  # type: ignore[call-arg]
    write_whole(state / "made" / "vega.js", bundle.encode())
    boot.collect()
    write_whole(stamp, wanted.encode())
