"""How loud a sound is to a listener, in LUFS."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

from longtake.domain.estimate import Estimate, Quantity, Unknown

Floats = NDArray[np.float64]

RATE = 48_000
"""Samples a second the two filters are stated for."""
METHOD = "integrated loudness (EBU R 128, ITU-R BS.1770-4)"
BLOCK, STEP = round(0.4 * RATE), round(0.1 * RATE)
SILENT = -70.0
BELOW = 10.0
_SHELF = ([1.53512485958697, -2.69169618940638, 1.19839281085285], [1.0, -1.69065929318241, 0.73248077421585])
_PASS = ([1.0, -2.0, 1.0], [1.0, -1.99004745483398, 0.99007225036621])


class Meter:
    """Takes sound in pieces, keeps one number a tenth of a second.

    Examples:
        >>> meter = Meter(1)
        >>> meter.feed(np.zeros((1, 100)))
        >>> meter.blocks().size
        0
    """

    def __init__(self, channels: int) -> None:
        """Begin a programme.

        Args:
            channels: One or two, equally weighted.

        Raises:
            ValueError: Other than one or two.
        """
        if not 1 <= channels <= 2:
            raise ValueError(f"{channels} channels")
        self._state = [np.zeros((channels, 2)), np.zeros((channels, 2))]
        self._rest: Floats = np.zeros(0)
        self._steps: list[Floats] = []

    def feed(self, samples: Floats) -> None:
        """Take the next samples, in [-1, 1] at 48 kHz, shape (channels, n)."""
        heard = samples
        for k, (b, a) in enumerate((_SHELF, _PASS)):
            heard, self._state[k] = lfilter(b, a, heard, axis=1, zi=self._state[k])
        power = np.concatenate((self._rest, (heard * heard).sum(axis=0)))
        whole = len(power) // STEP * STEP
        self._steps.append(power[:whole].reshape(-1, STEP).sum(axis=1))
        self._rest = power[whole:]

    def blocks(self) -> Floats:
        """Return the loudness of each block of 0.4 s, every 0.1 s, in LUFS; silence is minus infinity."""
        steps = np.concatenate([np.zeros(0), *self._steps])
        if len(steps) < BLOCK // STEP:
            return np.zeros(0)
        power = np.convolve(steps, np.ones(BLOCK // STEP), mode="valid") / BLOCK
        with np.errstate(divide="ignore"):
            return np.asarray(-0.691 + 10 * np.log10(np.maximum(power, 0.0)))


def integrated(blocks: Floats) -> Quantity:
    """Return the gated loudness of a programme from its blocks.

    Blocks below -70 LUFS, then those more than 10 LU below the mean of the rest, are left out.

    Args:
        blocks: As `Meter.blocks` returns them.

    Returns:
        LUFS; its interval is the 10th to 95th percentile of the blocks that count (the loudness range's own
        ends), not an error. Unknown where nothing is audible.

    Examples:
        >>> integrated(np.full(5, -23.0)).value
        -23.0

    References:
        EBU, 2023, R 128: Loudness normalisation and permitted maximum level of audio signals; ITU-R, 2015,
        BS.1770-4: Algorithms to measure audio programme loudness and true-peak audio level.
    """
    heard = blocks[blocks > SILENT]
    if not len(heard):
        return Unknown("no_sound", METHOD, "LUFS", len(blocks))
    kept = heard[heard > _mean(heard) - BELOW]
    value = _mean(kept)
    low, high = np.quantile(kept, [0.1, 0.95])
    return Estimate(value, min(float(low), value), max(float(high), value), 1.0, "LUFS", METHOD, len(kept))


def _mean(blocks: Floats) -> float:
    # Of the power, not of its logarithm; rounding must not move a steady tone.
    return round(float(-0.691 + 10 * np.log10(np.mean(10 ** ((blocks + 0.691) / 10)))), 9)
