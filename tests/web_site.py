"""One small site in a process: a workspace, its records, two films and a person for every part."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

COMMENTS = "platform,text,at,likes,author\n" + "".join(
    f"weibo,{text}{day}{hour},2026-01-{day:02d} {hour:02d}:{minute:02d},{hour + day},u{day}{hour}{minute}\n"
    for day in range(8, 14)
    for hour in range(9, 23)
    for minute, text in ((5, "看哭了，想我爸了"), (25, "预告骗人，失望"), (45, "推荐大家去看"))
)
ROLES = ("owner", "editor", "analyst", "agency", "juror", "viewer")
FILM, OTHER = "甲片", "乙片"
PASSWORD = "a-long-enough-word"


@dataclass
class Site:
    """What a test works with."""

    workspace: object
    root: Path

    def client(self, person=None, **given):
        from django.test import Client

        made = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False, **given)
        if person is not None:
            made.force_login(person)
        return made

    def person(self, name, **given):
        from longtake.records.models import Person

        made = Person(username=name, **given)
        made.set_unusable_password()
        made.save()
        return made

    def member(self, role, campaign=FILM, lane=None):
        from longtake.records.models import Membership

        person = self.person(f"{role}-{campaign}")
        lane = lane or ("channel" if role == "agency" else "")
        Membership.objects.create(person=person, campaign=campaign, role=role, lane=lane)
        return person

    def alerts(self, film, rule):
        """Leave one rule that watches a film, and one decision of it that waits."""
        from longtake.services.alerts.book import Alert, Book, Way, save

        text = f'lang = "zh"\n[channels]\nteam = "feishu://verysecrettoken"\n[[rules]]\nname = "{rule}"\n'
        (self.root / "alerts.toml").write_text(f'{text}when = "slump"\ncampaigns = ["{film}"]\n', "utf-8")
        made = Alert(f"key-{rule}", film, rule, "定一件事", "口碑断了。", ("修", "等"),
                     "2026-01-12T04:00:00+00:00", {"team": Way()})  # fmt: skip
        save(self.workspace, Book({}, [made]))

    def trial(self, film, name="cut"):
        """Leave one trial of a film that has not started, and return its id."""
        from datetime import UTC, datetime

        from longtake.domain.trials.arms import Arm, Metric
        from longtake.domain.trials.trial import Trial
        from longtake.services import trials

        made = Trial(name, film, "Which cut?", "any_look", (Arm("A"), Arm("B")),
                     (Metric("finish", baseline=0.1),), "viewer", "us", 8000, 0.02)  # fmt: skip
        if name not in trials.ids(self.workspace, film):
            trials.design(self.workspace, made, by="maker", now=datetime(2026, 1, 7, tzinfo=UTC))
        return name

    def root_owner(self):
        return self.person("root", is_superuser=True, is_staff=True)


def build(folder: Path) -> None:
    """Write the workspace of the site: two films, one of them measured."""
    from datetime import UTC, datetime

    from longtake.services.imports.add import add
    from longtake.services.measured.measure import keep_rows, measure
    from longtake.services.work import described
    from longtake.services.workspace import Workspace

    workspace = Workspace(folder)
    for name in (FILM, OTHER):
        event = {"kind": "ad", "note": "首日投放", "start": datetime(2026, 1, 8, tzinfo=UTC)}
        described.begin(workspace, name=name, told={"proposition": "有人等你回家"}, circles=("异乡人",))
        described.put(workspace, name, "event", None, event)
        if name == FILM:
            made = {"id": "talk", "kind": "interview", "title": "专访", "platform": "weibo"}
            described.put(workspace, name, "node", None, {**made, "at": datetime(2026, 1, 10, 2, tzinfo=UTC)})
        source = folder.parent / f"{name}.csv"
        source.write_text(COMMENTS, "utf-8")
        add(workspace, name, [source], relative_to=folder.parent)
        described.follow(workspace, name)
    measure(workspace, FILM)
    keep_rows(workspace, FILM)


def opened(folder: Path) -> Site:
    """Return the site of a workspace, ready to be asked."""
    from longtake.services.upkeep.serving import prepare
    from longtake.services.workspace import Workspace

    prepare(Workspace(folder), sample=False)
    return Site(Workspace(folder), folder)
