import csv
import io
import json
import re
import tomllib
from xml.etree import ElementTree as ET

import pytest

from longtake.simulate.campaign import feature_campaign, short_campaign
from longtake.simulate.exports import exports, samples


@pytest.fixture(scope="module")
def short():
    return short_campaign()


@pytest.fixture(scope="module")
def files(short):
    return exports(short)


def rows(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_same_bytes_twice(files):
    assert exports(short_campaign()) == files
    assert list(files) == sorted(files)


def test_each_comment_stands_in_exactly_one_file(short, files):
    texts = [r["微博正文"] for r in rows(files["weibo/search.csv"])]
    texts += [r["content"] for r in rows(files["weibo/csv/search_comments_2026-01-26.csv"])]
    texts += [r["content"] for r in rows(files["bilibili/csv/search_comments_2026-01-26.csv"])]
    for name in (
        "douyin/jsonl/search_comments_2026-01-26.jsonl",
        "xhs/jsonl/search_comments_2026-01-26.jsonl",
    ):
        texts += [json.loads(line)["content"] for line in files[name].decode().splitlines()]
    texts += [d.text for d in ET.fromstring(files["bilibili/danmaku.xml"]).iter("d")]
    texts += re.findall(r'<span class="short">(.*?)</span>', files["douban/comments.html"].decode())
    assert sorted(texts) == sorted(c.text for c in short.comments)


def test_each_event_stands_in_exactly_one_file(short, files):
    toml = tomllib.loads(files["campaign.toml"].decode())
    kinds = [e["kind"] for e in toml["event"]] + [r["kind"] for r in rows(files["events.csv"])]
    assert sorted(kinds) == sorted(e.kind for e in short.campaign.events)


def test_the_campaign_file_says_what_the_campaign_is(short, files):
    toml = tomllib.loads(files["campaign.toml"].decode())
    assert toml["campaign"]["release_at"] == short.campaign.release_at
    assert toml["campaign"]["sample"] is True
    assert [n["id"] for n in toml["node"]] == [n.node_id for n in short.campaign.nodes]
    assert {n["file"] for n in toml["node"] if "file" in n} | {toml["film"]["subtitles"]} <= set(files)
    assert set(toml) == {"campaign", "film", "card", "brand", "claim", "node", "event", "circle"}
    assert toml["card"]["key_words"] == list(short.campaign.story.key_words)


def test_column_counts_and_list_shape(short, files):
    assert len(files["weibo/search.csv"].decode("utf-8-sig").splitlines()[0].split(",")) == 21
    assert len(rows(files["counts.csv"])) == len(short.observations)
    lists = {name: content for name, content in files.items() if name.startswith("hotlist/")}
    assert len(lists) == len(short.hotlist)
    first = json.loads(next(iter(lists.values())))
    assert set(first[0]) == {"title", "category", "description", "url", "hot", "ads"}
    assert files["film.srt"].decode().startswith("1\n00:00:04,000 --> 00:00:07,000\n")


def test_the_feature_has_its_box_office_and_reviews():
    sample = feature_campaign()
    files = exports(sample)
    office = rows(files["boxoffice.csv"])
    assert sum(int(r["gross_cny"]) for r in office) == sample.truth["gross_cny"]
    assert len(json.loads(files["maoyan/comments.json"])["cmts"]) == 800
    assert not any(name.startswith("hotlist/") for name in files)


def test_samples_are_named_by_campaign():
    assert list(samples()) == ["lamplight", "ferry"]
