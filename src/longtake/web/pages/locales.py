"""How charts that live in a browser write numbers and times."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

import vl_convert


@cache
def chart_locale(lang: str) -> dict[str, Any]:
    """Return Vega's number and time formats of a language."""
    tag: Literal["zh-CN", "en-US"] = "zh-CN" if lang == "zh" else "en-US"
    return {"format": vl_convert.get_format_locale(tag), "time": vl_convert.get_time_format_locale(tag)}
