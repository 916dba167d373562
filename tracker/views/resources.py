from django.http import Http404, HttpRequest, HttpResponse



def resources(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def resource(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def mark(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
