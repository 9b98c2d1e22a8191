import io
import re
import zipfile
from dataclasses import replace
from functools import cache

import docx
import pptx
import pypdf
import pytest
from docx.oxml.ns import qn

from longtake.domain.answers.report import Quote, Sentence
from longtake.locale import catalogue
from longtake.render.documents import FORMS, document
from longtake.render.documents.fonts import legible
from longtake.render.documents.stills import svgs
from longtake.render.inventory import charts, figures
from longtake.render.wording import Wording, visible
from render.documents.open_documents import (
    WORDS,
    bare,
    charts_of,
    notes_of_docx,
    parts,
    words_of_docx,
)
from render.sample_report import HOSTILE, sample_report

MARKUP = (
    '#eval("1+1")',
    '#read("/etc/passwd")',
    "$ sum_(i=1) x_i $",
    "*bold* _it_ `raw` = Heading",
    '@ref <label> \\ #import "@preview/x:0.1.0": *',
    "]#panic()[",
    "</w:t></w:r><w:r><w:t>x",
    "&lt;a:t&gt;&amp;",
)
STEPS = ("重剪预告：先让人看见父亲。", "=cmd|' /C calc'!A0")


def hostile_report():
    """The sample report with markup of every format in a name, a quote and a mark."""
    report = sample_report()
    voice = next(section for section in report.sections if section.id == "voice")
    at = report.release_at
    quotes = tuple(
        Quote(text, "weibo", at, f"{text}.csv", 1, "polarity.pos", None, None, ((0, 2),)) for text in MARKUP
    )
    told = replace(voice, quotes={"positive": quotes[:4], "negative": quotes[4:]})
    sections = tuple(told if section.id == "voice" else section for section in report.sections)
    return replace(report, name="".join(MARKUP[:2]), sections=sections)


@cache
def made(kind, form, lang, hostile=False):
    report = hostile_report() if hostile else sample_report()
    return document(report, kind, form, lang, steps=STEPS)


def shown(text, form):
    """Return text as a form shows it: the PDF names letters its fonts lack."""
    text = visible(text)
    return bare(legible(text).replace(" · ", "·") if form == "pdf" else text)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("kind", "lang"), [("one-page", "en"), ("retrospective", "zh")])
def test_the_same_report_gives_the_same_bytes(kind, form, lang):
    assert document(sample_report(), kind, form, lang, steps=STEPS) == made(kind, form, lang)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("kind", "lang"), [("one-page", "en"), ("retrospective", "zh")])
def test_it_opens_and_holds_the_sentences_of_the_lead(kind, form, lang):
    report = sample_report()
    wording = Wording(catalogue(lang), report.zone)
    words = bare(WORDS[form](made(kind, form, lang)))
    for sentence in report.lead:
        for piece in wording.sentence(sentence):
            assert shown(piece.text, form) in words
    assert shown(STEPS[0], form) in words
    assert bare(wording.catalogue.say("page.footnote"))[:30] in words


@pytest.mark.parametrize("form", FORMS)
def test_every_figure_stands_in_the_appendix_with_its_id(form):
    words = bare(WORDS[form](made("retrospective", form, "zh")))
    report = sample_report()
    found = figures(report)
    assert len(found) == 21
    appendix = words[words.rindex("附录：每一个数") if form != "pptx" else words.index("附录：每一个数") :]
    wording = Wording(catalogue("zh"), report.zone)
    for figure in found.values():
        assert bare(figure.id) in appendix
        name = shown(wording.name(figure), form)
        assert (name if form != "pptx" else name[:60]) in appendix
        assert shown(wording.shown(figure.quantity).value, form) in appendix


def test_each_footnote_of_the_word_file_is_a_real_one_and_opens_rows():
    for kind, lang in (("retrospective", "zh"), ("one-page", "en")):
        book = docx.Document(io.BytesIO(made(kind, "docx", lang)))
        marks = [int(one.get(qn("w:id"))) for one in book.element.body.iter(qn("w:footnoteReference"))]
        notes = notes_of_docx(made(kind, "docx", lang))
        assert marks == list(range(1, len(notes) + 1))
        assert len(notes) >= 9
        known = set(figures(sample_report()))
        for note in notes:
            opened = re.findall(r"longtake rows (\S+)", note)
            assert opened
            assert set(opened) <= known
        styles = {style.name for style in book.styles}
        assert {"footnote text", "footnote reference", "Lead"} <= styles


def test_the_word_file_has_headings_and_a_description_of_every_picture():
    book = docx.Document(io.BytesIO(made("retrospective", "docx", "zh")))
    heads = [p.text for p in book.paragraphs if p.style.name == "Heading 1"]
    zh = catalogue("zh")
    sections = [zh.say(f"section.{section.id}") for section in sample_report().sections]
    assert heads[: len(sections)] == sections
    described = [shape._inline.docPr for shape in book.inline_shapes]
    wording = Wording(zh, sample_report().zone)
    assert len(described) == sum(len(svgs(chart, wording)) for chart in charts(sample_report()))
    assert all(len(one.get("descr")) > 20 for one in described)
    assert len({one.get("id") for one in described}) == len(described)


