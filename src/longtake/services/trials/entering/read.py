"""Read one file of rows: every record becomes a row or a refusal with its line and column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from longtake.domain.receipt import Refused
from longtake.domain.trials.rows import Row, moments, paired
from longtake.domain.trials.trial import Trial
from longtake.errors import LongtakeError, UnreadableFileError
from longtake.ingest.cells import Unfit, fit, needed
from longtake.ingest.formats.table import table, wrong_width
from longtake.ingest.head import Head
from longtake.ingest.peek import peek
from longtake.ingest.templates.columns import plan
from longtake.ingest.values.moment import SHANGHAI, moment
from longtake.ingest.values.number import count, number
from longtake.ingest.values.text import clean
from longtake.services.trials.entering.columns import MIX, columns_of, metric_columns

FORMS = frozenset({"csv", "xlsx", "xls"})
MOST_ROWS = 200_000
WHOLE_DAY_SECONDS = 86_400
DAY, COUNT = "a day like 2026-01-08 or an hour like 2026-01-08 15:00", "a count like 1234 or 1.2万"


@dataclass(frozen=True, slots=True)
class Read:
    """What one file held; each record is in one of both.

    Attributes:
        rows: Rows, in file order.
        refused: Records not taken.
        strangers: Columns nobody reads.
    """

    rows: tuple[Row, ...]
    refused: tuple[Refused, ...]
    strangers: tuple[str, ...]


def read(path: Path, trial: Trial, *, usual_day: str = "") -> Read:
    """Return the rows of a file.

    Args:
        path: CSV, XLSX or XLS, columns in any order and under any of their names.
        trial: The design; it says which arms and metrics there are.
        usual_day: Day of rows of slots that tell none, ISO.

    Raises:
        UnreadableFileError: The file is no table, lacks a column, is damaged or too long.
        OSError: The file cannot be opened.
    """
    head = peek(path)
    if head.form not in FORMS:
        raise UnreadableFileError(path, f"a {head.form} file is no table", fix="Give CSV or XLSX.")
    known = columns_of(trial)
    where = plan(head.columns, known)
    missing = [column.name for column in known if column.required and column.name not in where.values()]
    if missing:
        raise UnreadableFileError(
            path, f"has no column {missing[0]!r}", fix="Run `longtake trial template` for a table to fill in."
        )
    mix = {at: group for at, header in enumerate(head.columns) if (group := _group(header))}
    return _Reader((path, head), trial, where, mix, usual_day).read()


def _group(header: str) -> str:
    for start in MIX:
        if header.startswith(start):
            return clean(header.removeprefix(start))[:40]
    return ""


class _Reader:
    def __init__(
        self,
        file: tuple[Path, Head],
        trial: Trial,
        where: Mapping[int, str],
        mix: Mapping[int, str],
        usual_day: str,
    ) -> None:
        self.path, self.head = file
        self.trial, self.where, self.mix, self.usual_day = trial, where, mix, usual_day

    def read(self) -> Read:
        rows: dict[tuple[str, str, str], Row] = {}
        order: list[Row] = []
        refused: list[Refused] = []
        width = len(self.head.columns)
        for met, (line, cells) in enumerate(table(self.path, self.head)):
            if met >= MOST_ROWS:
                raise UnreadableFileError(self.path, f"has more than {MOST_ROWS} rows", fix="Cut it.")
            if len(cells) != width:
                refused.append(wrong_width(line, cells, width))
                continue
            try:
                row = self._row({name: cells[at] for at, name in self.where.items()}, cells, line)
            except Unfit as unfit:
                refused.append(unfit.refused(line))
                continue
            first = rows.setdefault(row.key, row)
            if first is not row and not first.says_the_same(row):
                at = ", ".join(part for part in row.key if part)
                refused.append(
                    Refused(line, "*", at[:80], f"one row for it; line {first.line} says otherwise")
                )
                continue
            order.append(row)
        taken = {*self.where, *self.mix}
        strangers = tuple(name for at, name in enumerate(self.head.columns) if at not in taken and name)
        return Read(tuple(order), tuple(refused), strangers)

    def _row(self, fields: Mapping[str, str], cells: list[str], line: int) -> Row:
        trial = self.trial
        name = ""
        if "arm" in fields and not trial.by_place:
            given = needed(fields["arm"], "arm", "the name of an arm")
            arm = trial.arm_named(given)
            if arm is None:
                raise Unfit("arm", given, f"one of {', '.join(one.name for one in trial.arms)}"[:200])
            name = arm.name
        place = clean(fields.get("place", ""))[:60]
        if not place and any(c.name == "place" and c.required for c in columns_of(trial)):
            raise Unfit("place", "", "the name of a place")
        units = 1
        if trial.split or trial.design == "described":
            units = self._count(fields["units"], "units")
        sums = self._sums(fields, units)
        mix = {group: self._count(cells[at], self.head.columns[at]) for at, group in self.mix.items()}
        if sum(mix.values()) > units and (trial.split or trial.design == "described"):
            raise Unfit("mix", str(sum(mix.values())), f"no more than the {units} units of the row")
        return Row(name, self._at(fields.get("day", "")), place, units, sums, mix, line)

    def _at(self, raw: str) -> str:
        if not raw.strip() and self.trial.design == "matched_slots":
            return self.usual_day
        found = fit(lambda text: moment(text, observed_at=None), raw, "day")
        if found.low is None or found.high is None:
            raise Unfit("day", raw, DAY)
        local = found.low.astimezone(SHANGHAI)
        day = local.date().isoformat()
        whole = (found.high - found.low).total_seconds() >= WHOLE_DAY_SECONDS
        return day if whole or self.trial.by_place else f"{day}T{local.hour:02d}"

    def _sums(self, fields: Mapping[str, str], units: int) -> dict[str, tuple[float, ...]]:
        out: dict[str, tuple[float, ...]] = {}
        for metric in self.trial.metrics:
            names = metric_columns(metric, self.trial)
            told = [fields.get(name, "").strip() for name in names]
            if not any(told):
                if metric is self.trial.primary:
                    raise Unfit(names[0], "", COUNT)
                continue
            if len(names) == 1 and metric.kind == "proportion":
                done = self._count(told[0], names[0])
                if done > units:
                    raise Unfit(names[0], told[0], f"no more than the {units} units of the row")
                out[metric.key] = (float(done),)
                continue
            values = tuple(self._number(raw, name) for raw, name in zip(told, names, strict=True))
            if len(values) > 1:
                try:
                    moments(units, values[0], values[1]) if len(values) == 2 else paired(units, values)
                except LongtakeError as error:
                    raise Unfit(names[1], told[1], error.message) from error
            elif self.trial.by_place and values[0] < 0:
                raise Unfit(names[0], told[0], COUNT)
            out[metric.key] = values
        return out

    def _count(self, raw: str, column: str) -> int:
        found = fit(count, raw, column)
        if found is None:
            raise Unfit(column, raw, COUNT)
        return found

    def _number(self, raw: str, column: str) -> float:
        found = fit(number, raw, column)
        if found.value is None or found.censored is not None:
            raise Unfit(column, raw, "an exact number")
        return found.value
