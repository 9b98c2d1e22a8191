"""How attention rises, lasts and slides: pure mathematics on even time grids.

The names below are the public interface; each is imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from longtake.heat.boxoffice.final import final_gross
    from longtake.heat.decomposition.decompose import Decomposition, decompose
    from longtake.heat.decomposition.reproduction import Reproduction, reproduction_number
    from longtake.heat.forecasting.backtest import Backtest, backtest
    from longtake.heat.forecasting.forecast import Forecast, forecast
    from longtake.heat.slump.detect import Slump, detect_slump

_HOMES = {
    "Decomposition": "decomposition.decompose",
    "decompose": "decomposition.decompose",
    "Reproduction": "decomposition.reproduction",
    "reproduction_number": "decomposition.reproduction",
    "Backtest": "forecasting.backtest",
    "backtest": "forecasting.backtest",
    "Forecast": "forecasting.forecast",
    "forecast": "forecasting.forecast",
    "final_gross": "boxoffice.final",
    "Slump": "slump.detect",
    "detect_slump": "slump.detect",
}

__all__ = [
    "Backtest",
    "Decomposition",
    "Forecast",
    "Reproduction",
    "Slump",
    "backtest",
    "decompose",
    "detect_slump",
    "final_gross",
    "forecast",
    "reproduction_number",
]


def __getattr__(name: str) -> Any:
    """Import a public name from where it lives."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
