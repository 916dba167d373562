"""The bare page that the product's are measured against."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from tracker.models import Event


@login_required
def bare(request: HttpRequest) -> HttpResponse:
    """Session, user, one indexed read of 40 rows, 14 kB of plain HTML: what any Django page costs."""
    rows = Event.objects.filter(user=request.user.pk).only("id", "title", "logged_at")[:40]
    return render(request, "bench/bare.html", {"rows": rows})


urlpatterns = [path("bare/", bare)]
