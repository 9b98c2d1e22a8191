"""Campaigns with planted causes, each through files, import and a measure; measured worlds are kept.

    from benchmarks.diagnosis_parts.worlds import cases, measured

    found = measured(cases("test"), signs, cache=Path("/tmp/worlds"))
    found["test/mismatch-strong/500040"].truth["causes"], found[...].signs

``signs(workspace, folder) -> dict`` is a function at the top of a module and returns what JSON can hold. A
world is measured again when the code that could move its signs has changed: the package without its command
line, pages and words, and the module of the measure.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from itertools import combinations
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import longtake
from longtake.domain.cause import CAUSES, HEALTHY
from longtake.services.campaigns import folders
from longtake.services.imports import receipts
from longtake.services.workspace import Workspace
from longtake.simulate.causes.strength import STRENGTHS
from longtake.simulate.causes.world import world
from longtake.simulate.exports import exports
from longtake.simulate.sample import Sample
from longtake.store import labels

PACKAGE = Path(longtake.__file__).parent
SPARED = frozenset({"cli", "render", "web", "locale", "worker", "__pycache__"})
CACHE = Path(tempfile.gettempdir()) / "longtake-worlds"
THINNER = (0.5, 0.25, 0.1, 0.05)
SETS = ("train", "test", "second", "thinned")
FIRST_SEED = {"train": 100_000, "test": 500_000}
# Worlds of each cause and strength, healthy ones, pairs of causes, and reversals.
SIZES = {"train": (40, 120, 60, 60), "test": (20, 60, 40, 36)}
STEP = 1_000

Measure = Callable[[Workspace, Path], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Case:
    """One world to make.

    Attributes:
        name: Set, what is planted, seed: unique, and stable between runs.
        of: train, test, second or thinned.
        seed: Number of the world.
        causes: Pairs of cause and strength; empty for healthy ones and reversals.
        reversal: Strength of an intended reversal that pleases; None for none.
        wording: Set of words.
        thin: Share of rows that is kept.
    """

    name: str
    of: str
    seed: int
    causes: tuple[tuple[str, str], ...] = ()
    reversal: str | None = None
    wording: str = "first"
    thin: float = 1.0

    def make(self) -> Sample:
        """Return the world."""
        return world(
            self.seed, dict(self.causes), reversal=self.reversal, wording=self.wording, thin=self.thin
        )


@dataclass(frozen=True, slots=True)
class Measured:
    """A world with what was found in its files.

    Attributes:
        case: Which world.
        truth: The hidden truth.
        signs: What the measure returned.
        import_seconds: How long the import took.
        measure_seconds: How long the measure took.
    """

    case: Case
    truth: Mapping[str, Any]
    signs: Mapping[str, Any]
    import_seconds: float
    measure_seconds: float


def cases(of: str, *, share: float = 1.0) -> tuple[Case, ...]:
    """Return the worlds of a set.

    ``train`` and ``test`` have each cause at three strengths, healthy worlds, pairs of causes and intended
    reversals, and share no seed. ``second`` is ``test`` told in the second set of words; ``thinned`` is a
    third of ``test`` with a half, a quarter, a tenth and a twentieth of its rows.

    Args:
        of: One of :data:`SETS`.
        share: Part of each kind of world to take, in (0, 1]; at least one of each.

    Raises:
        ValueError: There is no such set, or the share is out of its range.
    """
    if of not in SETS or not 0 < share <= 1:
        raise ValueError(f"set {of!r} is not one of {SETS}, or share {share} is not in (0, 1]")
    if of == "second":
        return tuple(_retold(case, of, "second", 1.0) for case in cases("test", share=share))
    if of == "thinned":
        some = [case for case in cases("test", share=share / 3) if len(case.causes) < 2 and not case.reversal]
        return tuple(_retold(case, of, "first", thin) for thin in THINNER for case in some)
    each, healthy, pairs, reversals = SIZES[of]
    out: list[Case] = []
    seeds = iter(range(FIRST_SEED[of], FIRST_SEED[of] + STEP * 100, STEP))

    def add(planted: str, n: int, **more: Any) -> None:
        first = next(seeds)
        for seed in range(first, first + max(1, round(n * share))):
            out.append(Case(f"{of}/{planted}/{seed}", of, seed, **more))

    for cause in CAUSES:
        for strength in STRENGTHS:
            add(f"{cause}-{strength}", each, causes=((cause, strength),))
    add(HEALTHY, healthy)
    kinds = list(combinations(CAUSES, 2))
    for number, (one, other) in enumerate(kinds):
        strengths = (STRENGTHS[number % 3], STRENGTHS[(number + 1 + number // 3) % 3])
        planted = ((one, strengths[0]), (other, strengths[1]))
        add(f"{one}-{strengths[0]}+{other}-{strengths[1]}", max(1, pairs // len(kinds)), causes=planted)
    for strength in STRENGTHS:
        add(f"reversal-{strength}", reversals // len(STRENGTHS), reversal=strength)
    return tuple(out)


def _retold(case: Case, of: str, wording: str, thin: float) -> Case:
    rest = case.name.split("/", 1)[1]
    name = f"{of}/{rest}" if thin == 1.0 else f"{of}/{rest}@{thin:g}"
    return Case(name, of, case.seed, case.causes, case.reversal, wording, thin)


def measured(
    some: Sequence[Case],
    measure: Measure,
    *,
    cache: Path = CACHE,
    processes: int | None = None,
    spared: Iterable[str] = (),
    quiet: bool = False,
) -> dict[str, Measured]:
    """Make, import and measure worlds in a pool of processes; return them by name, in the order given.

    Args:
        some: Which.
        measure: What to ask of an imported campaign: its workspace and its folder to what JSON can hold. It
            is at the top of a module, so that other processes can import it.
        cache: Where measured worlds are kept.
        processes: How many at once; one a core when None.
        spared: Files or folders of the package, relative to it, that cannot move the signs.
        quiet: Print no progress.

    Raises:
        RuntimeError: An import refused a row or a file; worlds are made to be read whole.
        ValueError: The measure is not at the top of a module.
    """
    if "<" in measure.__qualname__ or "." in measure.__qualname__:
        raise ValueError(f"{measure.__qualname__} is not at the top of a module")
    folder = cache / f"{measure.__name__}-{_code(measure, spared)}"
    folder.mkdir(parents=True, exist_ok=True)
    kept = {case.name: folder / f"{_key(case)}.json" for case in some}
    missing = [case for case in some if not kept[case.name].exists()]
    told = _Told(len(some), len(some) - len(missing), quiet=quiet)
    if missing:
        context = get_context("spawn")
        with ProcessPoolExecutor(processes or os.cpu_count(), mp_context=context, initializer=_alone) as pool:
            jobs = {pool.submit(_one, case, measure): case for case in missing}
            for job in as_completed(jobs):
                case = jobs[job]
                _write(kept[case.name], job.result())
                told.step(case.name)
    told.end()
    return {case.name: _read(case, kept[case.name]) for case in some}


def put(sample: Sample, folder: Path) -> None:
    """Write a campaign's files into a folder."""
    for name, content in exports(sample).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _alone() -> None:
    """Let each process label its own comments: there is one a core already."""
    os.environ[labels.VARIABLE] = "1"


