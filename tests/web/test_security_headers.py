"""What every answer carries, also the ones that refuse."""

import gzip

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from mlarch.urls import handler400, handler403, handler404, handler500, urlpatterns  # noqa: F401
from tracker.views import errors

pytestmark = pytest.mark.django_db


def refuse(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("told to")


urlpatterns = [*urlpatterns, path("test/refuse/", refuse), path("test/fail/", fail)]

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def visitor() -> Client:
    """A client that gets error pages as a browser does, and has no way around CSRF tokens."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.get("/accounts/login/")
    return client


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status"),
    [("/", 200), ("/test/refuse/", 403), ("/nowhere/", 404), ("/test/fail/", 500)],
)
def test_every_answer_forbids_inline_code_and_foreign_hosts(visitor: Client, address: str, status: int) -> None:
    answer = visitor.get(address)
    policy = answer.headers["Content-Security-Policy"]
    assert answer.status_code == status
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in answer.headers["Permissions-Policy"]


def test_pages_hold_no_inline_code(member: Client) -> None:
    for address in ("/", "/accounts/email/", "/accounts/2fa/", "/nowhere/"):
        page = member.get(address, follow=True).content.decode()
        assert "style=" not in page
        assert "onclick" not in page
        assert "<style" not in page


@pytest.mark.parametrize("charset", ["utf-7", "utf-16"])
@pytest.mark.parametrize("address", ["/accounts/login/", "/nowhere/"])
def test_a_form_in_an_odd_charset_never_breaks_the_server(visitor: Client, address: str, charset: str) -> None:
    answer = visitor.generic("POST", address, b"login=ada", content_type=f"{FORM}; charset={charset}")
    assert answer.status_code == (404 if address == "/nowhere/" else 400)
    assert "Content-Security-Policy" in answer.headers


def test_a_post_without_its_token_is_refused_in_plain_words(visitor: Client) -> None:
    answer = visitor.post("/accounts/login/", {"login": "ada"})
    assert answer.status_code == 403
    assert "stale" in answer.content.decode()


def test_a_body_over_five_megabytes_is_refused_as_too_large(visitor: Client) -> None:
    answer = visitor.post("/accounts/login/", b"a=" + b"x" * (5 * 1024 * 1024 + 1), content_type=FORM)
    assert answer.status_code == 413


def test_the_limit_is_named_where_it_is_met(rf: RequestFactory) -> None:
    answer = errors.bad_request(rf.get("/"), RequestDataTooBig())
    assert "5 MB" in answer.content.decode()


def test_private_pages_stay_out_of_every_cache(member: Client) -> None:
    assert member.get("/accounts/email/").headers["Cache-Control"] == "private, no-store"


def test_pages_travel_compressed(client: Client) -> None:
    answer = client.get("/", headers={"accept-encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert b"</html>" in gzip.decompress(answer.content)


def test_the_theme_follows_the_system_until_one_is_chosen(client: Client) -> None:
    assert "data-bs-theme" not in client.get("/").content.decode()
    client.cookies["theme"] = "dark"
    assert 'data-bs-theme="dark"' in client.get("/").content.decode()
    client.cookies["theme"] = '"><script>'
    assert "data-bs-theme" not in client.get("/").content.decode()
