"""Subtitles of the invented films."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from longtake.domain.cue import Cue


def cues(film: str, which: str) -> tuple[Cue, ...]:
    """Return the cues of a film or its trailer.

    Args:
        film: "short" or "feature".
        which: "film" or "trailer"; also the cues' ``node_id``.

    Examples:
        >>> cues("short", "trailer")[1].text
        '到底是谁关的灯'
    """
    text = (files("longtake.simulate.words") / f"{film}_cues.toml").read_text(encoding="utf-8")
    out = []
    for number, line in enumerate(tomllib.loads(text)[which], 1):
        start, end, speaker, words = line.split(" ", 3)
        out.append(
            Cue(which, number, round(float(start) * 1000), round(float(end) * 1000), words, number, speaker)
        )
    return tuple(out)