@pytest.mark.parametrize("form", FORMS)
def test_markup_of_every_format_is_shown_as_text(form):
    words = bare(WORDS[form](made("retrospective", form, "zh", hostile=True)))
    # Slides show fewer quotes of a group than paper does.
    for text in MARKUP if form != "pptx" else MARKUP[:5]:
        assert shown(text, form) in words, text
    for text in (HOSTILE[0], HOSTILE[1], HOSTILE[3]):
        assert shown(text, form) in words, text


@pytest.mark.parametrize("form", ["docx", "pptx"])
def test_nothing_in_an_office_file_runs_or_links(form):
    for name, blob in parts(made("retrospective", form, "zh", hostile=True)).items():
        assert "vba" not in name.lower()
        assert "activex" not in name.lower()
        assert b'TargetMode="External"' not in blob, name
        if not name.endswith((".png", ".jpeg", ".xlsx")):
            assert b"hlinkClick" not in blob, name
            assert b"<w:hyperlink" not in blob, name
            assert set(re.findall(rb'w:instr="([^"]+)"', blob)) <= {b"PAGE", b"NUMPAGES"}, name


def test_a_pdf_holds_no_action_no_script_and_no_link():
    reader = pypdf.PdfReader(io.BytesIO(made("retrospective", "pdf", "zh", hostile=True)))
    root = reader.trailer["/Root"]
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(root)
    assert "/JavaScript" not in root.get("/Names", {})
    for page in reader.pages:
        for note in page.get("/Annots", []):
            assert "/URI" not in str(note.get_object().get("/A"))


def test_every_font_of_a_pdf_is_embedded_and_every_letter_has_a_shape():
    reader = pypdf.PdfReader(io.BytesIO(made("retrospective", "pdf", "zh")))
    names = set()
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            below = font.get_object()["/DescendantFonts"][0].get_object()
            names.add(str(below["/BaseFont"]).partition("+")[2])
            assert {"/FontFile2", "/FontFile3"} & set(below["/FontDescriptor"].get_object())
    assert {re.sub("-.*", "", name) for name in names} == {"NotoSansSC", "NotoSerifSC"}
    assert "\ufffd" not in "".join(page.extract_text() for page in reader.pages)


def test_one_page_is_one_page_however_much_there_is_to_say():
    report, lang = sample_report(), "en"
    long = replace(report, lead=report.lead * 3)
    assert len(pypdf.PdfReader(io.BytesIO(made("one-page", "pdf", lang))).pages) == 1
    more = document(long, "one-page", "pdf", lang, steps=("很长的一步，" * 40,) * 3)
    assert len(pypdf.PdfReader(io.BytesIO(more)).pages) == 1
    deck = pptx.Presentation(io.BytesIO(made("one-page", "pptx", lang)))
    assert len(deck.slides) == 1


def test_the_notes_of_a_slide_hold_the_ids_of_its_section():
    deck = pptx.Presentation(io.BytesIO(made("retrospective", "pptx", "zh")))
    zh = catalogue("zh")
    slides = {slide.shapes.title.text_frame.text: slide for slide in reversed(list(deck.slides))}
    for section in sample_report().sections:
        spoken = {figure.id for sentence in section.sentences for figure in sentence.figures.values()}
        if spoken:
            notes = slides[zh.say(f"section.{section.id}")].notes_slide.notes_text_frame.text
            assert spoken <= set(re.findall(r"longtake rows (\S+)", notes))


def test_native_charts_carry_their_numbers_and_no_formula():
    drawn = charts_of(made("retrospective", "pptx", "zh"))
    assert len(drawn) == sum(len(section.charts) for section in sample_report().sections)
    for shape in drawn:
        assert len(shape._element.nvGraphicFramePr.cNvPr.get("descr")) > 20
        book = zipfile.ZipFile(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob))
        sheets = b"".join(book.read(name) for name in book.namelist())
        assert b"<f>" not in sheets
        assert b"<hyperlink" not in sheets
    kinds = next(shape.chart for shape in drawn if shape.name == "kinds")
    assert list(kinds.plots[0].series[0].values) == [0.81, 0.12, 0.07]
    heat = next(shape.chart for shape in drawn if shape.name == "heat")
    line = list(heat.plots[0].series[0].values)
    assert [index for index, value in enumerate(line) if value is None] == [*range(96, 103), 150]


def test_what_is_unknown_is_said_and_not_zero():
    words = words_of_docx(made("retrospective", "docx", "zh"))
    assert "说不准" in words
    assert catalogue("zh").word("reason", "list_gap").rstrip("。") in words


def test_a_sentence_no_catalogue_knows_is_named():
    report = replace(sample_report(), lead=(Sentence("nothing_like_it"),))
    with pytest.raises(KeyError, match=r"say\.nothing_like_it"):
        document(report, "one-page", "docx", "zh")


@pytest.mark.parametrize(
    ("kind", "form", "lang", "named"),
    [("poster", "pdf", "zh", "poster"), ("one-page", "odt", "zh", "odt"), ("one-page", "pdf", "fr", "fr")],
)
def test_what_is_not_made_is_refused_by_name(kind, form, lang, named):
    with pytest.raises(ValueError, match=named):
        document(sample_report(), kind, form, lang)