def _one(case: Case, measure: Measure) -> dict[str, Any]:
    sample = case.make()
    with tempfile.TemporaryDirectory(prefix="longtake-world-") as place:
        folder, workspace = Path(place) / "files", Workspace(Path(place) / "workspace")
        put(sample, folder)
        begun = time.perf_counter()
        campaign = folders.follow(workspace, folder)
        imported = time.perf_counter()
        for receipt in receipts.of_campaign(workspace, campaign.id):
            if receipt.error or receipt.refused:
                raise RuntimeError(f"{case.name}: {receipt.path}: {receipt.error or receipt.refused[0]}")
        signs = measure(workspace, folder)
        done = time.perf_counter()
    return {
        "case": asdict(case),
        "truth": dict(sample.truth),
        "signs": _plain(dict(signs)),
        "import_seconds": imported - begun,
        "measure_seconds": done - imported,
    }


def _plain(value: Any) -> Any:
    """Return a value JSON can hold: what is not a number is None, never NaN."""
    if isinstance(value, Mapping):
        return {str(key): _plain(some) for key, some in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(some) for some in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if hasattr(value, "item"):
        return _plain(value.item())
    return value


def _write(path: Path, content: Mapping[str, Any]) -> None:
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(content, ensure_ascii=False, allow_nan=False), "utf-8")
    fresh.replace(path)


