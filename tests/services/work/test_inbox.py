"""Whatever a file is called, it lies inside its tray."""

from hypothesis import given
from hypothesis import strategies as st

from longtake.services.work import inbox
from longtake.services.workspace import Workspace

hostile = st.text(st.sampled_from('./\\:*?"<>|\x00\x1b\u202e 长a~-'), max_size=40)


@given(hostile)
def test_a_name_stays_inside(name):
    path = inbox.safe(name)
    assert not path.is_absolute()
    assert path.parts
    assert all(part not in {".", ".."} and not part.startswith(".") for part in path.parts)
    assert str(path).isprintable()


@given(st.text(max_size=300))
def test_a_name_is_short_enough_for_any_disk(name):
    assert all(len(part.encode()) <= inbox.LONGEST for part in inbox.safe(name).parts)


def test_an_uploaded_file_is_read_although_it_lies_in_our_own_folder(tmp_path):
    from longtake.services.imports.add import add
    from longtake.services.work import described

    workspace = Workspace(tmp_path / "w")
    described.begin(workspace, name="片", told={}, circles=())
    tray = inbox.tray(workspace)
    inbox.put(tray, "a/b.csv", [b"platform,text,at\nweibo,x,2026-01-08\n"])
    made = add(workspace, "片", [tray], relative_to=tray)
    assert [(file.path, file.kept) for file in made.files] == [("a/b.csv", 1)]


def test_old_trays_are_swept_and_young_ones_stay(tmp_path):
    workspace = Workspace(tmp_path / "w")
    young = inbox.tray(workspace)
    assert inbox.sweep(workspace) == 0
    assert inbox.sweep(workspace, now=young.stat().st_mtime + inbox.KEPT_SECONDS + 1) == 1
    assert not young.exists()


def test_only_what_waits_stays_in_a_tray(tmp_path):
    workspace = Workspace(tmp_path / "w")
    tray = inbox.tray(workspace)
    for name in ("a.csv", "b/c.csv"):
        inbox.put(tray, name, [b"x"])
    inbox.keep_only(tray, ["b/c.csv"])
    assert sorted(p.name for p in tray.rglob("*.csv")) == ["c.csv"]
    inbox.keep_only(tray, [])
    assert not tray.exists()
