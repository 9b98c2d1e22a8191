"""Blank templates: a header and two invented rows that show the form."""

from __future__ import annotations

import csv
import io

from longtake.errors import NotFoundError
from longtake.ingest.templates import boxoffice, comments, counts, events, nodes, referrals
from longtake.ingest.templates.columns import Column

KINDS: dict[str, tuple[Column, ...]] = {
    "boxoffice": boxoffice.COLUMNS,
    "comments": comments.COLUMNS,
    "counts": counts.COLUMNS,
    "events": events.COLUMNS,
    "nodes": nodes.COLUMNS,
    "referrals": referrals.COLUMNS,
}
_SECOND: dict[str, dict[str, str]] = {
    "boxoffice": {"date": "2024-05-21", "city": "", "gross_cny": "512.5万", "admissions": "", "seats": ""},
    "comments": {"id": "", "platform": "猫眼", "at": "2024-05-21", "author": "乙", "text": "节奏有点慢",
                 "likes": "1.2万", "rating": "3", "region": "南京", "verified": "否"},
    "counts": {"at": "2024-05-20 19:00", "subject": "预告A", "platform": "抖音", "metric": "播放量",
               "value": "32.8w", "kind": "增量"},
    "events": {"kind": "点映", "start": "2024-05-25 19:30", "end": "", "platform": "", "city": "合肥",
               "cost_cny": "0", "followers": "", "note": "映后见面"},
    "nodes": {"id": "poster-1", "kind": "海报", "at": "2024-05-19", "platform": "微博", "title": "主海报",
              "text": "", "file": "", "entry": "无", "owner": ""},
    "referrals": {"code": "M3ZT", "person": "u1002", "inviter_code": "K7QF", "inviter": "u1001",
                  "used_at": "2024-05-21", "channel": "映后", "arm": "B"},
}  # fmt: skip


def blank(kind: str) -> str:
    """Return a template as CSV text: the header and two invented rows that are valid.

    Args:
        kind: boxoffice, comments, counts, events, nodes or referrals.

    Raises:
        NotFoundError: There is no such template.

    Examples:
        >>> blank("events").splitlines()[0]
        'kind,start,end,platform,city,cost_cny,followers,note'
    """
    columns = KINDS.get(kind)
    if columns is None:
        raise NotFoundError("template", kind, known=tuple(KINDS))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(column.name for column in columns)
    writer.writerow(column.example for column in columns)
    writer.writerow(_SECOND[kind].get(column.name, column.example) for column in columns)
    return text.getvalue()
