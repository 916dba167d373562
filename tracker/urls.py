"""The tracker's pages, one group of lines a page."""

from django.urls import path

from tracker.views import (
    competency,
    dashboard,
    exporting,
    importing,
    landing,
    model,
    path_page,
    profile,
    progress,
    resources,
    search,
    settings,
    skills,
    start,
)

app_name = "tracker"

urlpatterns = [
    path("", landing.landing, name="landing"),
    path("start/", start.start, name="start"),
    path("start/<int:step>/", start.step, name="start_step"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/sum/", dashboard.how_it_adds_up, name="how_it_adds_up"),
    path("skills/", skills.skills, name="skills"),
    path("skills/area/<str:area>/", skills.area_set, name="area_set"),
    path("skills/<str:key>/", competency.competency, name="competency"),
    path("skills/<str:key>/level/", skills.level_set, name="level_set"),
    path("skills/<str:key>/note/", competency.note_set, name="claim_note"),
    path("skills/<str:key>/waive/", competency.waive, name="waive"),
    path("path/", path_page.path_page, name="path"),
    path("path/habits/<str:key>/", path_page.habit_log, name="habit_log"),
    path("path/milestones/<str:key>/", path_page.milestone_word, name="milestone_word"),
    path("profile/", profile.profile, name="profile"),
    path("profile/offers/", profile.offers, name="offers"),
    path("profile/<str:sort>/new/", profile.item_new, name="item_new"),
    path("profile/<str:sort>/<int:pk>/", profile.item_edit, name="item_edit"),
    path("profile/<str:sort>/<int:pk>/remove/", profile.item_remove, name="item_remove"),
    path("resources/", resources.resources, name="resources"),
    path("resources/<str:key>/", resources.resource, name="resource"),
    path("resources/<str:key>/mark/", resources.mark, name="resource_mark"),
    path("progress/", progress.progress, name="progress"),
    path("progress/<int:pk>/undo/", progress.undo, name="event_undo"),
    path("model/", model.model, name="model"),
    path("import/", importing.upload, name="import"),
    path("import/review/", importing.review, name="import_review"),
    path("export/", exporting.export, name="export"),
    path("export/profile.json", exporting.profile_json, name="export_profile"),
    path("settings/", settings.settings, name="settings"),
    path("settings/delete/", settings.delete, name="account_delete"),
    path("search/", search.search, name="search"),
]
