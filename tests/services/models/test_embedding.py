"""Vectors by index, or an error: never one that the model did not give."""

from __future__ import annotations

import pytest

from longtake.services.models import Client, ModelAnswerError, configured, embed
from services.models.protocol_server import serving, vectors


def test_vectors_come_back_by_index_as_the_model_gave_them():
    texts = ["好" * n for n in range(1, 71)]
    with serving() as server, Client(configured(server.env)) as client:
        found = embed(texts, client)
        assert embed([], client).shape == (0, 0)
    assert (found.dtype.name, found.shape) == ("float32", (70, 2))
    assert found[:, 0].tolist() == [float(len(text)) for text in texts]
    assert {asked.path for asked in server.asked} == {"/v1/embeddings"}
    assert [len(asked.body["input"]) for asked in server.asked] == [32, 32, 6]


def spoilt(change):
    """Return a server whose vectors are changed before they go out."""

    def behave(asked):
        reply = vectors(asked.body["input"])
        change(reply.body["data"])
        return reply

    return behave


VECTORS = {
    "one missing": lambda data: data.pop(),
    "one too many": lambda data: data.append(data[0]),
    "an index twice": lambda data: data[0].update(index=data[1]["index"]),
    "an index out of range": lambda data: data[0].update(index=99),
    "an index that is true": lambda data: data[0].update(index=True),
    "another length": lambda data: data[0]["embedding"].append(1.0),
    "no numbers": lambda data: [row.update(embedding=[]) for row in data],
    "text": lambda data: data[0].update(embedding=["1", 2]),
    "base64": lambda data: data[0].update(embedding="AACAPw=="),
    "a truth value": lambda data: data[0].update(embedding=[True, 1.0]),
    "too large for float32": lambda data: data[0].update(embedding=[1e39, 1.0]),
    "too large for any float": lambda data: data[0].update(embedding=[10**400, 1.0]),
    "too many": lambda data: [row.update(embedding=[0.5] * 20_000) for row in data],
    "no row": lambda data: data.__setitem__(0, "row"),
}


@pytest.mark.parametrize("name", VECTORS)
def test_a_vector_that_the_model_did_not_give_is_never_made_up(name):
    with serving(spoilt(VECTORS[name])) as server:
        with Client(configured(server.env)) as client, pytest.raises(ModelAnswerError):
            embed(["好", "烂", "一般"], client)
        assert len(server.asked) == 2


def test_what_is_embedded_is_masked():
    with serving() as server, Client(configured(server.env)) as client:
        embed(["加我 13800138000"], client)
    assert server.asked[0].body["input"] == ["加我 ▇▇"]
