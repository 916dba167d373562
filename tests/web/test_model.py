"""The model page is open to anyone."""

from __future__ import annotations

import pytest
from django.test import Client

from tracker.models import Framework

pytestmark = pytest.mark.django_db


def test_anyone_reads_the_whole_model(client: Client) -> None:
    page = client.get("/model/").content.decode()
    assert "109 competencies in 12 areas" in page
    assert "7,677 h" in page
    assert "O*NET" in page and "ESCO" in page
    assert "one reader&#x27;s proposal" in page


def test_an_area_shows_every_statement_its_weight_and_what_it_rests_on(client: Client) -> None:
    page = client.get("/model/?area=ops").content.decode()
    assert "Experiment tracking and reproducibility" in page
    assert "Makes a project re-runnable from data to metric" in page
    assert "Rests on" in page and "named by" in page


def test_an_unknown_area_is_not_found(client: Client) -> None:
    assert client.get("/model/?area=astrology").status_code == 404


def test_it_takes_a_constant_number_of_queries(client: Client, django_assert_max_num_queries) -> None:
    client.get("/model/")
    with django_assert_max_num_queries(2):
        client.get("/model/")


def test_without_a_model_the_page_says_how_to_load_one(client: Client) -> None:
    Framework.objects.all().update(current_release=None)
    response = client.get("/model/")
    assert response.status_code == 503
    assert "load_framework" in response.content.decode()


def test_the_landing_page_names_the_areas(client: Client) -> None:
    assert "MLOps and production operation" in client.get("/").content.decode()
