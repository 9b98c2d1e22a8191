import base64
import hashlib
import json
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

import pytest

from longtake.domain.answers.report import Report, Section, Sentence
from longtake.render import page
from render.sample_report import FIGURES, HOSTILE, START, sample_report


class Reader(HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.scripts, self.styles, self.policy, self._in = [], [], [], "", ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._in = tag
        if tag in ("script", "style"):
            (self.scripts if tag == "script" else self.styles).append([dict(attrs), ""])
        if tag == "meta" and dict(attrs).get("http-equiv") == "Content-Security-Policy":
            self.policy = dict(attrs)["content"]

    def handle_endtag(self, tag):
        self._in = ""

    def handle_data(self, data):
        if self._in in ("script", "style"):
            (self.scripts if self._in == "script" else self.styles)[-1][1] += data


@cache
def whole(lang):
    return page(sample_report(), lang)


def undrawn(**changed):
    """The sample report without its pictures, which take the most of the time a page takes."""
    report = sample_report()
    sections = tuple(replace(section, charts=()) for section in report.sections)
    return replace(report, sections=sections, **changed)


@pytest.fixture(scope="module", params=["zh", "en"])
def made(request):
    return whole(request.param)


@pytest.fixture(scope="module")
def read(made):
    return Reader(made.decode())


def test_the_page_is_light_enough(made):
    assert len(made) < 2_500_000


def test_the_same_report_gives_the_same_bytes():
    assert page(sample_report(), "zh") == whole("zh")


def test_nothing_in_it_asks_for_anything(read):
    outside = [
        (tag, attrs)
        for tag, attrs in read.tags
        for name in ("src", "href", "action", "srcset", "poster", "data", "xlink:href")
        if attrs.get(name) and not attrs[name].startswith(("#", "data:"))
    ]
    assert outside == []
    assert all("url(" not in style.replace("url(#", "") for _, style in read.styles)


def test_the_policy_allows_exactly_its_own_scripts_and_style(read):
    def of(text):
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    code = [text for attrs, text in read.scripts if attrs.get("type") == "module"]
    rules = dict(rule.strip().split(" ", 1) for rule in read.policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"].split() == [of(text) for text in code]
    assert rules["style-src"].split() == [of(text) for _, text in read.styles]
    assert "unsafe" not in read.policy
    assert len(read.scripts) == 3


def test_hostile_text_makes_no_tag_no_handler_and_no_style(read):
    assert {tag for tag, _ in read.tags} & {"img", "iframe", "object", "embed", "form", "base"} == set()
    names = {name for _, attrs in read.tags for name in attrs}
    assert [name for name in names if name.startswith("on") or name == "style"] == []


def test_data_blocks_cannot_end_early(read):
    data = next(text for attrs, text in read.scripts if attrs.get("id") == "charts")
    assert "<" not in data
    assert json.loads(data)["charts"].keys() == {
        chart.id for section in sample_report().sections for chart in section.charts
    }


def test_direction_overrides_never_reach_the_page_bare(made):
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", made.decode())


def test_every_id_is_unique_and_every_inner_link_resolves(read):
    ids = [attrs["id"] for _, attrs in read.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    targets = {attrs["href"][1:] for tag, attrs in read.tags if tag == "a" and attrs["href"].startswith("#")}
    assert targets - set(ids) == set()


def test_every_figure_has_rows_a_table_row_and_an_explanation(read):
    ids = {attrs["id"] for _, attrs in read.tags if "id" in attrs}
    for kind in ("rows-", "number-", "about-", "export-"):
        assert len([name for name in ids if name.startswith(kind + "houtai-")]) == len(FIGURES)


def test_every_chart_has_two_pictures_a_table_and_an_export(made):
    text = made.decode()
    charts = [chart for section in sample_report().sections for chart in section.charts]
    assert text.count('class="still wide"') == text.count('class="still narrow"') == len(charts)
    for chart in charts:
        assert f'download="houtai-{chart.id}.csv"' in text
        assert f'id="table-{chart.id}"' in text


def test_language_landmarks_and_captions(made, read):
    tags = [tag for tag, _ in read.tags]
    assert tags.count("h1") == tags.count("main") == 1
    assert next(attrs for tag, attrs in read.tags if tag == "html")["lang"] in {"zh-Hans", "en"}
    assert tags.count("table") == tags.count("caption")
    assert all("scope" in attrs for tag, attrs in read.tags if tag == "th")


def test_a_wide_table_is_cut_and_says_so(made):
    assert re.search(r"864[^<]{0,30}240", made.decode())


def test_unknown_is_said_in_words_and_never_as_zero():
    text = whole("zh").decode()
    cell = text[text.index("榜上热度") :] if "榜上热度" in text else text
    assert "说不准" in cell


def test_a_report_of_almost_nothing_is_still_a_page():
    said, sections = (Sentence("no_comments"),), (Section("heat", ()),)
    report = Report("x", "《空》", "short", None, False, said, (), sections, (), {})
    text = page(report, "zh").decode()
    assert "<h1><bdi>《空》</bdi></h1>" in text
    assert "还没有" in text


def test_a_sentence_nobody_wrote_is_refused():
    with pytest.raises(KeyError, match=r"say\.nothing_of_the_kind"):
        page(undrawn(lead=(Sentence("nothing_of_the_kind"),)), "zh")


def test_the_sample_says_so_once_in_its_first_line():
    lead = (Sentence("sample_first_line"), *sample_report().lead)
    text = page(undrawn(lead=lead), "en").decode()
    assert text.count("invented") == 1
    assert text.index("invented") < text.index("<h1>")


def test_hostile_names_are_shown_as_written(made):
    text = made.decode()
    assert HOSTILE[0] not in text
    assert "&lt;script&gt;window.hacked=1&lt;/script&gt;" in text
    assert START.year == 2031
