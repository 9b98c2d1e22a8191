"""What each role may do in a campaign."""

from __future__ import annotations

from dataclasses import dataclass

LANES = ("narrative", "audience", "channel", "interaction")

READS = ("enter", "read", "rows", "papers", "alerts", "trials.see")
EDITS = (*READS, "annotate", "board", "edit", "files", "plan", "trials.run")

RIGHTS: dict[str, frozenset[str]] = {
    "owner": frozenset({*EDITS, "share", "people", "acts"}),
    "editor": frozenset({*EDITS, "share"}),
    "analyst": frozenset({*READS, "annotate", "trials.run"}),
    "agency": frozenset({"enter", "read", "rows", "board"}),
    "juror": frozenset({"enter"}),
    "viewer": frozenset(READS),
    "guest": frozenset({"enter", "read"}),
}
"""Rights by role; a guest is who holds a share link.

Documents, alerts and trials tell of all lanes: an agency has no right to them.
"""

LANE_SCREENS: dict[str, frozenset[str]] = {
    "narrative": frozenset({"story"}),
    "audience": frozenset({"voice", "positioning"}),
    "channel": frozenset({"heat", "box-office"}),
    "interaction": frozenset({"interaction"}),
}
"""Screens of a lane; an agency sees those of its own."""


@dataclass(frozen=True, slots=True)
class Part:
    """The part one person plays in one campaign.

    Attributes:
        role: A key of ``RIGHTS``.
        lane: The lane of an agency; empty for everyone else.
    """

    role: str
    lane: str = ""

    def may(self, right: str) -> bool:
        """Whether the part has a right.

        Examples:
            >>> Part("viewer").may("read"), Part("viewer").may("edit")
            (True, False)
        """
        return right in RIGHTS[self.role]

    def sees(self, screen: str) -> bool:
        """Whether the part may open a screen of figures; an agency opens those of its lane.

        Examples:
            >>> Part("agency", "channel").sees("heat"), Part("agency", "channel").sees("voice")
            (True, False)
        """
        return self.may("read") and (not self.lane or screen in LANE_SCREENS[self.lane])

    def works_in(self, lane: str) -> bool:
        """Whether the part may change cards of a lane of the board.

        Examples:
            >>> Part("agency", "channel").works_in("channel"), Part("agency", "channel").works_in("audience")
            (True, False)
        """
        return self.may("board") and self.lane in {"", lane}
