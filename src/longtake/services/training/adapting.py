"""Adapt polarity to a team's own labelled rows, and say whether that helped on rows kept apart."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from longtake.domain.estimate import Estimate
from longtake.errors import NotEnoughDataError
from longtake.language.judgement.adapt import FEWEST, Adapted, adapt
from longtake.language.judgement.baserate import adjusted, base_rate
from longtake.language.judgement.compare import accuracy_gain, auc_gain
from longtake.language.judgement.fit import Rated
from longtake.language.judgement.quality import Quality, quality
from longtake.language.judgement.scorer import Scorer
from longtake.language.judgement.weights import PACKAGED, VARIABLE, Weights, write
from longtake.language.judgement.weights import read as read_weights
from longtake.services.progress import Progress, Silent
from longtake.services.training.datasets import digests
from longtake.services.training.labelled import Labelled
from longtake.services.training.labelled import read as read_rows

OUT = Path("longtake-weights")
"""Where the weights go unless another folder is named."""

HELD_OUT = 0.3
LEAST_HELD_OUT = 15
MOST = 50_000
"""Rows that are learned from at most, so that it takes under a minute."""

SHOWN = 10
DIGITS = 4
REFUSED = "refused.csv"
HEADING = f"{'held-out rows':<28}{'n':>7}{'good':>7}{'accuracy':>10}{'macro F1':>10}{'AUC':>8}{'ECE':>8}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How packaged and adapted weights do on the rows kept apart.

    Attributes:
        rows: Quality by the name of its line.
        accuracy: Growth of accuracy.
        auc: Growth of the AUC.
    """

    rows: dict[str, Quality]
    accuracy: Estimate
    auc: Estimate

    @property
    def better(self) -> bool:
        """Whether accuracy or AUC surely grew and neither surely fell."""
        gains = (self.accuracy, self.auc)
        return any(gain.low > 0.0 for gain in gains) and all(gain.high >= 0.0 for gain in gains)


def adapt_to(path: Path, out: Path = OUT, *, progress: Progress | None = None) -> Iterator[str]:
    """Adapt the packaged weights to a table of labelled texts and yield lines that say what came of it.

    Three rows of ten, chosen by a hash of the text as the scorer reads it, are kept apart: equal texts are on
    one side. The same file gives the same weights.

    Args:
        path: CSV, XLSX, XLS, JSON, JSON Lines or Parquet with a column of texts and one of labels.
        out: Folder to write ``polarity.npz``, ``card.json`` and, when rows were refused, ``refused.csv`` to.
        progress: Where to show progress.

    Raises:
        UnreadableFileError: The file is damaged, no table, or lacks one of the two columns.
        NotEnoughDataError: Fewer than 50 rows of one side to learn from, or 15 to measure on.
    """
    bar = progress or Silent()
    bar.begin("train", None)
    held = read_rows(path)
    yield from _read_lines(path, held)
    rated, place = _placed(held)
    apart = place >= 1.0 - HELD_OUT
    _check(rated, apart)
    learned = _learned(rated, place, apart)
    if learned.sum() < (rated.polar & ~apart).sum():
        yield f"learned from {int(learned.sum()):,} of them, chosen by a hash of the text"
    base = read_weights(PACKAGED)
    adapted = adapt(base, rated.pick(learned), progress=lambda note: bar.advance(note=note))
    outcome = measure(base, adapted.weights, rated.pick(apart & rated.polar))
    yield HEADING
    for name, found in outcome.rows.items():
        yield (
            f"{name:<28}{found.n:>7,}{found.positive:>7.3f}{found.accuracy:>10.3f}"
            f"{found.macro_f1:>10.3f}{found.auc:>8.3f}{found.ece:>8.3f}"
        )
    yield f"accuracy {_gain(outcome.accuracy)}; AUC {_gain(outcome.auc)}; each {outcome.auc.level:.1%} sure"
    for made in write(adapted.weights, card(base, adapted, (learned, apart), held, outcome), out):
        yield str(made)
    if held.refused:
        yield str(_write_refused(held, out))
    yield from _verdict(outcome, adapted, out)


def measure(base: Weights, own: Weights, rated: Rated) -> Outcome:
    """Return how two sets of weights do on rows that take a side, as they are and at the rows' base rate."""
    positive = rated.value > 0.5
    before, after = Scorer(base).judge(rated.texts)[0], Scorer(own).judge(rated.texts)[0]
    rows = {}
    for name, good in (("packaged", before), ("adapted", after)):
        rows[name] = quality(good, positive)
    for name, good in (("packaged", before), ("adapted", after)):
        rows[f"{name}, at base rate"] = quality(_at_base_rate(good), positive)
    gain = accuracy_gain(_at_base_rate(before), _at_base_rate(after), positive)
    return Outcome(rows, gain, auc_gain(before, after, positive))


