from django.http import Http404, HttpRequest, HttpResponse


def competency(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def note_set(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def waive(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
