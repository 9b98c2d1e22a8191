"""What can go wrong between a rule and the person who is asked, without ever quoting a channel's address."""

from __future__ import annotations

from pathlib import Path

from longtake.errors import LongtakeError


class AlertFileError(LongtakeError):
    """``alerts.toml`` holds something that cannot be used.

    Attributes:
        path: The file.
        key: Where in it, dotted; list entries by their number from 1.
    """

    code = "alert_file"

    def __init__(self, path: Path, key: str, reason: str, *, fix: str) -> None:
        super().__init__(f"{path}: {key} {reason}.", fix=fix)
        self.path, self.key, self.reason = str(path), key, reason


class AlertsBusyError(LongtakeError):
    """Another run is checking or sending."""

    code = "alerts_busy"

    def __init__(self) -> None:
        super().__init__("Another run is checking or sending alerts.", fix="Nothing was lost; run it again.")


class ChannelAddressError(LongtakeError):
    """A channel leads where nothing may be sent; no byte left this machine.

    Attributes:
        where: Host or address that was refused.
        reason: Why.
    """

    code = "channel_address"

    def __init__(self, where: str, reason: str, *, fix: str) -> None:
        super().__init__(f"A message to {where} was not sent: it {reason}.", fix=fix)
        self.where, self.reason = where, reason
