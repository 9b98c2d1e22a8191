"""Template of referrals: invitation codes, who used them and through whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from longtake.domain.receipt import Refused, Row
from longtake.domain.referral import Referral
from longtake.domain.timed.moment import Precision
from longtake.ingest.cells import Unfit, fit
from longtake.ingest.head import Head
from longtake.ingest.observed import instant, observed
from longtake.ingest.reader import Context
from longtake.ingest.templates.columns import Column, plan
from longtake.ingest.templates.engine import TemplateReader
from longtake.ingest.templates.words import PLATFORMS, term
from longtake.ingest.values.moment import moment
from longtake.ingest.values.text import clean
from longtake.ingest.values.unknown import unknown

COLUMNS = (
    Column("code", "The invitation code", "kept as a keyed digest", "K7QF",
           ("邀请码", "invite_code", "二维码")),
    Column("person", "Who used it", "any id or name; kept as a keyed digest", "u1001",
           ("使用人", "被邀请人", "用户", "invitee")),
    Column("inviter_code", "Code of whoever invited", "kept as a keyed digest", "A1B2",
           ("邀请人邀请码", "上级邀请码", "来源邀请码", "parent_code", "referrer_code")),
    Column("inviter", "Whoever invited, where the file names people", "kept as a keyed digest", "u0007",
           ("邀请人", "推荐人", "referrer", "invited_by")),
    Column("used_at", "When it was used; empty when nobody took it up",
           "time, Beijing unless an offset stands there", "2024-05-20 19:30",
           ("使用时间", "核销时间", "注册时间", "redeemed_at", "joined_at"), required=True),
    Column("channel", "Where the invitation was passed on", "weibo, douyin, wechat, screening, ...", "微信群",
           ("渠道", "来源渠道")),
    Column("arm", "Arm of a trial it belonged to", "", "A", ("实验组", "分组")),
)  # fmt: skip
CODE, PERSON = "referral-code", "referral-person"
_WHO = "a code or a person"
_FROM = frozenset({"inviter", "inviter_code"})
_OWN = frozenset({"code", "person"})
_NOBODY = frozenset({"未使用", "自然", "自然流量", "organic", "unused"})
"""Words in these columns for nobody and not yet, besides those every table uses."""


def build_referral(fields: Mapping[str, str], line: int, context: Context) -> list[Row] | Refused:
    """Return one Referral, or why the record is refused.

    Args:
        fields: Cells by column name; optional columns may be missing.
        line: 1-based line in the source file.
        context: The file's context.
    """
    try:
        return [_referral(fields, line, context)]
    except Unfit as unfit:
        return unfit.refused(line)


def _referral(fields: Mapping[str, str], line: int, context: Context) -> Referral:
    get = fields.get
    code, person = _key(fields, "code", CODE, context), _key(fields, "person", PERSON, context)
    if code is None and person is None:
        raise Unfit("code", get("code", ""), _WHO)
    taken = instant(observed(context))
    raw = "" if _blank(get("used_at", "")) else get("used_at", "")
    at = fit(lambda text: moment(text, observed_at=taken), raw, "used_at")
    return Referral(
        code, person,
        _key(fields, "inviter_code", CODE, context), _key(fields, "inviter", PERSON, context), line,
        used_at=at.low, used_end=at.high, used_precision=at.precision if at.known else Precision.UNKNOWN,
        # A person in the row used the code, whether or not anybody wrote down when.
        used=bool(raw.strip()) or person is not None,
        channel=term(PLATFORMS, clean(get("channel", ""))) or None,
        arm=clean(get("arm", "")) or None,
        observed_at=taken,
    )  # fmt: skip


def _key(fields: Mapping[str, str], column: str, kind: str, context: Context) -> str | None:
    raw = clean(fields.get(column, ""))
    return None if _blank(raw) else context.pseudonym(kind, raw)


def _blank(raw: str) -> bool:
    return unknown(raw) or raw.strip().casefold() in _NOBODY


@dataclass(frozen=True, slots=True)
class ReferralsReader(TemplateReader):
    """Reads the template; one of two columns tells who came, and one of two through whom."""

    def sniff(self, head: Head, path: Path) -> float:
        """Return how sure it is that the head is this template's, in [0, 1]."""
        named = set(plan(head.columns, self.columns).values())
        # Named in full: zero-argument super() does not survive a dataclass with slots.
        return TemplateReader.sniff(self, head, path) if named & _OWN and named & _FROM else 0.0


READER = ReferralsReader(
    "longtake-referrals",
    "Longtake's template of invitations: `longtake template referrals`.",
    COLUMNS,
    build_referral,
)
