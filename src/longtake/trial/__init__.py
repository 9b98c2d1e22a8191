"""What a trial says, how surely, and when it may be asked: pure mathematics on counts and sums.

The names below are the public interface; each is imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from longtake.trial.balance.gate import Balance, gated
    from longtake.trial.bandit.batch import Step, next_batch
    from longtake.trial.bayesian.best import Best, best
    from longtake.trial.bayesian.posterior import Posterior, posterior
    from longtake.trial.frequentist.power import Design, detectable, power, sample_size
    from longtake.trial.frequentist.proportions import proportions
    from longtake.trial.frequentist.welch import difference, uplift
    from longtake.trial.multiplicity.shrinkage import shrunken
    from longtake.trial.sequential.asymptotic import planned_sequence
    from longtake.trial.sequential.boundaries import boundaries
    from longtake.trial.sequential.split import split_test

_HOMES = {
    "Balance": "balance.gate",
    "gated": "balance.gate",
    "Step": "bandit.batch",
    "next_batch": "bandit.batch",
    "Best": "bayesian.best",
    "best": "bayesian.best",
    "Posterior": "bayesian.posterior",
    "posterior": "bayesian.posterior",
    "Design": "frequentist.power",
    "detectable": "frequentist.power",
    "power": "frequentist.power",
    "sample_size": "frequentist.power",
    "proportions": "frequentist.proportions",
    "difference": "frequentist.welch",
    "uplift": "frequentist.welch",
    "shrunken": "multiplicity.shrinkage",
    "planned_sequence": "sequential.asymptotic",
    "boundaries": "sequential.boundaries",
    "split_test": "sequential.split",
}

__all__ = [
    "Balance",
    "Best",
    "Design",
    "Posterior",
    "Step",
    "best",
    "boundaries",
    "detectable",
    "difference",
    "gated",
    "next_batch",
    "planned_sequence",
    "posterior",
    "power",
    "proportions",
    "sample_size",
    "shrunken",
    "split_test",
    "uplift",
]


def __getattr__(name: str) -> Any:
    """Import a public name from where it lives."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
