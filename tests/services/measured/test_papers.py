"""Documents beside the figures: the same bytes as from the command line, written once, fonts or not."""

import pytest

from longtake.render.documents import document
from longtake.services import tell
from longtake.services.imports.add import add
from longtake.services.measured import papers
from longtake.services.measured.kept import kept
from longtake.services.measured.measure import measure
from longtake.services.work import described
from longtake.services.workspace import Workspace
from web_site import COMMENTS

ALL = [
    f"{kind}.{lang}.{form}" for lang in ("en", "zh") for kind in papers.PAPERS for form in papers.PAPERS[kind]
]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("papers")
    made = Workspace(folder / "w")
    described.begin(made, name="片", told={}, circles=())
    (folder / "a.csv").write_text(COMMENTS, "utf-8")
    add(made, "片", [folder / "a.csv"], relative_to=folder)
    measure(made, "片")
    return made


@pytest.fixture
def quick(monkeypatch):
    """Write each document as its name: what is tested is which are written, and when."""
    calls = []

    def instead(report, kind, form, lang, *, steps):
        calls.append(f"{kind}.{lang}.{form}")
        return f"{report.campaign} {kind} {form} {lang} {len(steps)}".encode()

    monkeypatch.setattr(papers, "document", instead)
    return calls


def clean(workspace):
    import shutil

    shutil.rmtree(kept(workspace, "片").folder / papers.FOLDER, ignore_errors=True)


@pytest.mark.slow
def test_a_document_of_the_web_is_the_document_of_the_command_line(workspace, tmp_path, monkeypatch):
    clean(workspace)
    wanted = {("one-page", "docx", "zh"), ("retrospective", "docx", "en")}

    def only(report, kind, form, lang, *, steps):
        return document(report, kind, form, lang, steps=steps) if (kind, form, lang) in wanted else b"-"

    monkeypatch.setattr(papers, "document", only)
    assert papers.write_papers(workspace, "片") is True
    for kind, form, lang in sorted(wanted):
        (told,) = tell.tell(workspace, "片", kind=kind, forms=[form], lang=lang, out=tmp_path).files
        assert papers.paper(kept(workspace, "片"), kind, form, lang).read_bytes() == told.read_bytes()


def test_every_document_is_written_once_in_both_languages(workspace, quick):
    clean(workspace)
    assert papers.write_papers(workspace, "片") is True
    assert papers.write_papers(workspace, "片") is True
    assert sorted(quick) == sorted(ALL)
    folder = kept(workspace, "片").folder / papers.FOLDER
    assert sorted(path.name for path in folder.iterdir()) == sorted(ALL)


def test_work_that_people_wait_for_goes_first_and_the_rest_is_written_later(workspace, quick):
    clean(workspace)
    assert papers.write_papers(workspace, "片", pause=iter([False, False, True]).__next__) is False
    assert len(quick) == 2
    assert papers.write_papers(workspace, "片") is True
    assert sorted(quick) == sorted(ALL)


def test_without_fonts_everything_but_the_pdfs_is_written_and_they_are_once_there_are_fonts(
    workspace, quick, monkeypatch
):
    clean(workspace)
    instead = papers.document

    def without(report, kind, form, lang, *, steps):
        if form == "pdf":
            raise papers.FontsError
        return instead(report, kind, form, lang, steps=steps)

    monkeypatch.setattr(papers, "document", without)
    assert papers.write_papers(workspace, "片") is True
    made = kept(workspace, "片")
    lacking = [
        (kind, form)
        for kind, forms in papers.PAPERS.items()
        for form in forms
        if papers.lacks_fonts(made, kind, form, "zh")
    ]
    assert lacking == [("one-page", "pdf"), ("retrospective", "pdf")]
    monkeypatch.setattr(papers, "document", instead)
    assert papers.write_papers(workspace, "片") is True
    assert not any(papers.lacks_fonts(made, "one-page", "pdf", lang) for lang in ("zh", "en"))
    assert papers.paper(made, "one-page", "pdf", "zh").exists()


def test_what_to_do_next_is_kept_in_both_languages(workspace):
    lines = kept(workspace, "片").steps()
    assert sorted(lines) == ["en", "zh"]
    assert len(lines["zh"]) == len(lines["en"]) >= 1
    assert lines["zh"] != lines["en"]


def test_nothing_is_written_of_figures_that_are_not_there(tmp_path):
    empty = Workspace(tmp_path)
    described.begin(empty, name="片", told={}, circles=())
    assert papers.write_papers(empty, "片") is True
    assert not (tmp_path / "measured").exists()


def test_a_document_nobody_makes_is_refused(workspace):
    with pytest.raises(KeyError):
        papers.paper(kept(workspace, "片"), "one-page", "pptx", "zh")
