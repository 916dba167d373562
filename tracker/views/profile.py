from django.http import Http404, HttpRequest, HttpResponse


def profile(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def offers(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def item_new(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def item_edit(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def item_remove(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
