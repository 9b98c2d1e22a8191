"""The file that holds a trained scorer: plain arrays, no pickles, the same bytes for the same numbers."""

from __future__ import annotations

import io
import json
import os
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from longtake.errors import UnreadableFileError
from longtake.language.judgement.evidence import COLUMNS
from longtake.language.judgement.table import LANES

PACKAGED = Path(__file__).parents[1] / "weights"
"""Folder of the weights that come with the package."""

VARIABLE = "LONGTAKE_WEIGHTS"
"""Names a folder of weights that a team has trained for itself."""

_FIX = "Install longtake again, or run `longtake train`."
_LARGEST_BITS = 24


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything a scorer has learned.

    Attributes:
        lanes: Weights by hash in steps of `unit`, int8, shape (4, 2**bits).
        unit: Size of one step of each lane, shape (4,).
        base: What each lane says of a text with no known n-gram, shape (4,).
        judgement: Coefficient of each of `evidence.COLUMNS` for good against bad, shape (c,).
        middling: The same for middling against the rest, and one more for how open the judgement is,
            shape (c + 1,).
        judgement_at: Raw judgements at which `judgement_share` holds, rising, shape (k,).
        judgement_share: Calibrated probability of good, shape (k,).
        middling_at: The same for middling, shape (m,).
        middling_share: Calibrated probability of middling, shape (m,).
        band: Scores nearer to zero than this are neutral, shape (1,).
        traditional: Code points that are folded, shape (p,).
        simplified: What they are folded to, shape (p,).
    """

    lanes: NDArray[np.int8]
    unit: NDArray[np.float64]
    base: NDArray[np.float64]
    judgement: NDArray[np.float64]
    middling: NDArray[np.float64]
    judgement_at: NDArray[np.float64]
    judgement_share: NDArray[np.float64]
    middling_at: NDArray[np.float64]
    middling_share: NDArray[np.float64]
    band: NDArray[np.float64]
    traditional: NDArray[np.uint32]
    simplified: NDArray[np.uint32]

    @property
    def version(self) -> str:
        """``polarity-`` and eight hexadecimal digits of all the numbers."""
        digest = blake2b(digest_size=4)
        for field in fields(self):
            array = np.ascontiguousarray(getattr(self, field.name))
            digest.update(f"{field.name}{array.dtype.str}{array.shape}".encode())
            digest.update(array.tobytes())
        return f"polarity-{digest.hexdigest()}"


def chosen() -> Path:
    """Return the folder of the weights in use."""
    own = os.environ.get(VARIABLE)
    return Path(own) if own else PACKAGED


def write(weights: Weights, card: Mapping[str, object], folder: Path) -> tuple[Path, Path]:
    """Write ``polarity.npz`` and ``card.json`` into a folder and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays, described = folder / "polarity.npz", folder / "card.json"
    with zipfile.ZipFile(arrays, "w") as archive:
        for field in fields(weights):
            held = io.BytesIO()
            np.lib.format.write_array(held, np.ascontiguousarray(getattr(weights, field.name)))
            entry = zipfile.ZipInfo(f"{field.name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            archive.writestr(entry, held.getvalue(), zipfile.ZIP_DEFLATED, 6)
    described.write_text(json.dumps(card, ensure_ascii=False, indent=2, sort_keys=True) + "\n", "utf-8")
    return arrays, described


def read(folder: Path = PACKAGED) -> Weights:
    """Read ``polarity.npz`` from a folder.

    Raises:
        UnreadableFileError: It is missing, damaged, or made for another version of the scorer.
    """
    path = folder / "polarity.npz"
    try:
        with np.load(path, allow_pickle=False) as held:
            weights = Weights(**{field.name: held[field.name] for field in fields(Weights)})
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise UnreadableFileError(path, f"no usable weights ({error})", fix=_FIX) from error
    fault = _fault(weights)
    if fault:
        raise UnreadableFileError(path, fault, fix=_FIX)
    return weights


def read_card(folder: Path = PACKAGED) -> Mapping[str, object]:
    """Read ``card.json`` from a folder.

    Raises:
        UnreadableFileError: It is missing or no JSON object.
    """
    path = folder / "card.json"
    try:
        card = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableFileError(path, f"no usable model card ({error})", fix=_FIX) from error
    if not isinstance(card, dict):
        raise UnreadableFileError(path, "the model card is no JSON object", fix=_FIX)
    return card


def _fault(weights: Weights) -> str:
    slots = weights.lanes.shape[-1]
    shapes = {
        "lanes": (len(LANES), slots),
        "unit": (len(LANES),),
        "base": (len(LANES),),
        "judgement": (len(COLUMNS),),
        "middling": (len(COLUMNS) + 1,),
        "judgement_share": weights.judgement_at.shape,
        "middling_share": weights.middling_at.shape,
        "band": (1,),
        "simplified": weights.traditional.shape,
    }
    for name, shape in shapes.items():
        if getattr(weights, name).shape != shape:
            return f"{name} has the shape {getattr(weights, name).shape}, expected {shape}"
    if slots & (slots - 1) or not 1 < slots <= 1 << _LARGEST_BITS:
        return f"the table has {slots} slots, expected a power of two"
    if weights.lanes.dtype != np.int8:
        return f"lanes are {weights.lanes.dtype}, expected int8"
    for field in fields(weights):
        held = getattr(weights, field.name)
        if held.dtype.kind == "f" and not np.isfinite(held).all():
            return f"{field.name} holds a number that is not finite"
    return ""
