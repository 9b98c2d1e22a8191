"""The report as one page that needs no network."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

import jinja2
import vl_convert
from markupsafe import Markup

from longtake.domain.answers.report import Report, Table
from longtake.locale import catalogue
from longtake.render.pictures import Drawn, drawn
from longtake.render.tables import csv_table
from longtake.render.view import MOST_REFUSED, View
from longtake.render.wording import Wording

POLICY = (
    "default-src 'none'; script-src {scripts}; style-src {styles}; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)


def page(report: Report, lang: str) -> bytes:
    """Return the report as one HTML file.

    Charts stand in it as pictures, which live ones replace where scripts run; every figure opens its rows
    with or without scripts. The page's policy allows nothing but its own two scripts and its own style sheet.

    Args:
        report: The page.
        lang: zh or en.

    Returns:
        UTF-8 HTML; the same bytes for the same report.

    Raises:
        KeyError: The catalogue lacks a message the report names.
        ValueError: There is no such language, or the report contradicts itself.
    """
    wording = Wording(catalogue(lang), report.zone)
    pictures = drawn(report, wording)
    bundle, style = _bundle(), _asset("page.css")
    script = _asset("drawing.js") + _asset("page.js")
    html = (
        _templates()
        .get_template("page.html.j2")
        .render(
            view=View(report, wording),
            most_refused=MOST_REFUSED,
            report=report,
            say=wording.catalogue.say,
            wording=wording,
            pictures=pictures,
            policy=POLICY.format(scripts=f"{_hash(bundle)} {_hash(script)}", styles=_hash(style)),
            charts_json=json_block(_live(pictures, wording)),
            bundle=Markup(bundle),  # noqa: S704 -- ours
            script=Markup(script),  # noqa: S704 -- ours
            style=Markup(style),  # noqa: S704 -- ours
        )
    )
    return html.encode()


def json_block(value: object) -> Markup:
    r"""Return JSON that cannot end the script element it stands in.

    Examples:
        >>> json_block({"a": "</script>"})
        Markup('{"a":"\\u003c/script\\u003e"}')
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)  # noqa: S704 -- escaped above


def data_link(table: Table) -> str:
    """Return a table as the address of a CSV file that stands in the page itself."""
    text = base64.b64encode(csv_table(table).encode("utf-8-sig")).decode()
    return f"data:text/csv;charset=utf-8;base64,{text}"


def _live(pictures: Mapping[str, Drawn], wording: Wording) -> dict[str, object]:
    locale: Literal["zh-CN", "en-US"] = "zh-CN" if wording.catalogue.lang == "zh" else "en-US"
    return {
        "charts": {name: picture.live for name, picture in pictures.items()},
        "format": vl_convert.get_format_locale(locale),
        "time": vl_convert.get_time_format_locale(locale),
    }


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _bundle() -> str:
    # The stub of javascript_bundle forgets that its snippet has a default.
    text: str = vl_convert.javascript_bundle()  # type: ignore[call-arg]
    if "</script" in text.lower() or "<!--" in text or "\r" in text:
        raise ValueError("the chart library cannot stand inside a page")
    return text


def _asset(name: str) -> str:
    return (files("longtake.render") / "assets" / name).read_text(encoding="utf-8")


@cache
def _templates() -> jinja2.Environment:
    env = jinja2.Environment(
        loader=jinja2.PackageLoader("longtake.render", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["csv_link"] = data_link
    return env
