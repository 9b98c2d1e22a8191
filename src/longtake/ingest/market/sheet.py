"""Tables of box office: one reader, and the columns of each product as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from longtake.domain.receipt import Item
from longtake.ingest.cells import Unfit, needed, require, strangers
from longtake.ingest.formats.table import table, wrong_width
from longtake.ingest.head import Head
from longtake.ingest.market.figures import Cell, Parse, amount, box_office, percent, ratio, wan
from longtake.ingest.observed import BEIJING, day_in, instant, observed
from longtake.ingest.reader import Context

_FORMS = frozenset({"csv", "xlsx", "xls"})
ALL_FILMS = "*"
"""Title of the figures of one cinema over all its films."""


@dataclass(frozen=True, slots=True)
class SheetReader:
    """Reads a table of takings, one film or cinema a row.

    Attributes:
        name: As in :class:`~longtake.ingest.reader.Reader`.
        about: As in :class:`~longtake.ingest.reader.Reader`.
        columns: Header to field of BoxOffice and how its cells are parsed.
        required: Headers without which the table is another product's.
        film: Header of the title; empty when rows are cinemas.
        cinema: Header of the cinema; empty when rows are films.
        released: Header of the day of release; empty when there is none.
        ignored: Headers known and not kept.
        dated_by_name: Whether a day in the file name is the day of the figures rather than of the export.
    """

    name: str
    about: str
    columns: Mapping[str, tuple[str, Parse]]
    required: frozenset[str]
    film: str = ""
    cinema: str = ""
    released: str = ""
    ignored: frozenset[str] = field(default_factory=frozenset)
    dated_by_name: bool = False

    def sniff(self, head: Head, path: Path) -> float:  # noqa: ARG002 -- by content, never by name
        """Return how sure it is that the head is this product's, in [0, 1]."""
        return 0.95 if head.form in _FORMS and self.required <= set(head.columns) else 0.0

    def read(self, path: Path, context: Context) -> Iterator[Item]:
        """Yield one BoxOffice or one refusal a row, in file order.

        Raises:
            UnreadableFileError: The file is damaged, or has no column of titles.
        """
        headers = context.head.columns
        require(path, headers, (self.film, self.cinema))
        named = {*self.columns, self.film, self.cinema, self.released}
        yield from strangers(headers, named | self.ignored)
        at = {header: place for place, header in reversed(list(enumerate(headers))) if header in named}
        moment = observed(context)
        day = (day_in(context.name) if self.dated_by_name else None) or (
            moment.low.astimezone(BEIJING).date() if moment.low else None
        )
        taken = instant(moment)
        for line, cells in table(path, context.head):
            if len(cells) != len(headers):
                yield wrong_width(line, cells, len(headers))
                continue
            fields: dict[str, tuple[str, Cell, Parse]] = {
                name: (header, cells[at[header]], parse)
                for header, (name, parse) in self.columns.items()
                if header in at
            }
            try:
                yield box_office(
                    fields,
                    needed(cells[at[self.film]], self.film, "a title") if self.film else ALL_FILMS,
                    line,
                    day=day,
                    taken=taken,
                    cinema=needed(cells[at[self.cinema]], self.cinema, "a cinema") if self.cinema else None,
                    released=cells[at[self.released]] if self.released in at else "",
                )
            except Unfit as unfit:
                yield unfit.refused(line)


MAOYAN_SHEET = SheetReader(
    "maoyan-sheet",
    "Maoyan's box-office list copied into nine columns (电影名称, 综合票房 in 万, ...).",
    {
        "总票房": ("cumulative_cny", amount),
        "综合票房": ("gross_cny", wan),
        "票房占比": ("gross_share", ratio),
        "排片场次": ("showings", amount),
        "排片占比": ("screening_share", ratio),
        "场均人次": ("admissions_per_showing", amount),
        "上座率": ("occupancy_rate", ratio),
    },
    frozenset({"电影名称", "综合票房", "场均人次", "上座率"}),
    film="电影名称",
    released="上映天数",
)
ENDATA_REALTIME = SheetReader(
    "endata-realtime",
    "EntGroup's takings of the running day, saved from akshare's movie_boxoffice_realtime (万).",
    {
        "实时票房": ("gross_cny", wan),
        "票房占比": ("gross_share", percent),
        "累计票房": ("cumulative_cny", wan),
    },
    frozenset({"影片名称", "实时票房"}),
    film="影片名称",
    released="上映天数",
    ignored=frozenset({"排序", "Unnamed: 0"}),
)
ENDATA_DAILY = SheetReader(
    "endata-daily",
    "EntGroup's takings of one day, saved from akshare's movie_boxoffice_daily (万).",
    {
        "单日票房": ("gross_cny", wan),
        "累计票房": ("cumulative_cny", wan),
        "平均票价": ("price_cny", amount),
        "场均人次": ("admissions_per_showing", amount),
    },
    frozenset({"影片名称", "单日票房", "平均票价"}),
    film="影片名称",
    released="上映天数",
    ignored=frozenset({"排序", "环比变化", "口碑指数", "Unnamed: 0"}),
    dated_by_name=True,
)
ENDATA_CINEMA = SheetReader(
    "endata-cinema",
    "EntGroup's takings of cinemas on one day, saved from akshare's movie_boxoffice_cinema_daily (yuan).",
    {
        "单日票房": ("gross_cny", amount),
        "单日场次": ("showings", amount),
        "场均人次": ("admissions_per_showing", amount),
        "场均票价": ("price_cny", amount),
        "上座率": ("occupancy_rate", percent),
    },
    frozenset({"影院名称", "单日票房", "单日场次"}),
    cinema="影院名称",
    ignored=frozenset({"排序", "Unnamed: 0"}),
    dated_by_name=True,
)
