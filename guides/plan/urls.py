"""The plan's addresses. None holds a key but the return link, in its query string."""

from django.urls import path

from .views import earlier, items, key, overview, packet, save, several, sharing, transfer

app_name = "plan"

urlpatterns = [
    path("", overview.overview, name="plan"),
    path("save/", save.save, name="save"),
    path("marks/", save.marks, name="marks"),
    path("applications/", overview.applications, name="applications"),
    path("record/", overview.record, name="record"),
    path("record.csv", overview.record_csv, name="record_csv"),
    path("calendar.ics", transfer.calendar_file, name="calendar"),
    path("plan.json", transfer.export, name="export"),
    path("schema.json", transfer.schema_file, name="schema"),
    path("import/", transfer.take_in, name="import"),
    path("imported/", transfer.imported, name="imported"),
    path("packet/", packet.packet, name="packet"),
    path("link/", key.link, name="link"),
    path("key/new/", key.new_key, name="new_key"),
    path("visit/", key.visit, name="visit"),
    path("visit/<int:pk>/close/", key.close_visit, name="close_visit"),
    path("browser/<int:pk>/end/", key.end_browser, name="end_browser"),
    path("earlier/", earlier.states, name="earlier"),
    path("earlier/<int:pk>/", earlier.bring_back, name="bring_back"),
    path("share/", sharing.share, name="share"),
    path("share/<int:pk>/end/", sharing.end, name="end_sharing"),
    path("shared/", sharing.shared, name="shared"),
    path("shared/comment/", sharing.comment, name="comment"),
    path("shared/close/", sharing.close_shared, name="close_shared"),
    path("dates.ics", sharing.dates, name="dates"),
    path("several/", several.plans, name="several"),
    path("several/keep/", several.keep, name="keep_named"),
    path("several/switch/", several.switch, name="switch"),
    path("several/<slug:mark>/", several.aside, name="aside"),
    path("return/", key.open_plan, name="return"),
    path("unknown/", key.unknown, name="unknown"),
    path("leave/", key.leave, name="leave"),
    path("delete/", key.delete, name="delete"),
    path("<slug:kind>/", items.kind, name="kind"),
    path("<slug:kind>/add/", items.add, name="add"),
    path("<slug:kind>/<slug:slug>/", items.item, name="item"),
    path("<slug:kind>/<slug:slug>/delete/", items.delete, name="delete_item"),
]
