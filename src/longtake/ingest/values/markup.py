"""HTML as a flat stream of tags and text, and the words in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9:_-]*")
ATTRIBUTE = re.compile(r"""([^\s=>/"'][^\s=>/]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']*)))?""")
QUOTED = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')|>""")
BREAKS = frozenset({"br", "p", "div", "li", "tr", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"})
RAW = frozenset({"script", "style"})
ENDS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in RAW}


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of HTML.

    Attributes:
        kind: start, end or text.
        name: Tag name in lower case; empty for text.
        text: Text with its entities resolved; empty for tags.
        attributes: Of a start tag, names in lower case, entities resolved.
        at: Offset of its first character.
    """

    kind: str
    name: str = ""
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    at: int = 0


def tokens(html: str) -> Iterator[Token]:
    """Yield the tags and texts of HTML in order, in time linear in its length.

    Comments, doctypes and processing instructions are left out; scripts and styles keep their text
    between their two tags. Nothing is balanced: an end tag without a start is yielded as it stands.

    Examples:
        >>> [(t.kind, t.name or t.text) for t in tokens("<b class='x'>a &amp; b</b>")]
        [('start', 'b'), ('text', 'a & b'), ('end', 'b')]
    """
    place, size = 0, len(html)
    while place < size:
        opened = html.find("<", place)
        if opened < 0:
            opened = size
        if opened > place:
            yield Token("text", text=unescape(html[place:opened]), at=place)
        if opened == size:
            return
        place = opened
        if html.startswith("<!--", place):
            place = _after(html, "-->", place + 4)
        elif html.startswith(("<!", "<?"), place):
            place = _after(html, ">", place)
        else:
            token, place = _tag(html, place)
            yield token
            if token.kind == "start" and token.name in RAW:
                ended = ENDS[token.name].search(html, place)
                closing = ended.start() if ended else size
                if closing > place:
                    yield Token("text", text=html[place:closing], at=place)
                place = closing


def _after(html: str, mark: str, place: int) -> int:
    found = html.find(mark, place)
    return len(html) if found < 0 else found + len(mark)


def _tag(html: str, place: int) -> tuple[Token, int]:
    closing = html.startswith("</", place)
    named = NAME.match(html, place + 1 + closing)
    if named is None:
        return Token("text", text="<", at=place), place + 1
    end = len(html)
    for mark in QUOTED.finditer(html, named.end()):
        if mark.group() == ">":
            end = mark.start()
            break
    name = named.group().lower()
    if closing:
        return Token("end", name=name, at=place), end + 1
    found = ATTRIBUTE.finditer(html, named.end(), end)
    attributes = {one[1].lower(): unescape(one[2] or one[3] or one[4] or "") for one in found}
    return Token("start", name=name, attributes=attributes, at=place), end + 1


def plain(html: str) -> str:
    r"""Return the words of HTML: tags out, picture alternatives kept, entities resolved.

    Examples:
        >>> plain('哭了<img alt="[泪]" src="a.png"><br/>&lt;3 <a href="#">#后背#</a>')
        '哭了[泪]\n<3 #后背#'
    """
    if "<" not in html:
        return unescape(html) if "&" in html else html
    parts: list[str] = []
    hidden = ""
    for token in tokens(html):
        if hidden:
            hidden = "" if token.kind == "end" and token.name == hidden else hidden
        elif token.kind == "text":
            parts.append(token.text)
        elif token.kind == "start" and token.name in RAW:
            hidden = token.name
        elif token.kind == "start" and token.name == "img":
            parts.append(token.attributes.get("alt", ""))
        elif token.name == "br" or (token.kind == "end" and token.name in BREAKS):
            parts.append("\n")
    return "".join(parts).strip()
