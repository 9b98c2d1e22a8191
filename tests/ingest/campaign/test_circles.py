from __future__ import annotations

import pytest

from longtake.domain.campaign import Circle
from longtake.errors import CampaignFileError
from longtake.ingest.campaign.file import parse

FILE = """[campaign]
name = "两岸灯"

[[circle]]
name = "影迷"
accounts = ["weibo:1001", " 甲 "]
ticket_buyers = true
planned_share = {share}
"""


def test_accounts_ticket_buyers_and_a_planned_share_are_read():
    found = parse(FILE.format(share=0.3))
    assert found.circles == (
        Circle("影迷", accounts=("weibo:1001", "甲"), ticket_buyers=True, planned_share=0.3),
    )
    assert found.unknown_keys == ()


@pytest.mark.parametrize("share", ["1.5", "-0.1", '"一半"', "true"])
def test_a_share_that_is_none_is_refused_with_its_key(share):
    with pytest.raises(CampaignFileError, match=r"circle\.1\.planned_share"):
        parse(FILE.format(share=share))