def card(
    base: Weights,
    adapted: Adapted,
    rows: tuple[NDArray[np.bool_], NDArray[np.bool_]],
    held: Labelled,
    outcome: Outcome,
) -> dict[str, Any]:
    """Return the card of adapted weights: what they came from and how they did."""
    measured = {name: _rounded(found) for name, found in outcome.rows.items()}
    return {
        "model": "polarity of short texts, hashed character n-grams, adapted to a team's own rows",
        "version": adapted.weights.version,
        "base": base.version,
        "licence_of_data": "the team's own",
        "split": f"by a hash of the text; about {HELD_OUT:.0%} of the rows are kept apart",
        "labels": held.scale,
        "shrunk": adapted.strength,
        "slots_changed": adapted.slots,
        "better": outcome.better,
        "accuracy_gain": [round(v, DIGITS) for v in (outcome.accuracy.low, outcome.accuracy.high)],
        "auc_gain": [round(v, DIGITS) for v in (outcome.auc.low, outcome.auc.high)],
        "measured": measured,
        "sources": [
            {
                "name": "own rows",
                "rows_train": int(np.sum(rows[0])),
                "rows_tune": 0,
                "rows_test": int(np.sum(rows[1])),
                "test": measured["adapted"],
            }
        ],
    }


def _at_base_rate(good: NDArray[np.float64]) -> NDArray[np.float64]:
    return adjusted(good, base_rate(good))


def _placed(held: Labelled) -> tuple[Rated, NDArray[np.float64]]:
    """Return the rows and for each a number in [0, 1) that only its text decides."""
    n = len(held.texts)
    rated = Rated(held.texts, np.array(held.values), np.ones(n, dtype=bool), np.full(n, "own"))
    return rated, np.array([int.from_bytes(digest, "big") / 2**64 for digest in digests(held.texts)])


def _learned(rated: Rated, place: NDArray[np.float64], apart: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which rows are learned from: all that take a side and are not apart, or as many as may be."""
    free = rated.polar & ~apart
    if free.sum() <= MOST:
        return free
    return np.asarray(free & (place < np.partition(place[free], MOST)[MOST]))


def _check(rated: Rated, apart: NDArray[np.bool_]) -> None:
    for side in (rated.value >= 0.7, rated.value <= 0.3):
        learned, measured = int(np.sum(side & ~apart)), int(np.sum(side & apart))
        if learned < FEWEST or measured < LEAST_HELD_OUT:
            needed = round(FEWEST / (1.0 - HELD_OUT)) + 1
            raise NotEnoughDataError(
                "adapting polarity", needed=needed, got=learned + measured, unit="rows of each side"
            )


def _read_lines(path: Path, held: Labelled) -> Iterator[str]:
    values = np.array(held.values)
    good, bad = int(np.sum(values >= 0.7)), int(np.sum(values <= 0.3))
    rows = len(held.texts) + len(held.refused)
    yield (
        f"{path.name}: {rows:,} rows, texts in {held.text_column!r}, labels in {held.label_column!r} "
        f"read as {held.scale}"
    )
    yield (
        f"{good:,} good, {bad:,} bad, {len(values) - good - bad:,} neutral (neutral rows are not learned "
        f"from), {len(held.refused):,} refused"
    )
    for row in held.refused[:SHOWN]:
        yield f"  row {row.line}, {row.column}: {row.value!r}, expected {row.expected}"
    if len(held.refused) > SHOWN:
        yield f"  and {len(held.refused) - SHOWN:,} more, all of them in {REFUSED}"


def _write_refused(held: Labelled, out: Path) -> Path:
    path = out / REFUSED
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(("row", "column", "value", "expected"))
        # A sheet would run a cell that begins like a formula.
        table.writerows((r.line, r.column, _inert(r.value), r.expected) for r in held.refused)
    return path


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _gain(gain: Estimate) -> str:
    return f"{gain.value:+.3f} [{gain.low:+.3f}, {gain.high:+.3f}]"


def _verdict(outcome: Outcome, adapted: Adapted, out: Path) -> Iterator[str]:
    if not outcome.better:
        yield "Not better than the packaged weights on rows kept apart: keep the packaged ones."
        return
    yield f"Better on rows kept apart: {adapted.weights.version}. To use it:"
    yield f"export {VARIABLE}={out.resolve()}"


def _rounded(found: Quality) -> dict[str, float | int]:
    return {key: round(value, DIGITS) if key != "n" else value for key, value in asdict(found).items()}
