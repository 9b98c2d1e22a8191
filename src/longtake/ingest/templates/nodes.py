"""Template of nodes: what the campaign puts before people."""

from __future__ import annotations

from collections.abc import Mapping

from longtake.domain.node import Node
from longtake.domain.receipt import Refused, Row
from longtake.ingest.cells import Unfit, fit, needed
from longtake.ingest.observed import instant, observed
from longtake.ingest.reader import Context
from longtake.ingest.templates.columns import Column
from longtake.ingest.templates.engine import TemplateReader
from longtake.ingest.templates.words import ENTRIES, NODES, PLATFORMS, term
from longtake.ingest.values.moment import moment
from longtake.ingest.values.text import clean

COLUMNS = (
    Column("id", "Your own short name of it", "unique in the campaign", "trailer-a", ("编号", "节点"),
           required=True),
    Column("kind", "What it is",
           "trailer, poster, interview, behind_the_scenes, kol_brief, challenge, screening, official_post",
           "trailer", ("类型",), required=True),
    Column("at", "When it went out", "time, Beijing unless an offset stands there", "2024-05-18 12:00",
           ("时间", "发布时间", "日期")),
    Column("platform", "Where it went out", "weibo, douyin, ...", "douyin", ("平台",)),
    Column("title", "Its name", "", "预告A", ("标题", "名称")),
    Column("text", "Its copy", "", "有些信寄出去就没有回音", ("文案", "内容", "正文")),
    Column("file", "Its file, relative to the campaign folder", "", "trailer-a.srt", ("文件",)),
    Column("entry", "How people can take part", "vote, template, challenge, cta or none", "vote",
           ("入口", "参与入口")),
    Column("owner", "Who answers for it", "", "宣发组", ("负责人", "责任人")),
)  # fmt: skip
_ENTRIES = frozenset(ENTRIES.values())


def build_node(fields: Mapping[str, str], line: int, context: Context) -> list[Row] | Refused:
    """Return one Node, or why the record is refused.

    Args:
        fields: Cells by column name; optional columns may be missing.
        line: 1-based line in the source file.
        context: The file's context.
    """
    try:
        return [_node(fields, line, context)]
    except Unfit as unfit:
        return unfit.refused(line)


def _node(fields: Mapping[str, str], line: int, context: Context) -> Node:
    get = fields.get
    taken = instant(observed(context))
    entry = term(ENTRIES, get("entry", "")) or None
    if entry is not None and entry not in _ENTRIES:
        raise Unfit("entry", get("entry", ""), "vote, template, challenge, cta or none")
    return Node(
        needed(get("id", ""), "id", "a short name of the node"),
        term(NODES, needed(get("kind", ""), "kind", "trailer, poster, interview, ...")),
        line,
        at=fit(lambda raw: moment(raw, observed_at=taken), get("at", ""), "at").low,
        platform=term(PLATFORMS, get("platform", "")) or None,
        title=clean(get("title", "")) or None,
        text=clean(get("text", "")) or None,
        file=get("file", "").strip() or None,
        entry=entry,
        owner=clean(get("owner", "")) or None,
    )


READER = TemplateReader(
    "longtake-nodes", "Longtake's template of nodes: `longtake template nodes`.", COLUMNS, build_node
)
