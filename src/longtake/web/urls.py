"""Every route of the application."""

from __future__ import annotations

from django.contrib import admin
from django.urls import URLPattern, URLResolver, path, register_converter
from django.urls.converters import StringConverter

from longtake.web.screens import failures
from longtake.web.screens.people import members, record, signing
from longtake.web.screens.people import sharing as links
from longtake.web.screens.plans import acts as plan_acts
from longtake.web.screens.plans import pages as plans
from longtake.web.screens.trials import designing, opening, running
from longtake.web.screens.understand import compare, exports, figures, papers, rows
from longtake.web.screens.work import alerts, assets, board, campaigns, files, jobs, ledger


class CampaignConverter(StringConverter):
    """The id of a campaign: letters of any script, digits, hyphens and underscores."""

    regex = r"[\w-]{1,64}"


class TokenConverter(StringConverter):
    """The token of a link."""

    regex = r"[A-Za-z0-9_-]{20,64}"


register_converter(CampaignConverter, "campaign")
register_converter(TokenConverter, "token")

C = "c/<campaign:campaign>/"
S = "s/<token:token>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", campaigns.listed, name="campaigns"),
    path("new/", campaigns.new, name="new-campaign"),
    path("compare/", compare.compare, name="compare"),
    path("look/", signing.look, name="look"),
    path("help/", signing.help_page, name="help"),
    path("healthz", signing.health, name="health"),
    path("sign-in/", signing.sign_in, name="sign-in"),
    path("sign-out/", signing.sign_out, name="sign-out"),
    path("join/<token:token>/", signing.join, name="join"),
    path("people/", members.workspace_people, name="workspace-people"),
    path("acts/", record.workspace_record, name="workspace-acts"),
    path("acts.csv", record.workspace_record_csv, name="workspace-acts-csv"),
    path("jobs/<int:number>/", jobs.show_job, name="job"),
    path("jobs/<int:number>/cancel/", jobs.cancel, name="job-cancel"),
    path("jobs/<int:number>/retry/", jobs.retry, name="job-retry"),
    path(C, figures.overview, name="overview"),
    path(C + "at/<slug:screen>/", figures.screen, name="screen"),
    path(C + "at/<slug:screen>/<slug:section>/", figures.screen, name="section"),
    path(C + "chart/<slug:chart>.json", exports.live, name="chart-live"),
    path(C + "chart/<slug:chart>.csv", exports.chart_csv, name="chart-csv"),
    path(C + "chart/<slug:chart>.xlsx", exports.chart_xlsx, name="chart-xlsx"),
    path(C + "figures.xlsx", exports.workbook, name="workbook"),
    path(C + "figures.json", exports.figures_json, name="figures-json"),
    path(C + "papers/", papers.papers, name="papers"),
    path(C + "paper/<slug:kind>.<slug:form>", papers.paper, name="paper"),
    path(C + "rows/<slug:figure>/", rows.rows, name="rows"),
    path(C + "rows/<slug:figure>.csv", rows.rows_csv, name="rows-csv"),
    path(C + "notes/", figures.annotate, name="annotate"),
    path(C + "notes/<int:number>/drop/", figures.drop_annotation, name="annotation-drop"),
    path(C + "search/", rows.search, name="search"),
    path(C + "files/", files.files, name="files"),
    path(C + "files/receipt/<slug:number>/", files.receipt, name="receipt"),
    path(C + "files/undo/<slug:number>/", files.undo, name="undo"),
    path(C + "files/map/<slug:tray>/", files.map_table, name="map"),
    path(C + "measure/", jobs.measure, name="measure"),
    path(C + "card/", campaigns.card, name="card"),
    path(C + "card/circle/", ledger.put_circle, name="circle-put"),
    path(C + "ledger/", ledger.ledger, name="ledger"),
    path(C + "ledger/put/", ledger.put_event, name="event-put"),
    path(C + "ledger/<int:index>/drop/", ledger.drop_event, name="event-drop"),
    path(C + "nodes/", ledger.nodes, name="nodes"),
    path(C + "nodes/put/", ledger.put_node, name="node-put"),
    path(C + "nodes/<int:index>/drop/", ledger.drop_node, name="node-drop"),
    path(C + "assets/", assets.assets, name="assets"),
    path(C + "board/", board.board, name="board"),
    path(C + "board/put/", board.put, name="card-put"),
    path(C + "board/<int:number>/move/", board.move, name="card-move"),
    path(C + "board/<int:number>/drop/", board.drop, name="card-drop"),
    path(C + "alerts/", alerts.alerts, name="alerts"),
    path(C + "alerts/look/", alerts.look, name="alert-look"),
    path(C + "alerts/trial/", alerts.trial, name="alert-trial"),
    path(C + "alerts/rules/put/", alerts.put_rule, name="rule-put"),
    path(C + "alerts/rules/<slug:rule>/pause/", alerts.pause_rule, name="rule-pause"),
    path(C + "alerts/rules/<slug:rule>/drop/", alerts.drop_rule, name="rule-drop"),
    path(C + "alerts/channels/put/", alerts.put_channel, name="channel-put"),
    path(C + "alerts/channels/<slug:channel>/drop/", alerts.drop_channel, name="channel-drop"),
    path(C + "alerts/<slug:key>/answer/", alerts.answer, name="alert-answer"),
    path(C + "plan/", plans.board, name="plan"),
    path(C + "plan/adopt/", plan_acts.adopt, name="plan-adopt"),
    path(C + "plan/history/", plans.history, name="plan-history"),
    path(C + "plan/retrospective/", plans.retrospective, name="plan-retrospective"),
    path(C + "plan/learn/", plan_acts.learn, name="plan-learn"),
    path(C + "plan/boards/", plans.dual, name="plan-dual"),
    path(C + "plan/memory/", plans.memory, name="plan-memory"),
    path(C + "plan/memory/check/", plan_acts.remember, name="plan-remember"),
    path(C + "plan/rows/<slug:figure>/", plans.rows, name="plan-rows"),
    path(C + "plan/stage/<campaign:stage>/", plans.stage, name="plan-stage"),
    path(C + "plan/stage/<campaign:stage>/power/", plans.power, name="plan-power"),
    path(C + "plan/stage/<campaign:stage>/edit/", plan_acts.edit, name="plan-edit"),
    path(C + "plan/stage/<campaign:stage>/lock/", plan_acts.lock, name="plan-lock"),
    path(C + "plan/stage/<campaign:stage>/start/", plan_acts.start, name="plan-start"),
    path(C + "plan/stage/<campaign:stage>/look/", plan_acts.look, name="plan-look"),
    path(C + "plan/stage/<campaign:stage>/judge/", plan_acts.judge, name="plan-judge"),
    path(C + "plan/stage/<campaign:stage>/extend/", plan_acts.extend, name="plan-extend"),
    path(C + "plan/stage/<campaign:stage>/stop/", plan_acts.stop, name="plan-stop"),
    path(C + "plan/stage/<campaign:stage>/roll/", plan_acts.roll, name="plan-roll"),
    path(C + "trials/", designing.listed, name="trials"),
    path(C + "trials/new/", designing.new, name="trial-new"),
    path(C + "trials/power/", designing.power, name="trial-power"),
    path(C + "trials/at/<slug:trial>/", running.page, name="trial"),
    path(C + "trials/at/<slug:trial>/start/", running.start, name="trial-start"),
    path(C + "trials/at/<slug:trial>/rows/", running.rows, name="trial-rows"),
    path(C + "trials/at/<slug:trial>/look/", running.look, name="trial-look"),
    path(C + "trials/at/<slug:trial>/judge/", running.judge, name="trial-judge"),
    path(C + "trials/at/<slug:trial>/figure/<slug:figure>/", opening.rows, name="trial-figure"),
    path(C + "trials/at/<slug:trial>/verdict/", running.verdict, name="trial-verdict"),
    path(C + "trials/at/<slug:trial>/template.csv", running.template, name="trial-template"),
    path(C + "members/", members.members, name="members"),
    path(C + "members/invite/", members.invite, name="invite"),
    path(C + "members/<int:number>/drop/", members.drop, name="member-drop"),
    path(C + "acts/", record.record, name="acts"),
    path(C + "acts.csv", record.record_csv, name="acts-csv"),
    path(C + "links/", links.share, name="share"),
    path(C + "links/<int:number>/withdraw/", links.withdraw, name="withdraw"),
    path(S, figures.shared_overview, name="shared-overview"),
    path(S + "unlock/", links.unlock, name="shared-unlock"),
    path(S + "at/<slug:screen>/", figures.shared_screen, name="shared-screen"),
    path(S + "at/<slug:screen>/<slug:section>/", figures.shared_screen, name="shared-section"),
    path(S + "chart/<slug:chart>.json", exports.shared_live, name="shared-chart-live"),
    path(S + "paper/<slug:kind>.<slug:form>", papers.shared_paper, name="shared-paper"),
    path("admin/login/", signing.admin_sign_in, name="admin-sign-in"),
    path("admin/", admin.site.urls),
]
handler400, handler403, handler404, handler500 = (
    failures.bad,
    failures.forbidden,
    failures.missing,
    failures.broken,
)
