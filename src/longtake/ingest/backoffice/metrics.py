"""How the columns of a back office are read: counts, shares, lengths of time."""

from __future__ import annotations

from dataclasses import replace

from longtake.ingest.backoffice.works import Metric
from longtake.ingest.values.duration import seconds
from longtake.ingest.values.number import Number, number, share
from longtake.ingest.values.refusal import BadValue


def _percentage(raw: str) -> Number:
    found = share(raw, percent=True)
    return found if found.value is None else replace(found, value=round(found.value, 12))


def _count_or_none(raw: str) -> Number:
    found = number(raw)
    return Number(None, None, raw) if found.value == -1 else found


def _share_over_one(raw: str) -> Number:
    found = number(raw)
    if found.value is None or raw.rstrip().endswith(("%", "％")):
        return found
    return Number(round(found.value / 100, 6), found.censored, raw)


def _length(raw: str) -> Number:
    return Number(None if raw.strip() in {"-1", "-1.0", "-1.00"} else seconds(raw), None, raw)


def _hours(raw: str) -> Number:
    found = number(raw)
    return found if found.value is None else Number(found.value * 3600, found.censored, raw)


def _net(raw: str) -> Number:
    found = number(raw)
    if found.value is not None and not found.value.is_integer():
        raise BadValue("a whole number of persons")
    return found


def total(name: str) -> Metric:
    """Return a metric of a count since publication; -1 is how some exports write "none"."""
    return Metric(name, "cumulative", _count_or_none)


def net(name: str) -> Metric:
    """Return a metric of gains less losses, which may lie below zero."""
    return Metric(name, "cumulative", _net, signed=True)


def ratio(name: str) -> Metric:
    """Return a metric of a share whose bare numbers are ratios."""
    return Metric(name, "ratio", share)


def percentage(name: str) -> Metric:
    """Return a metric of a share whose bare numbers are percentages."""
    return Metric(name, "ratio", _percentage)


def loops(name: str) -> Metric:
    """Return a metric of a share that may pass 1 because short videos loop; bare numbers are percentages."""
    return Metric(name, "score", _share_over_one)


def mean_length(name: str) -> Metric:
    """Return a metric of a mean length of time, in seconds."""
    return Metric(name, "score", _length)


def total_hours(name: str) -> Metric:
    """Return a metric of a length of time since publication, hours in the file, seconds in the row."""
    return Metric(name, "cumulative", _hours)
