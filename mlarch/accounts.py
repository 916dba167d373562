"""Who may have an account here, and by what name: our few rules on top of allauth."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

# No "@": a name that looks like someone else's address could be taken for it at sign-in.
username_validators = [
    RegexValidator(r"^[\w.+-]+\Z", _("Use letters, digits and . + - _ only.")),
]


class AccountAdapter(DefaultAccountAdapter):
    """Lets whoever hosts close sign-up by the setting SIGNUP_OPEN."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.ACCOUNT_SIGNUP_OPEN)


class LoginForm(AllauthLoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or e-mail address")
        self.fields["remember"].label = _("Keep me signed in")


class SignupForm(AllauthSignupForm):
    """A user name or an e-mail address, or both, and a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].help_text = _("Needed to reset a forgotten password.")
        self.fields["password1"].help_text = _("At least 10 characters, not only digits, not a well-known one.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        missing = not cleaned.get("username") and not cleaned.get("email")
        if missing and not self.errors.keys() & {"username", "email"}:
            self.add_error("username", ValidationError(_("Give a user name or an e-mail address.")))
        return cleaned
