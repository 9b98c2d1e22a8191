"""Rows that no longer follow the header they stand under."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from longtake.domain.receipt import Notice, Refused
from longtake.ingest.cells import Unfit
from longtake.ingest.values.number import ID

_RUNS = 20


class Drift:
    """Refuses rows of another shape and remembers where each run of them starts.

    The collectors append to an existing file without looking at its header, so after an upgrade
    rows of a new shape stand under old columns. Shifting them would put sex into likes. A refusal
    says how many cells stood there, not which: names and ids of people are among them.
    """

    def __init__(self, columns: Sequence[str]) -> None:
        self._width = len(columns)
        self._expected = (
            f"{self._width} columns as in the header; the file changed shape here, split it at this line"
        )
        self._starts: list[int] = []
        self._drifting = False

    def steady(self) -> None:
        """Note that a row followed the header."""
        self._drifting = False

    def refused(self, line: int, cells: Sequence[str], faults: Sequence[Unfit] = ()) -> Refused:
        """Return the refusal of a row that does not follow the header.

        Args:
            line: 1-based line of the row.
            cells: Its cells.
            faults: Its cells of a wrong type. One is a bad cell and two are drift, unless a
                spreadsheet rounded the ids, which spoils them all at once.
        """
        if len(cells) != self._width:
            return self._drifted(line, f"{len(cells)} columns")
        rounded = next((fault for fault in faults if fault.expected == ID), None)
        if rounded or len(faults) == 1:
            return (rounded or faults[0]).refused(line)
        return self._drifted(line, f"another type in {', '.join(fault.column for fault in faults)}"[:80])

    def _drifted(self, line: int, value: str) -> Refused:
        if not self._drifting and len(self._starts) < _RUNS:
            self._starts.append(line)
        self._drifting = True
        return Refused(line, "*", value, self._expected)

    def notices(self) -> Iterator[Notice]:
        """Yield one notice with the first line of each run of drifted rows, at most twenty."""
        if self._starts:
            yield Notice("drift", tuple(str(line) for line in self._starts))
