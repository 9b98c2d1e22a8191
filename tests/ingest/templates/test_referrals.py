from reader_runs import kept, refused, run

NAME = "longtake-referrals"


def file(tmp_path, text):
    path = tmp_path / "邀请.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_codes_and_people_become_keyed_digests_that_still_match(tmp_path):
    lines = (
        "邀请码,使用人,上级邀请码,使用时间,渠道",
        "K7,张三,,2024-05-20 19:30,微信",
        "M3,李四,K7,2024-05-21,抖音",
    )
    items = run(NAME, file(tmp_path, "\n".join(lines) + "\n"))
    first, second = kept(items)
    assert second.inviter_code == first.code
    assert all(len(name) == 16 and int(name, 16) >= 0 for name in (first.code, first.person, second.code))
    assert first.code != first.person
    assert (first.inviter_code, first.channel, second.channel) == (None, "微信", "douyin")
    assert first.used_at.isoformat() == "2024-05-20T11:30:00+00:00"


def test_a_code_and_a_person_of_the_same_name_are_not_the_same(tmp_path):
    (row,) = kept(run(NAME, file(tmp_path, "code,person,inviter,used_at\nx,x,y,2024-05-20\n")))
    assert row.code != row.person


def test_an_invitation_nobody_took_up_is_kept_as_such(tmp_path):
    rows = kept(run(NAME, file(tmp_path, "code,inviter_code,used_at\na,b,\nc,b,未使用\nd,b,2024-05-20\n")))
    assert [(row.used, row.used_at is None) for row in rows] == [(False, True), (False, True), (True, False)]


def test_a_person_without_a_time_came_all_the_same(tmp_path):
    (row,) = kept(run(NAME, file(tmp_path, "person,inviter,used_at\np,q,--\n")))
    assert (row.used, row.used_at) == (True, None)


def test_nobody_and_no_time_are_refused_and_told(tmp_path):
    items = run(NAME, file(tmp_path, "code,inviter_code,used_at\n,b,2024-05-20\na,b,大概上周\n"))
    assert [item[:2] for item in refused(items)] == [(2, "code"), (3, "used_at")]
