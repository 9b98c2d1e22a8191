"""Template of box office: takings and supply by day and city."""

from __future__ import annotations

from collections.abc import Mapping

from longtake.domain.boxoffice import BoxOffice
from longtake.domain.receipt import Refused, Row
from longtake.domain.timed.moment import Precision
from longtake.ingest.cells import Unfit, fit, needed
from longtake.ingest.observed import BEIJING, instant, observed
from longtake.ingest.reader import Context
from longtake.ingest.templates.columns import Column
from longtake.ingest.templates.engine import TemplateReader
from longtake.ingest.values.moment import moment
from longtake.ingest.values.number import number
from longtake.ingest.values.text import clean

COLUMNS = (
    Column("date", "Calendar day of the screenings", "day", "2024-05-20", ("日期", "day"), required=True),
    Column("city", "City; empty for the whole country", "", "重庆", ("城市",)),
    Column("gross_cny", "Takings of the day with service fees", "yuan; 512.5万 allowed", "1280000",
           ("票房", "当日票房", "单日票房", "综合票房", "gross"), required=True),
    Column("admissions", "Tickets of the day", "persons", "32000", ("人次", "观影人次", "出票")),
    Column("showings", "Screenings of the day", "screenings", "1800", ("场次", "排片场次")),
    Column("seats", "Seats offered", "seats", "214000", ("座位", "座位数", "排座")),
    Column("film", "Title; empty for the campaign's own film", "", "山谷来信", ("影片", "电影", "片名")),
)  # fmt: skip
_NUMBERS = ("gross_cny", "admissions", "showings", "seats")


def build_boxoffice(fields: Mapping[str, str], line: int, context: Context) -> list[Row] | Refused:
    """Return one BoxOffice with basis "gross", or why the record is refused.

    Args:
        fields: Cells by column name; optional columns may be missing.
        line: 1-based line in the source file.
        context: The file's context.
    """
    try:
        return [_boxoffice(fields, line, context)]
    except Unfit as unfit:
        return unfit.refused(line)


def _boxoffice(fields: Mapping[str, str], line: int, context: Context) -> BoxOffice:
    get = fields.get
    taken = instant(observed(context))
    raw = needed(get("date", ""), "date", "a day such as 2024-05-20")
    when = fit(lambda text: moment(text, observed_at=taken), raw, "date")
    if when.low is None or when.precision in {Precision.INTERVAL, Precision.UNKNOWN}:
        raise Unfit("date", raw, "a day such as 2024-05-20")
    found: dict[str, float | None] = {}
    for column in _NUMBERS:
        value = fit(number, get(column, ""), column).value
        if value is not None and value < 0:
            raise Unfit(column, get(column, ""), "a number not below zero")
        found[column] = value
    if all(value is None for value in found.values()):
        raise Unfit("*", "", "at least one of gross_cny, admissions, showings and seats")
    seats, sold = found["seats"], found["admissions"]
    if seats is not None and sold is not None and sold > seats:
        raise Unfit("admissions", get("admissions", ""), "no more tickets than seats")
    return BoxOffice(
        clean(get("film", "")), line, date=when.low.astimezone(BEIJING).date(),
        city=clean(get("city", "")) or None,
        gross_cny=found["gross_cny"], admissions=sold, showings=found["showings"], seats=seats,
        occupancy_rate=sold / seats if seats and sold is not None else None, observed_at=taken,
    )  # fmt: skip


READER = TemplateReader(
    "longtake-boxoffice", "Longtake's template of box office: `longtake template boxoffice`.", COLUMNS,
    build_boxoffice,
)  # fmt: skip
