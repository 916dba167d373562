"""The tracker's pages, one group of lines a page."""

from django.urls import path

from tracker.views import landing

app_name = "tracker"

urlpatterns = [
    path("", landing.landing, name="landing"),
]
