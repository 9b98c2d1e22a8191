"""Rated texts of several kinds, split so that no film and no text is on both sides."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from longtake.errors import NotFoundError, UnreadableFileError
from longtake.language.judgement.fit import Rated
from longtake.language.reading.ngram import chunks
from longtake.language.reading.normalise import fold_table, normalise, simplified_pairs

TRAIN, TUNE, TEST = 0, 1, 2
UNKNOWN_FILM = "(unknown)"
FILMS = ("douban_comments.parquet", "film_comments.parquet")
PLAIN = {
    "hotel": "sentiment_hotel.parquet",
    "takeaway": "sentiment_takeaway.parquet",
    "shopping": "sentiment_shopping.parquet",
    "english_film": "sentiment_movie_en.parquet",
}
ABOUT_FILMS = frozenset({"douban_short", "douban", "maoyan", "film_other", "film_unknown", "english_film"})
_HAN = re.compile(r"[\u4e00-\u9fff0-9]+")
_BRACKETS = re.compile(r"[(（].*?[)）]")
_BLOCK = 1 << 18


@dataclass(frozen=True, slots=True)
class Dataset:
    """Rated texts and which side of the split each is on.

    Attributes:
        rated: The texts.
        side: TRAIN, TUNE or TEST, shape (n,).
        film: What names the film of each row across sets; empty where there is none.
        repeated: How many test rows were left out because training holds the same text.
    """

    rated: Rated
    side: NDArray[np.int8]
    film: list[str]
    repeated: int


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    value: float
    domain: str
    side: int
    film: str = ""


def read(folder: Path) -> Dataset:
    """Read the rated texts of a folder.

    Films are split by a hash of their name, everything else by a hash of the text: a fifth is for testing
    (more of the films of the smallest set), a tenth for tuning. A test text that training holds too, after
    folding width, case and script, is left out.

    Raises:
        NotFoundError: The folder holds none of the sets.
        UnreadableFileError: A set is damaged or lacks a column.
    """
    text = folder / "text"
    if not any((text / name).exists() for name in (*FILMS, *PLAIN.values())):
        raise NotFoundError(
            "training set", str(text), fix="Set LONGTAKE_DATA to the folder that holds `text`."
        )
    rows = [*_films(text), *_plain(text)]
    keys = digests([row.text for row in rows])
    held = {key for key, row in zip(keys, rows, strict=True) if row.side != TEST}
    trained = {key for key, row in zip(keys, rows, strict=True) if row.side == TRAIN}
    kept, seen, repeated = [], set(), 0
    for key, row in zip(keys, rows, strict=True):
        if (row.side == TEST and key in held) or (row.side == TUNE and key in trained):
            repeated += row.side == TEST
        elif (key, row.value, row.side) not in seen:
            seen.add((key, row.value, row.side))
            kept.append(row)
    domains = np.array([row.domain for row in kept])
    rated = Rated(
        [row.text for row in kept],
        np.array([row.value for row in kept]),
        np.isin(domains, sorted(ABOUT_FILMS)),
        domains,
    )
    side = np.array([row.side for row in kept], dtype=np.int8)
    return Dataset(rated, side, [row.film for row in kept], repeated)


def _films(folder: Path) -> Iterator[_Row]:
    short = _records(folder / FILMS[0], ("film", "stars", "text"))
    own = {_film(row["film"]) for row in short}
    for row in short:
        if row["stars"] and row["text"]:
            film = _film(row["film"])
            yield _Row(row["text"], (row["stars"] - 1) / 4, "douban_short", _film_side(film, own), film)
    for row in _records(folder / FILMS[1], ("film", "platform", "rating", "text")):
        if not row["rating"] or not row["text"]:
            continue
        value = (row["rating"] - 1) / 4
        if row["film"] == UNKNOWN_FILM:
            yield _Row(row["text"], value, "film_unknown", _text_side(row["text"], test=0.85, tune=0.05))
        else:
            domain = row["platform"] if row["platform"] in {"douban", "maoyan"} else "film_other"
            film = _film(row["film"])
            yield _Row(row["text"], value, domain, _film_side(film, own), film)


def _plain(folder: Path) -> Iterator[_Row]:
    for domain, name in PLAIN.items():
        for row in _records(folder / name, ("label", "text")):
            if row["text"]:
                side = _text_side(row["text"], test=0.8, tune=0.08)
                yield _Row(row["text"], float(row["label"]), domain, side)


def _records(path: Path, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    try:
        return list(pq.read_table(path, columns=list(columns)).to_pylist())
    except (OSError, ValueError, KeyError) as error:
        raise UnreadableFileError(path, f"no table with {', '.join(columns)} ({error})") from error


def _film(name: str) -> str:
    """Return what names a film across collections: its Han characters and digits, without brackets."""
    return "".join(_HAN.findall(_BRACKETS.sub("", name))) or name.lower()


def _film_side(film: str, own: set[str]) -> int:
    place = _place(f"film:{film}")
    return TEST if place >= (0.54 if film in own else 0.8) else TUNE if place < 0.12 else TRAIN


def _text_side(text: str, *, test: float, tune: float) -> int:
    place = _place(f"text:{text}")
    return TEST if place >= test else TUNE if place < tune else TRAIN


def _place(text: str) -> float:
    """Return a number in [0, 1) that only the text decides."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return float(int.from_bytes(digest, "big") / 2**64)


def digests(texts: list[str]) -> list[bytes]:
    """Return a digest of each text as the scorer reads it."""
    fold = fold_table(simplified_pairs())
    keys = []
    for part in chunks(texts, characters=_BLOCK):
        batch = normalise(texts[part], fold)
        for start, end in zip(batch.breaks[:-1].tolist(), batch.breaks[1:].tolist(), strict=True):
            keys.append(hashlib.blake2b(batch.codes[start:end].tobytes(), digest_size=8).digest())
    return keys
