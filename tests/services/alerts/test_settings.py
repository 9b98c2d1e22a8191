import tomllib

import pytest

from longtake.services.alerts.errors import AlertFileError
from longtake.services.alerts.settings import FILE, read, sample
from longtake.services.workspace import Workspace

TOKEN = "very-secret-token"


def workspace(tmp_path, text):
    (tmp_path / FILE).write_text(text, "utf-8")
    return Workspace(tmp_path)


def test_the_sample_can_be_used_as_it_is(tmp_path):
    found = read(workspace(tmp_path, sample()), {})
    assert [rule.name for rule in found.rules] == ["r-low", "slump", "listed", "refused"]
    assert found.channels == {}
    first = found.rules[0]
    assert (first.figure, first.below, first.upper_below, first.until) == (
        "split.reproduction",
        0.7,
        1.0,
        0.8,
    )


def test_every_key_the_sample_shows_in_a_comment_is_read(tmp_path):
    lines = sample().splitlines()
    shown = [
        line.removeprefix("# ") if line.startswith("# ") and (" = " in line or "[[" in line) else line
        for line in lines
    ]
    text = "\n".join(shown).replace('"my-film"', '"a"').replace('["…", "…"]', '["x", "y"]')
    assert tomllib.loads(text)
    found = read(workspace(tmp_path, text), {"LONGTAKE_ALERT_BOSS": "mailtos://u:p@example.com"})
    assert set(found.channels) == {"team", "wecom", "ding", "slack", "boss", "bridge"}
    assert found.rules[-1].at.isoformat() == "2026-12-01T18:00:00+08:00"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('language = "zh"', "language"),
        ('lang = "fr"', "lang"),
        ('link = "file:///etc/passwd"', "link"),
        (f'[channels]\nteam = "ftp://{TOKEN}"', "channels.team"),
        (f'[channels]\nteam = "syslog://{TOKEN}"', "channels.team"),
        (f'[channels]\n"a b" = "feishu://{TOKEN}"', "channels.a b"),
        ('[channels]\nteam = "env:NOT_SET"', "channels.team"),
        ("[channels]\nteam = 3", "channels.team"),
        ('[[rules]]\nname = "a"\nwhen = "moon"', "rules.1.when"),
        ('[[rules]]\nname = "a"\nwhen = "slump"\nbelow = 1', "rules.1.below"),
        ('[[rules]]\nwhen = "slump"', "rules.1.name"),
        ('[[rules]]\nname = "a"\nwhen = "slump"\nto = ["x"]', "rules.1.to"),
        ('[[rules]]\nname = "a"\nwhen = "slump"\nanswers = ["yes"]', "rules.1.answers"),
        ('[[rules]]\nname = "a"\nwhen = "figure"\nbelow = 1', "rules.1.figure"),
        ('[[rules]]\nname = "a"\nwhen = "figure"\nfigure = "x"', "rules.1"),
        ('[[rules]]\nname = "a"\nwhen = "figure"\nfigure = "x"\nbelow = 1\nabove = 2', "rules.1"),
        ('[[rules]]\nname = "a"\nwhen = "figure"\nfigure = "x"\nbelow = "1"', "rules.1.below"),
        ('[[rules]]\nname = "a"\nwhen = "figure"\nfigure = "x"\nbelow = nan', "rules.1.below"),
        ('[[rules]]\nname = "a"\nwhen = "figure"\nfigure = "x"\nbelow = 1\nuntil = 0.5', "rules.1.until"),
        ('[[rules]]\nname = "a"\nwhen = "due"', "rules.1.at"),
        ('[[rules]]\nname = "a"\nwhen = "due"\nat = "tomorrow"', "rules.1.at"),
        ('[[rules]]\nname = "a"\nwhen = "slump"\n[[rules]]\nname = "a"\nwhen = "slump"', "rules"),
        ("rules = 3", "rules"),
        (f'[channels]\nteam = "feishu://{TOKEN}', "it"),
    ],
)
def test_what_cannot_be_used_is_named_and_no_secret_quoted(tmp_path, text, key):
    with pytest.raises(AlertFileError) as caught:
        read(workspace(tmp_path, text), {})
    assert caught.value.key == key
    assert TOKEN not in str(caught.value)
    assert caught.value.fix


def test_without_a_file_the_refusal_says_how_to_make_one(tmp_path):
    with pytest.raises(AlertFileError, match="longtake alerts new"):
        read(Workspace(tmp_path), {})


def test_a_time_without_a_zone_is_beijing_time(tmp_path):
    text = '[[rules]]\nname = "a"\nwhen = "due"\nat = 2026-12-01T18:00:00'
    assert read(workspace(tmp_path, text), {}).rules[0].at.utcoffset().total_seconds() == 8 * 3600
