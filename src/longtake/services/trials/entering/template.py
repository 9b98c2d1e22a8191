"""A table to fill in for one trial."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

from longtake.domain.trials.trial import Trial
from longtake.services.trials.entering.columns import columns_of

FIRST = date(2026, 1, 8)


def template(trial: Trial) -> str:
    """Return a trial's rows as CSV text: the header, and two invented rows an arm that are valid.

    Examples:
        >>> from longtake.domain.trials.arms import Arm, Metric
        >>> one = Trial("t1", "lights", "Which?", "any_look", (Arm("A"), Arm("B")), (Metric("finish"),),
        ...             "viewer", "us", 4000, 0.03)
        >>> print(template(one).splitlines()[:2])
        ['arm,day,units,finish', 'A,2026-01-08,1000,50']
    """
    columns = [c for c in columns_of(trial) if c.name != "place" or c.required]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(column.name for column in columns)
    names = [arm.name for arm in trial.arms] if not trial.by_place else list(trial.places[:1] or ["重庆"])
    for name in names:
        for day in range(2):
            own = {"arm": name, "place": name, "day": (FIRST + timedelta(days=day)).isoformat()}
            if trial.design == "matched_slots":
                own["place"] = f"slot-{day + 1}"
            writer.writerow(own.get(column.name, column.example) for column in columns)
    return text.getvalue()
