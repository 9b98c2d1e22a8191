"""Names that can be matched but not read: content ids and keyed pseudonyms."""

from __future__ import annotations

import hashlib
import hmac

from longtake.ingest.reader import Pseudonym

DIGITS = 16


def content_id(*parts: object) -> str:
    """Return an id made of a row's content, for platforms that give none.

    Parts are joined with their lengths, so that moving a character from one part to the next gives
    another id.

    Examples:
        >>> content_id("maoyan", "哭了") == content_id("maoyan", "哭了")
        True
        >>> content_id("ab", "c") == content_id("a", "bc")
        False
        >>> len(content_id("x"))
        26
    """
    digest = hashlib.blake2b(digest_size=12)
    for part in parts:
        piece = b"" if part is None else b"=" + str(part).encode("utf-8", "surrogatepass")
        digest.update(len(piece).to_bytes(8, "big") + piece)
    return f"h:{digest.hexdigest()}"


def pseudonym(key: bytes) -> Pseudonym:
    """Return a function that turns ``(platform, author)`` into 16 hexadecimal digits.

    HMAC-SHA256 (RFC 2104): only the holder of the key can tell whether a known id is among them.

    Raises:
        ValueError: The key is shorter than 16 bytes; later, an author is empty.

    Examples:
        >>> name = pseudonym(bytes(32))
        >>> name("weibo", "1001") == name("weibo", "1001"), name("weibo", "1001") == name("douyin", "1001")
        (True, False)
    """
    if len(key) < 16:
        raise ValueError("a key has at least 16 bytes")

    def named(platform: str, author: str) -> str:
        if not author:
            raise ValueError("an empty author is unknown, not a person")
        message = f"{platform}\x00{author}".encode("utf-8", "surrogatepass")
        return hmac.digest(key, message, "sha256").hex()[:DIGITS]

    return named
