from __future__ import annotations

import pytest

from longtake.language.judgement.scorer import scorer
from longtake.language.patterns import Matcher, read_packs
from longtake.language.patterns.pack import PackError, parse_pack
from longtake.language.reading.normalise import normalise

PACKS = read_packs()
ENTRIES = [(pack, entry) for pack in PACKS for entry in pack.entries]


def _fires(entry, text):
    return list(Matcher([entry]).hits(normalise([text], scorer().fold)))


@pytest.mark.parametrize(("pack", "entry"), ENTRIES, ids=lambda part: getattr(part, "value", ""))
def test_an_entry_fires_on_its_examples_and_not_on_its_counterexamples(pack, entry):
    assert entry.examples
    assert entry.counters
    assert [text for text in entry.examples if not _fires(entry, text)] == []
    assert [text for text in entry.counters if _fires(entry, text)] == []


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_a_pack_is_dated_and_written_as_texts_are_read(pack):
    assert pack.method == f"pack:{pack.name}@{pack.date.isoformat()}"
    for entry in pack.entries:
        for rule in (*entry.rules, *entry.unless, *entry.unless_anywhere):
            for word in (word for slot in rule.slots for word in slot):
                codes = normalise([word], scorer().fold).codes[1:-1]
                assert codes.tobytes().decode("utf-32-le") == word


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"nonsense [", "not a pack"),
        (b'[pack]\nname = "x"\ndate = "soon"\n', "no day"),
        (b'[pack]\nname = "x"\ndate = 2026-01-01\n', "no [[entry]]"),
        (b'[pack]\nname="x"\ndate=2026-01-01\n[[entry]]\nlabel="a"\nvalue="b"\n', "rules is missing"),
    ],
)
def test_a_pack_that_cannot_be_read_is_refused_with_the_place(tmp_path, content, says):
    with pytest.raises(PackError) as refused:
        parse_pack(tmp_path / "own.toml", content)
    assert says in refused.value.message
    assert refused.value.fix
