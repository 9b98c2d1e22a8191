"""Grow the packaged models of heat anew: one name for each."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from longtake.errors import LongtakeError

MODELS = ("list", "views", "box-office")


class TrainerMissingError(LongtakeError):
    """Growing trees takes LightGBM, which using them does not."""

    code = "trainer_missing"

    def __init__(self) -> None:
        super().__init__(
            "Growing trees takes LightGBM, which is not installed.", fix="pip install 'longtake[bench]'"
        )


def train_heat(model: str, data: Path, out: Path) -> Iterator[str]:
    """Train one of the heat models from public archives and yield lines that say how well it does.

    Args:
        model: ``list`` (how long topics stay on a hot list), ``views`` (the coming days of a series) or
            ``box-office`` (totals, days to come, next week's admissions).
        data: Folder with the archives each of them names.
        out: Folder for the weights and their card.

    Raises:
        ValueError: The model is none of these.
        TrainerMissingError: LightGBM is not installed.
    """
    if model not in MODELS:
        raise ValueError(f"model {model!r} is none of {', '.join(MODELS)}")
    if find_spec("lightgbm") is None:
        raise TrainerMissingError
    if model == "list":
        from longtake.services.training import toplist  # noqa: PLC0415 -- slow import

        yield from toplist.train(data, out)
    elif model == "views":
        from longtake.services.training.views import write  # noqa: PLC0415 -- slow import

        yield from write.train(data, out)
    else:
        from longtake.services.training import box_office  # noqa: PLC0415 -- slow import

        box_office.train(data, out)
        yield (out / "card.json").read_text("utf-8")
