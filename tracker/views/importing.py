from django.http import Http404, HttpRequest, HttpResponse


def upload(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def review(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
