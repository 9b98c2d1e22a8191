"""Off until named; a key that nothing shows."""

from __future__ import annotations

import copy
import pickle
import traceback

import pytest

from longtake.errors import LongtakeError
from longtake.services.models import Client, ModelSettingError, configured, embed, required
from services.models.protocol_server import Reply, serving

KEY = "sk-SECRET-4711"


def test_nothing_is_plugged_in_by_default():
    assert configured({}) is None
    assert configured({"LONGTAKE_MODEL_KEY": KEY, "LONGTAKE_MODEL_NAME": "m"}) is None
    with pytest.raises(ModelSettingError, match="LONGTAKE_MODEL_URL is not set"):
        required({})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("LONGTAKE_MODEL_TIMEOUT", "soon"),
        ("LONGTAKE_MODEL_TIMEOUT", "0"),
        ("LONGTAKE_MODEL_TIMEOUT", "-1"),
        ("LONGTAKE_MODEL_TIMEOUT", "nan"),
        ("LONGTAKE_MODEL_TIMEOUT", "601"),
        ("LONGTAKE_MODEL_KEY", f"{KEY}\r\nX-Evil: 1"),
        ("LONGTAKE_MODEL_KEY", f"{KEY} two"),
        ("LONGTAKE_MODEL_KEY", f"{KEY}密"),
        ("LONGTAKE_MODEL_NAME", "a\x1b[2J"),
        ("LONGTAKE_EMBEDDING_NAME", "x" * 201),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_and_not_quoted(variable, value):
    with pytest.raises(ModelSettingError) as caught:
        configured({"LONGTAKE_MODEL_URL": "http://127.0.0.1:1", variable: value})
    assert caught.value.variable == variable
    assert KEY not in str(caught.value)


def test_a_model_that_is_not_named_is_not_asked():
    with serving() as server, Client(configured({"LONGTAKE_MODEL_URL": server.url})) as client:
        with pytest.raises(ModelSettingError, match="LONGTAKE_EMBEDDING_NAME"):
            embed(["好"], client)
        with pytest.raises(ModelSettingError, match="LONGTAKE_MODEL_NAME"):
            client.chat([], answer=None, most_tokens=1, seed=0)
        assert server.asked == []


@pytest.mark.parametrize("status", [302, 400, 401, 403, 404, 418, 429, 500])
def test_the_key_is_sent_in_one_header_and_shown_nowhere(status, caplog):
    def telling(asked):
        told = f"Incorrect API key {asked.headers['Authorization']}"
        return Reply({"error": {"message": told}}, status=status, headers={"Location": f"http://x/{KEY}"})

    with serving(telling) as server:
        settings = configured({**server.env, "LONGTAKE_MODEL_KEY": KEY})
        with Client(settings, sleep=lambda _: None) as client:
            with pytest.raises(LongtakeError) as caught:
                embed(["好"], client)
            shown = [str(caught.value), repr(caught.value), *traceback.format_exception(caught.value)]
            shown += [
                repr(settings),
                str(settings),
                f"{settings.key}",
                repr(client),
                repr(vars(caught.value)),
            ]
        assert {asked.headers["Authorization"] for asked in server.asked} == {f"Bearer {KEY}"}
        assert not any(KEY in asked.raw.decode() or KEY in asked.path for asked in server.asked)
    assert not any(KEY in text for text in [*shown, caplog.text])


def test_a_key_is_not_written_down():
    key = configured({"LONGTAKE_MODEL_URL": "http://127.0.0.1:1", "LONGTAKE_MODEL_KEY": KEY}).key
    for write in (pickle.dumps, copy.copy):
        with pytest.raises(TypeError):
            write(key)
