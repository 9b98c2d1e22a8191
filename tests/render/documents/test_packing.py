import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from longtake.render.documents.packing import fixed


def packed(members, date):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, blob in members:
            made.writestr(zipfile.ZipInfo(name, date), blob)
    return out.getvalue()


MEMBERS = st.dictionaries(st.text("abc/[]", min_size=1, max_size=9), st.binary(max_size=60), max_size=6)


@given(MEMBERS, st.integers(1981, 2100))
def test_neither_time_nor_order_of_writing_shows(members, year):
    one = packed(members.items(), (1999, 5, 4, 3, 2, 0))
    other = packed(reversed(members.items()), (year, 1, 1, 0, 0, 0))
    assert fixed(one) == fixed(other)
    read = zipfile.ZipFile(io.BytesIO(fixed(one)))
    assert {name: read.read(name) for name in read.namelist()} == members


def test_the_list_of_content_types_comes_first():
    made = fixed(packed([("_rels/.rels", b""), ("[Content_Types].xml", b"")], (2000, 1, 1, 0, 0, 0)))
    assert zipfile.ZipFile(io.BytesIO(made)).namelist()[0] == "[Content_Types].xml"
