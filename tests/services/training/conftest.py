from __future__ import annotations

import random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from longtake.services.training import train

PRAISE = ("好看", "感动", "推荐", "精彩", "喜欢", "值得")
BLAME = ("难看", "尴尬", "失望", "无聊", "拖沓", "浪费")
ABOUT = ("演员", "剧情", "音乐", "节奏", "结尾", "画面", "台词", "镜头")


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    """Return a folder with one invented set of rated texts."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "text").mkdir()
    rng = random.Random(3)
    rows = []
    for number in range(3000):
        stars = rng.choice((1, 2, 3, 4, 5, 5))
        words = PRAISE if stars > 3 else BLAME if stars < 3 else ("一般", "还行")
        text = "，".join(f"{rng.choice(ABOUT)}{rng.choice(words)}" for _ in range(rng.randint(1, 4)))
        rows.append({"film": f"影片{number % 60}", "stars": stars, "text": f"{text}{number % 7}"})
    pq.write_table(pa.Table.from_pylist(rows), folder / "text" / "douban_comments.parquet")
    return folder


@pytest.fixture(scope="session")
def small_weights(data, tmp_path_factory):
    """Return a folder of weights of 4,096 slots, trained on the invented set."""
    folder = tmp_path_factory.mktemp("weights")
    list(train(data, folder, bits=12))
    return folder
