"""The packaged models of US runs."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from longtake.heat.boxoffice.ahead import Ahead
from longtake.heat.boxoffice.features import Profile
from longtake.heat.boxoffice.multiple import Multiple
from longtake.heat.boxoffice.spread import Spread

FOLDER, US = "weights", "us.npz"


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Everything learned from US runs.

    Attributes:
        profile: Calendar and age.
        multiple: Total over takings so far.
        spread: Its errors, by pattern and days seen.
        ahead: Each later day of the first 35.
        ahead_spread: Its errors, by what is known and days ahead.
    """

    profile: Profile
    multiple: Multiple
    spread: Spread
    ahead: Ahead
    ahead_spread: Spread

    def stored(self) -> dict[str, NDArray[np.generic]]:
        """Return the arrays that :meth:`read` reads."""
        return {
            "calendar": self.profile.calendar.astype(np.float32),
            "age": self.profile.age.astype(np.float32),
            **self.multiple.stored(),
            **self.spread.stored("final.spread"),
            **self.ahead.stored(),
            **self.ahead_spread.stored("path.spread"),
        }


@lru_cache(maxsize=1)
def packaged() -> Weights:
    """Return the models that come with the package."""
    held = (files("longtake.heat.boxoffice") / FOLDER / US).read_bytes()
    with np.load(io.BytesIO(held), allow_pickle=False) as stored:
        calendar, age = (np.asarray(stored[name], dtype=np.float64) for name in ("calendar", "age"))
        return Weights(
            Profile(calendar, age),
            Multiple.read(stored),
            Spread.read(stored, "final.spread"),
            Ahead.read(stored),
            Spread.read(stored, "path.spread"),
        )
