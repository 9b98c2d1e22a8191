import zipfile

import pytest

from longtake.errors import HostileFileError, NotFoundError, UnreadableFileError
from longtake.ingest.archives import FileProblem, Found, expand


def shown(items):
    return [(type(item).__name__, item.shown.rsplit("/top", 1)[-1]) for item in items]


@pytest.fixture
def top(tmp_path):
    folder = tmp_path / "top"
    (folder / "b").mkdir(parents=True)
    for name in ("z.csv", "a.csv", ".hidden", "campaign.toml", "~$x.xlsx", "b/c.csv"):
        (folder / name).write_text("a,b\n1,2\n")
    return folder


@pytest.fixture
def scratch(tmp_path):
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


def test_folders_and_archives_are_walked_in_order(top, scratch):
    with zipfile.ZipFile(top / "m.zip", "w") as archive:
        for name in ("__MACOSX/._x.csv", "d/", "d/二.csv", "d/一.csv", ".DS_Store"):
            archive.writestr(name, "a,b\n3,4\n" if name.endswith("csv") else "")
    found = list(expand([top], scratch))
    names = ["/a.csv", "/b/c.csv", "/campaign.toml", "/m.zip!/d/一.csv", "/m.zip!/d/二.csv", "/z.csv"]
    assert shown(found) == [("Found", name) for name in names]
    assert [item.name for item in found] == ["a.csv", "c.csv", "campaign.toml", "一.csv", "二.csv", "z.csv"]
    assert found[3].path.read_text() == "a,b\n3,4\n"
    assert found[3].path.is_relative_to(scratch)


def test_the_same_folder_gives_the_same_answer(top, scratch):
    assert list(expand([top], scratch)) == list(expand([top], scratch))


def test_member_names_written_on_chinese_windows_are_read(tmp_path, scratch):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("placeholder__.csv", "a,b\n1,2\n")
    data = path.read_bytes().replace(b"placeholder__", "作品列表20240".encode("gbk")[:13])
    path.write_bytes(data)
    (found,) = expand([path], scratch)
    assert found.name == "作品列表20240.csv"


def test_one_problem_does_not_stop_the_others(top, tmp_path, scratch):
    (top / "broken.zip").write_bytes(b"PK\x03\x04" + bytes(30))
    (top / "out.csv").symlink_to(tmp_path / "secret.csv")
    (tmp_path / "secret.csv").write_text("a,b\n")
    found = list(expand([top / "broken.zip", tmp_path / "nothing.csv", top], scratch))
    problems = [item for item in found if isinstance(item, FileProblem)]
    assert [type(problem.error) for problem in problems] == [
        UnreadableFileError,
        NotFoundError,
        UnreadableFileError,
        UnreadableFileError,
    ]
    assert [item.name for item in found if isinstance(item, Found)] == [
        "a.csv",
        "c.csv",
        "campaign.toml",
        "z.csv",
    ]


def test_a_damaged_member_leaves_the_others(tmp_path, scratch):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.csv", "first content")
        archive.writestr("b.csv", "other content")
    path.write_bytes(path.read_bytes().replace(b"first content", b"wrong content", 1))
    bad, good = expand([path], scratch)
    assert isinstance(bad, FileProblem)
    assert isinstance(bad.error, UnreadableFileError)
    assert good.path.read_text() == "other content"


def test_an_archive_that_hides_its_nature_is_still_refused(tmp_path, scratch):
    inner = tmp_path / "inner.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("x.csv", "a,b\n")
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.write(inner, "data.csv")
    (problem,) = expand([tmp_path / "x.zip"], scratch)
    assert isinstance(problem.error, HostileFileError)


def test_a_member_longer_than_the_archive_says_is_refused(tmp_path, scratch):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", "x" * 100_000)
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark) + place
        data[at : at + 4] = (10).to_bytes(4, "little")
    path.write_bytes(data)
    (problem,) = expand([path], scratch)
    assert isinstance(problem.error, UnreadableFileError)


def test_workbooks_are_files_not_archives(tmp_path, scratch):
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    (found,) = expand([path], scratch)
    assert found == Found(path, str(path), "x.xlsx")
