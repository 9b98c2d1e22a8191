import pytest

import longtake.trial


def test_every_public_name_is_where_it_says():
    found = {name: getattr(longtake.trial, name) for name in longtake.trial.__all__}
    assert {name for name, one in found.items() if one.__name__ != name} == set()
    assert set(longtake.trial.__all__) == set(longtake.trial._HOMES)


def test_other_names_are_refused():
    with pytest.raises(AttributeError, match="nothing"):
        _ = longtake.trial.nothing
