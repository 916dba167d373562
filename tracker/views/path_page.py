from django.http import Http404, HttpRequest, HttpResponse


def path_page(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def habit_log(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def milestone_word(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
