"""The plan's addresses. None holds a key but the return link, in its query string."""

from django.urls import path

from .views import carrying, items, keeping, pages, saving

app_name = "plan"

urlpatterns = [
    path("", pages.overview, name="plan"),
    path("save/", saving.save, name="save"),
    path("marks/", saving.marks, name="marks"),
    path("applications/", pages.applications, name="applications"),
    path("record/", pages.record, name="record"),
    path("record.csv", pages.record_csv, name="record_csv"),
    path("calendar.ics", carrying.calendar_file, name="calendar"),
    path("plan.json", carrying.export, name="export"),
    path("schema.json", carrying.schema_file, name="schema"),
    path("import/", carrying.take_in, name="import"),
    path("packet/", carrying.packet, name="packet"),
    path("link/", keeping.link, name="link"),
    path("return/", keeping.open_link, name="return"),
    path("leave/", keeping.leave, name="leave"),
    path("delete/", keeping.delete, name="delete"),
    path("<slug:kind>/add/", items.add, name="add"),
    path("<slug:kind>/<slug:slug>/", items.item, name="item"),
    path("<slug:kind>/<slug:slug>/delete/", items.delete, name="delete_item"),
]