def _read(case: Case, path: Path) -> Measured:
    content = json.loads(path.read_text("utf-8"))
    return Measured(
        case, content["truth"], content["signs"], content["import_seconds"], content["measure_seconds"]
    )


def _key(case: Case) -> str:
    return hashlib.blake2b(json.dumps(asdict(case)).encode(), digest_size=12).hexdigest()


def _code(measure: Measure, spared: Iterable[str]) -> str:
    """Return a digest of all code and data that could move a sign."""
    digest = hashlib.blake2b(digest_size=8)
    module = Path(sys.modules[measure.__module__].__file__ or "")
    for path in (*_files({PACKAGE / name for name in (*SPARED, *spared)}), module):
        digest.update(path.name.encode() + b"\0" + hashlib.blake2b(path.read_bytes()).digest())
    digest.update(measure.__qualname__.encode())
    return digest.hexdigest()


def _files(spared: set[Path]) -> Iterator[Path]:
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and not spared & {path, *path.parents}:
            yield path


@dataclass(slots=True)
class _Told:
    """A progress line on the terminal's error stream."""

    total: int
    done: int
    quiet: bool
    begun: float = 0.0
    known: int = 0

    def __post_init__(self) -> None:
        self.begun, self.known = time.perf_counter(), self.done
        self._show(f"{self.done} known already")

    def step(self, name: str) -> None:
        self.done += 1
        passed = time.perf_counter() - self.begun
        left = passed / (self.done - self.known) * (self.total - self.done)
        self._show(f"{left / 60:.1f} min left  {name}")

    def end(self) -> None:
        if not self.quiet and sys.stderr.isatty():
            print(file=sys.stderr)

    def _show(self, note: str) -> None:
        line = f"worlds {self.done}/{self.total}  {note}"
        if not self.quiet and sys.stderr.isatty():
            print(f"\r{line:<100.100}", end="", file=sys.stderr, flush=True)
        elif not self.quiet and self.done * 10 % self.total < 10:
            print(line, file=sys.stderr, flush=True)


def rows(workspace: Workspace, folder: Path) -> dict[str, Any]:  # noqa: ARG001 -- the shape of a measure
    """Return rows kept by table: the cheapest measure, to see that worlds are read whole."""
    kept: dict[str, int] = {}
    for commit in workspace.lake.commits():
        for receipt in receipts.of_commit(commit):
            for table, n in receipt.tables.items():
                kept[table] = kept.get(table, 0) + n
    return dict(sorted(kept.items()))


def figures(workspace: Workspace, folder: Path) -> dict[str, Any]:
    """Return value, low and high of every known figure of the report: a measure to try worlds with."""
    from longtake.domain.estimate import Estimate
    from longtake.ingest.campaign import file as campaign_file
    from longtake.services.reports.assemble import assemble, figures_of

    campaign = campaign_file.load(folder / campaign_file.NAME)
    out = {}
    for figure in figures_of(assemble(workspace, campaign)):
        if isinstance(figure.quantity, Estimate):
            name = figure.id.split(":", 1)[1]
            out[name] = [figure.quantity.value, figure.quantity.low, figure.quantity.high]
    return out
