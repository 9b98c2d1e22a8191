import json
from pathlib import Path

import pytest

from longtake.ingest.social import READERS

SEEDS = Path(__file__).parents[2] / "contracts" / "seeds"
SECRETS = {
    "user_id": "1700009999",
    "creator_hash": "deadbeefdeadbeef",
    "user_link": "https://home.example/secret-home",
    "nickname": "昵称不应出现",
    "user_nickname": "昵称不应出现二",
    "avatar": "https://img.example/secret-face.jpg",
    "user_avatar": "https://img.example/secret-face2.jpg",
    "sign": "签名不应出现",
    "user_signature": "签名不应出现二",
    "sex": "性别不应出现",
    "gender": "性别不应出现二",
    "profile_url": "https://home.example/secret-profile",
    "sec_uid": "MS4wsecret",
    "short_user_id": "4242424242",
    "user_unique_id": "secretname",
    "user_url_token": "secret-token",
    "用户昵称": "昵称不应出现三",
    "screen_name": "昵称不应出现四",
    "uname": "昵称不应出现五",
    "mid": "3900009999",
    "description": "简介不应出现",
    "profile_image_url": "https://img.example/secret-face3.jpg",
}


def spiked(value):
    """Return a JSON value with every personal field replaced by a secret."""
    if isinstance(value, list):
        return [spiked(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {key: SECRETS.get(key, spiked(one)) for key, one in value.items()}


@pytest.mark.parametrize("name", sorted(reader.name for reader in READERS))
def test_no_personal_string_reaches_a_row_a_refusal_or_a_notice(desk, name):
    (seed,) = (path for path in SEEDS.iterdir() if path.stem == name)
    text = seed.read_text("utf-8-sig")
    if seed.suffix == ".csv":
        header, *lines = text.splitlines()
        columns = header.split(",")
        found = desk.table(
            seed.name,
            header,
            *([SECRETS.get(c, "1") for c in columns] for _ in lines),
            [SECRETS.get(c, "1") for c in columns][:-1],
            [SECRETS.get(c, "很多") for c in columns],
        )
    elif seed.suffix == ".jsonl":
        found = desk.lines(seed.name, *(spiked(json.loads(line)) for line in text.splitlines()))
    else:
        found = desk.document(seed.name, spiked(json.loads(text)))
    assert found
    said = repr(found)
    assert [secret for secret in SECRETS.values() if secret in said] == []


def test_the_same_person_has_one_pseudonym_on_a_platform_and_another_elsewhere(desk, hide):
    weibo = desk.lines(
        "a.jsonl",
        {
            "created_at": "",
            "text": "",
            "id": "1",
            "user": {"id": 7},
            "attitudes_count": 0,
            "reposts_count": 0,
        },
    )
    bilibili = desk.lines("b.jsonl", {"rpid": 1, "oid": 2, "mid": 7, "content": {"message": "x"}, "ctime": 0})
    assert (weibo[0].author, bilibili[0].author) == (hide("weibo", "7"), hide("bilibili", "7"))
    assert weibo[0].author != bilibili[0].author
