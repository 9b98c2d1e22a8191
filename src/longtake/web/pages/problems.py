"""Refusals in the visitor's language."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from longtake.errors import LongtakeError
from longtake.locale import Catalogue, catalogue
from longtake.render.wording import visible
from longtake.services.worded import WordedError

NAMED = {"metric": "plan_metric", "need": "plan_need"}
"""Slots of a refusal that hold a key, and the group of its words."""


def in_words(lang: str, error: LongtakeError) -> str:
    """Return what an error says: in the language where somebody wrote it, else in English.

    Examples:
        >>> in_words("en", LongtakeError("Disk full.", fix="Free some."))
        'Disk full. Free some.'
        >>> in_words("zh", WordedError("x", says="not_there"))
        '它已经不在了，请刷新页面。'
        >>> in_words("en", WordedError("x", says="no_cities_of", metric="warn"))
        '“comments that warn others” is not known city by city. Choose another proof or another metric.'
        >>> from longtake.errors import CampaignFileError
        >>> wrong = CampaignFileError("campaign.toml", key="event.1.start", value="x", expected="a time")
        >>> in_words("zh", wrong)
        'campaign.toml：event.1.start 的值是 x，应当是 a time。'
    """
    words = catalogue(lang)
    if isinstance(error, WordedError) and words.has(f"problem.{error.says}"):
        return visible(words.say(f"problem.{error.says}", **_named(words, error.slots)))
    return visible(_by_code(words, error) if lang != "en" else str(error))


def _named(words: Catalogue, slots: Mapping[str, str]) -> dict[str, str]:
    return {name: words.word(NAMED.get(name, ""), value) for name, value in slots.items()}


def _by_code(words: Catalogue, error: LongtakeError) -> str:
    """Return the words of an error's code, if its fields fill them."""
    given = {name: value for name, value in vars(error).items() if isinstance(value, str | int)}
    if "path" in given:
        given["name"] = Path(str(given["path"])).name
    key = f"error.{error.code}"
    try:
        # Not `say`: a field of an error may be called like an argument of it.
        parts = words.parts(key)
        return "".join(text if slot is None else words.word_of(given, slot, key) for text, slot in parts)
    except KeyError:
        return str(error)


def job_words(words: Catalogue, job: Any) -> str:
    """Return why a job failed."""
    said = job.outcome.get("says", "")
    if said and words.has(f"problem.{said}"):
        return visible(words.say(f"problem.{said}", **_named(words, job.outcome.get("slots", {}))))
    return visible(f"{job.error} {job.fix}".strip())
