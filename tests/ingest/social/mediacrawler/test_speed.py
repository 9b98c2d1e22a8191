import time
from collections import Counter

import pytest

ROWS = 1_000_000
SECONDS = 15.0
HEADER = (
    "comment_id,create_time,create_date_time,note_id,content,sub_comment_count,comment_like_count,last_modify_ts,"
    "ip_location,parent_comment_id,user_id,nickname,gender,profile_url,avatar"
)


@pytest.mark.slow
def test_a_million_rows_parse_within_fifteen_seconds_of_one_core(desk, tmp_path):
    path = tmp_path / "million.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.write(HEADER + "\r\n")
        for row in range(ROWS):
            at = 1_716_200_000 + row // 3
            file.write(
                f"{5036000000000000 + row},{at},2024-05-20 18:13:20+08:00,{5035990000000000 + row % 50},"
                f"散场以后还在想那盏灯第{row % 977}遍,{row % 5},{row % 900},{at}123,江苏,"
                f"{5036000000000000 + row // 2},"
                f"{1700000000 + row % 300000},用户{row % 300000},f,https://m.example/u,https://i.example/a.jpg\r\n"
            )
    reader = desk.reader(path)
    started = time.process_time()
    kinds = Counter(type(item).__name__ for item in desk.stream(reader, path))
    spent = time.process_time() - started
    assert kinds == {"Comment": ROWS}
    assert spent <= SECONDS
