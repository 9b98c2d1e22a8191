import time
import zlib

import pytest

from longtake.errors import HostileFileError, UnreadableFileError
from longtake.ingest.formats.deflate import inflated
from longtake.ingest.formats.htmlfile import events
from longtake.ingest.formats.xmlfile import elements
from longtake.ingest.peek import peek

XML = (
    '<?xml version="1.0" encoding="{}"?><i><chatid>1</chatid><d p="1.5,1">哭了 &amp; 笑</d>'
    '<d p="2">a<b>b</b>c</d></i>'
)
ROWS = [(1, {"p": "1.5,1"}, "哭了 & 笑"), (2, {"p": "2"}, "abc")]
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(12))
BOMBS = {
    "billion laughs": f"<!DOCTYPE i [{LAUGHS}]><i>&l11;</i>",
    "quadratic": f'<!DOCTYPE i [<!ENTITY a "{"a" * 50_000}">]><i>{"&a;" * 50_000}</i>',
    "external": '<!DOCTYPE i [<!ENTITY x SYSTEM "file:///etc/passwd">]><i><d>&x;</d></i>',
    "external subset": '<!DOCTYPE i SYSTEM "http://localhost/x.dtd"><i/>',
    "parameter": '<!DOCTYPE i [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><i/>',
    "deep": "<d>" * 200_000,
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_elements_come_with_attributes_and_text_in_every_encoding(tmp_path, encoding):
    path = tmp_path / "x.xml"
    path.write_bytes(
        XML.format("gbk" if encoding == "gb18030" else encoding.removesuffix("-sig")).encode(encoding)
    )
    assert list(elements(path, "d")) == ROWS
    assert list(elements(path.read_bytes(), "d")) == ROWS
    assert peek(path).form == "xml"


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_at_once(tmp_path, bomb):
    path = tmp_path / "x.xml"
    path.write_text('<?xml version="1.0"?>' + BOMBS[bomb])
    start = time.process_time()
    with pytest.raises(HostileFileError):
        list(elements(path, "d"))
    assert time.process_time() - start < 0.1


@pytest.mark.parametrize(
    "text", ["<i><d>a</d>", "<i><d>a</i>", "<i>&nothing;</i>", "<i></i><i></i>", "<i a=1/>", "no xml"]
)
def test_xml_that_is_not_well_formed_is_refused(text):
    with pytest.raises(UnreadableFileError, match="not XML"):
        list(elements(text.encode(), "d", name="x.xml"))


def test_elements_before_a_break_are_kept():
    rows = elements(b"<i><d p='1'>a</d><d p='2'>b", "d")
    assert next(rows) == (1, {"p": "1"}, "a")
    with pytest.raises(UnreadableFileError):
        next(rows)


@pytest.mark.parametrize("window", [-15, 15, 31])
def test_every_kind_of_deflated_body_is_recognised_and_inflated(tmp_path, window):
    packer = zlib.compressobj(9, zlib.DEFLATED, window)
    path = tmp_path / "x.bin"
    path.write_bytes(packer.compress(XML.format("utf-8").encode()) + packer.flush())
    head = peek(path)
    assert (head.form, head.text[:5]) == ("deflate", "<?xml")
    assert list(elements(inflated(path), "d")) == ROWS


@pytest.mark.parametrize("window", [-15, 15, 31])
def test_a_deflate_bomb_is_refused_before_it_is_whole(tmp_path, window):
    packer = zlib.compressobj(9, zlib.DEFLATED, window)
    path = tmp_path / "x.bin"
    path.write_bytes(b"".join(packer.compress(b"<i>" + bytes(1 << 20)) for _ in range(300)) + packer.flush())
    start = time.process_time()
    with pytest.raises(HostileFileError, match="inflates to more than"):
        inflated(path)
    assert time.process_time() - start < 1.0


def test_a_cut_off_deflated_body_is_refused(tmp_path):
    path = tmp_path / "x.bin"
    path.write_bytes(zlib.compress(XML.format("utf-8").encode() * 20)[:-9])
    with pytest.raises(UnreadableFileError, match="damaged"):
        inflated(path)


def test_html_events_carry_their_lines(tmp_path):
    path = tmp_path / "x.html"
    path.write_text("<!doctype html>\n<div class='item' data-id=7>\n一 &lt; 二\n</div>", encoding="utf-8")
    found = [(line, token.kind, token.name, token.text.strip()) for line, token in events(path, peek(path))]
    assert [one for one in found if one[1] != "text" or one[3]] == [
        (2, "start", "div", ""),
        (2, "text", "", "一 < 二"),
        (4, "end", "div", ""),
    ]
    assert peek(path).form == "html"
