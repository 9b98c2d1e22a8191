"""YouTube Studio's table of videos: columns as data."""

from __future__ import annotations

from longtake.ingest.backoffice.metrics import loops, mean_length, net, percentage, total, total_hours
from longtake.ingest.backoffice.works import WorksReader

YOUTUBE = WorksReader(
    "youtube-studio",
    "YouTube Studio, advanced mode: Table data.csv of an export.",
    "youtube",
    "Video title",
    "Video publish time",
    {
        "Views": total("plays"),
        "Engaged views": total("engaged_plays"),
        "Watch time (hours)": total_hours("watch_seconds_total"),
        "Subscribers": net("followers_gained"),
        "Impressions": total("impressions"),
        "Impressions click-through rate (%)": percentage("cover_click_rate"),
        "Average view duration": mean_length("watch_seconds"),
        "Average percentage viewed (%)": loops("watched_share"),
        "Likes": total("likes"),
        "Dislikes": total("dislikes"),
        "Comments added": total("comments"),
        "Shares": total("shares"),
        "Unique viewers": total("viewers"),
    },
    frozenset({"Content", "Video title", "Video publish time"}),
    ident="Content",
    ignored=frozenset({"Duration"}),
    summary="Total",
)
