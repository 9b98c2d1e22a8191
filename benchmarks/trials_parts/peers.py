"""Peers in interpreters of their own, because they pin old versions of what we use."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

GBSTATS = """
import sys, numpy as np
from gbstats.frequentist.tests import SequentialConfig, SequentialTwoSidedTTest
from gbstats.models.statistics import ProportionStatistic
x0, x1, n = (np.load(sys.argv[1])[k] for k in ("x0", "x1", "n"))
out = np.ones(x0.shape)
for r in range(x0.shape[0]):
    for t in range(x0.shape[1]):
        a, b = (ProportionStatistic(n=int(n[t]), sum=int(x[r, t])) for x in (x0, x1))
        test = SequentialTwoSidedTTest(a, b, SequentialConfig(difference_type="absolute"))
        out[r, t] = test.compute_result().p_value
np.save(sys.argv[2], out)
"""

SPOTIFY = """
import sys, numpy as np
from spotify_confidence.analysis.frequentist.confidence_computers.z_test_computer import sequential_bounds
given = np.load(sys.argv[1])
np.save(sys.argv[2], sequential_bounds(given["t"], alpha=float(given["alpha"]), sides=2).bounds)
"""


def gbstats(x0: NDArray[np.int64], x1: NDArray[np.int64], n: NDArray[np.int64]) -> NDArray[np.float64] | str:
    """Return gbstats' sequential p-values at each look, or why there are none."""
    return _run("gbstats", GBSTATS, x0=x0, x1=x1, n=n)


def spotify(t: NDArray[np.float64], alpha: float) -> NDArray[np.float64] | str:
    """Return spotify-confidence's bounds, or why there are none."""
    return _run("spotify-confidence", SPOTIFY, t=t, alpha=np.array(alpha))


def _run(name: str, script: str, **arrays: NDArray[np.generic]) -> NDArray[np.float64] | str:
    folder = os.environ.get("LONGTAKE_PEERS")
    python = Path(folder or ".") / name / "bin" / "python"
    if not folder or not python.exists():
        return f"{name} is left out: there is no {name}/bin/python under $LONGTAKE_PEERS."
    with tempfile.TemporaryDirectory() as place:
        given, got = Path(place) / "in.npz", Path(place) / "out.npy"
        np.savez(given, **arrays)
        clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        done = subprocess.run(
            [str(python), "-W", "ignore", "-c", script, str(given), str(got)],
            check=False,
            capture_output=True,
            text=True,
            env=clean,
        )
        if done.returncode:
            return f"{name} is left out: {done.stderr.strip().splitlines()[-1]}"
        return np.asarray(np.load(got), dtype=np.float64)
