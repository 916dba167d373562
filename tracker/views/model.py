from django.http import Http404, HttpRequest, HttpResponse



def model(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
