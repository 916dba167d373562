from django.http import Http404, HttpRequest, HttpResponse


def progress(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def undo(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
