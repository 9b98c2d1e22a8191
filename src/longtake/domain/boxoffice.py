"""What a film took on one day, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class BoxOffice:
    """Takings and supply of one film on one day, identified by film, date, city, cinema and basis.

    Attributes:
        film: Title as the source writes it.
        source_line: 1-based line or record number in the source file.
        date: Calendar day at the place of screening; None when the file does not tell.
        city: None for a national figure.
        cinema: None above cinema level.
        basis: "gross" with service fees (综合票房), "net" without (分账票房).
        gross_cny: Takings of the day, yuan.
        cumulative_cny: Takings since release, yuan.
        admissions: Tickets of the day.
        showings: Screenings of the day (场次).
        seats: Seats offered.
        occupancy_rate: Seats sold of seats offered, in [0, 1] (上座率).
        screening_share: Share of all showings, in [0, 1] (排片占比).
        gross_share: Share of all takings, in [0, 1] (票房占比).
        admissions_per_showing: Mean tickets a showing (场均人次).
        price_cny: Mean ticket price, yuan.
        release_day: 1 on the day of release; None when unknown or in previews.
        preview: True in previews (点映).
        observed_at: When the number was read off the source, aware UTC.
    """

    film: str
    source_line: int
    date: date | None = None
    city: str | None = None
    cinema: str | None = None
    basis: str = "gross"
    gross_cny: float | None = None
    cumulative_cny: float | None = None
    admissions: float | None = None
    showings: float | None = None
    seats: float | None = None
    occupancy_rate: float | None = None
    screening_share: float | None = None
    gross_share: float | None = None
    admissions_per_showing: float | None = None
    price_cny: float | None = None
    release_day: int | None = None
    preview: bool | None = None
    observed_at: datetime | None = None
