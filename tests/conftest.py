"""What all tests share: a person, and a client signed in as them."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

PASSWORD = "correct horse battery"


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user("ada", "ada@example.org", PASSWORD)


@pytest.fixture
def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client
