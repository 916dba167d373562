from django.http import Http404, HttpRequest, HttpResponse



def dashboard(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def how_it_adds_up(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
