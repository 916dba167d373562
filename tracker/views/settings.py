from django.http import Http404, HttpRequest, HttpResponse


def settings(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def delete(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
