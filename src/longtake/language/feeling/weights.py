"""The file that holds a trained model of emotions: plain arrays, the same bytes for the same numbers."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from longtake.errors import UnreadableFileError
from longtake.language.feeling.table import EMOTIONS, HEAVIEST
from longtake.language.judgement import weights as polarity_files

ARRAYS, CARD = "emotion.npz", "emotion_card.json"
"""Names of the two files."""

_FIX = "Install longtake again."
_LARGEST_BITS = 24


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything the model of emotions has learned.

    Attributes:
        lanes: Weights by hash in steps of `unit`, int8, shape (6, 2**bits), the order that of `EMOTIONS`.
        unit: Size of one step of each lane, shape (6,).
        base: What each lane says of a text with no known n-gram, shape (6,).
        sharpness: What sums are multiplied by before they become probabilities, above zero, shape (1,).
        prior: What is then added for each emotion, shape (6,).
        traditional: Code points that are folded, shape (p,).
        simplified: What they are folded to, shape (p,).
    """

    lanes: NDArray[np.int8]
    unit: NDArray[np.float64]
    base: NDArray[np.float64]
    sharpness: NDArray[np.float64]
    prior: NDArray[np.float64]
    traditional: NDArray[np.uint32]
    simplified: NDArray[np.uint32]

    @property
    def version(self) -> str:
        """``emotion-`` and eight hexadecimal digits of all the numbers."""
        digest = blake2b(digest_size=4)
        for field in fields(self):
            array = np.ascontiguousarray(getattr(self, field.name))
            digest.update(f"{field.name}{array.dtype.str}{array.shape}".encode())
            digest.update(array.tobytes())
        return f"emotion-{digest.hexdigest()}"


def chosen() -> Path:
    """Return the folder of the weights in use: a team's own if it holds emotions, or the packaged."""
    own = polarity_files.chosen()
    return own if (own / ARRAYS).exists() else polarity_files.PACKAGED


def write(weights: Weights, card: Mapping[str, object], folder: Path) -> tuple[Path, Path]:
    """Write ``emotion.npz`` and ``emotion_card.json`` into a folder and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays, described = folder / ARRAYS, folder / CARD
    with zipfile.ZipFile(arrays, "w") as archive:
        for field in fields(weights):
            held = io.BytesIO()
            np.lib.format.write_array(held, np.ascontiguousarray(getattr(weights, field.name)))
            entry = zipfile.ZipInfo(f"{field.name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            archive.writestr(entry, held.getvalue(), zipfile.ZIP_DEFLATED, 6)
    described.write_text(json.dumps(card, ensure_ascii=False, indent=2, sort_keys=True) + "\n", "utf-8")
    return arrays, described


def read(folder: Path = polarity_files.PACKAGED) -> Weights:
    """Read ``emotion.npz`` from a folder.

    Raises:
        UnreadableFileError: It is missing, damaged, or made for another version of the model.
    """
    path = folder / ARRAYS
    try:
        with np.load(path, allow_pickle=False) as held:
            weights = Weights(**{field.name: held[field.name] for field in fields(Weights)})
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise UnreadableFileError(path, f"no usable weights ({error})", fix=_FIX) from error
    fault = _fault(weights)
    if fault:
        raise UnreadableFileError(path, fault, fix=_FIX)
    return weights


def read_card(folder: Path = polarity_files.PACKAGED) -> Mapping[str, object]:
    """Read ``emotion_card.json`` from a folder.

    Raises:
        UnreadableFileError: It is missing or no JSON object.
    """
    path = folder / CARD
    try:
        card = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableFileError(path, f"no usable model card ({error})", fix=_FIX) from error
    if not isinstance(card, dict):
        raise UnreadableFileError(path, "the model card is no JSON object", fix=_FIX)
    return card


def _fault(weights: Weights) -> str:
    slots, kinds = weights.lanes.shape[-1] if weights.lanes.ndim else 0, len(EMOTIONS)
    shapes = {
        "lanes": (kinds, slots),
        "unit": (kinds,),
        "base": (kinds,),
        "sharpness": (1,),
        "prior": (kinds,),
        "simplified": weights.traditional.shape,
    }
    for name, shape in shapes.items():
        if getattr(weights, name).shape != shape:
            return f"{name} has the shape {getattr(weights, name).shape}, expected {shape}"
    if slots & (slots - 1) or not 1 < slots <= 1 << _LARGEST_BITS:
        return f"the table has {slots} slots, expected a power of two"
    if weights.lanes.dtype != np.int8:
        return f"lanes are {weights.lanes.dtype}, expected int8"
    if max(int(weights.lanes.max()), -int(weights.lanes.min())) > HEAVIEST:
        return f"a weight is larger than {HEAVIEST}"
    for field in fields(weights):
        held = getattr(weights, field.name)
        if held.dtype.kind == "f" and not np.isfinite(held).all():
            return f"{field.name} holds a number that is not finite"
    return ""
