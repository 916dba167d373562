from django.http import Http404, HttpRequest, HttpResponse


def skills(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def area_set(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def level_set(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
