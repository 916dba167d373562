"""CV prose: what a person did, studied, denies, means to do, and what others did."""

from __future__ import annotations

import pytest

from tests.interchange.small_model import small_framework
from tests.matching.labelled import FOLDER, items, measured, sayings
from tracker.engine.framework import Framework
from tracker.interchange.shipped import shipped_framework
from tracker.matching import Matcher, matcher_of
from tracker.matching.candidates import Candidate, Deed, candidate_answer, read_candidate
from tracker.matching.sentences import MOST_CHARACTERS, TextTooLongError

SETS = tuple(
    f"candidates_{which}"
    for which in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
)
# The others are full of traps, and were labelled before they were read: each says how it fared at first sight.
HARD_SETS = tuple(sorted(path.stem for path in FOLDER.glob("candidates_*.yaml") if path.stem not in SETS))


@pytest.fixture(scope="module")
def framework() -> Framework:
    return shipped_framework()


def read(text: str, framework: Framework) -> Candidate:
    return read_candidate(text, framework, matcher_of(framework))


def deed(text: str, framework: Framework, competency: str = "cloud.containers") -> str:
    """Under what the competency stands; "" where it is not named."""
    return next((skill.deed for skill in read(text, framework).skills if skill.competency == competency), "")


def test_the_labelled_texts_are_read(framework: Framework) -> None:
    report = measured(items(*SETS), lambda text: candidate_answer(read(text, framework)))
    assert not report.traps
    assert report.whole.precision >= 0.97, report.misses
    assert report.whole.recall >= 0.93, report.misses
    for part, tally in report.parts.items():
        assert tally.precision >= 0.95 and tally.recall >= 0.8, (part, report.misses)


def test_the_hard_labelled_texts_are_read(framework: Framework) -> None:
    report = measured(items(*HARD_SETS), lambda text: candidate_answer(read(text, framework)))
    assert not report.traps
    assert report.whole.precision >= 0.92, report.misses
    assert report.whole.recall >= 0.88, report.misses


@pytest.mark.parametrize(
    "text",
    [
        "Built services in Python",
        "Backend of the shop in Python",
        "Ported the scoring from R to Python",
        "Tested Python",
    ],
)
def test_what_was_done_does_not_hide_what_it_was_done_with(framework: Framework, text: str) -> None:
    assert deed(text, framework, "cs.python") == "has"


@pytest.mark.parametrize(
    "text",
    [
        "Moved six services to Kubernetes", "I run Kubernetes in production", "Betrieb von Kubernetes-Clustern",
        "Mise en place de Kubernetes", "Not only Docker but also Kubernetes", "Kubernetes",
        "Migrated to Kubernetes without downtime", "My team and I moved to Kubernetes",
    ],
)  # fmt: skip
def test_what_a_person_did(framework: Framework, text: str) -> None:
    assert deed(text, framework) == Deed.HAS


@pytest.mark.parametrize(
    "text",
    [
        "No experience with Kubernetes", "I have never used Kubernetes", "Kubernetes: never touched it",
        "Not yet: Kubernetes", "Keine Erfahrung mit Kubernetes", "Noch nie mit Kubernetes gearbeitet",
        "Je n'ai jamais utilisé Kubernetes", "I tried Kubernetes and gave up", "No Kubernetes so far",
    ],
)  # fmt: skip
def test_what_a_person_denies(framework: Framework, text: str) -> None:
    assert deed(text, framework) == Deed.NEGATED


@pytest.mark.parametrize(
    "text",
    [
        "Plan to learn Kubernetes this winter", "I would love to work with Kubernetes", "Goals\n- Kubernetes",
        "Ziel: Kubernetes", "Ich möchte Kubernetes lernen", "Je souhaite apprendre Kubernetes",
        "On my list: Kubernetes",
    ],
)  # fmt: skip
def test_what_a_person_means_to_do(framework: Framework, text: str) -> None:
    assert deed(text, framework) == Deed.INTENDS


@pytest.mark.parametrize(
    "text",
    [
        "My colleague set up Kubernetes", "The platform team runs Kubernetes", "Kubernetes was run by our vendor",
        "My engineers moved us to Kubernetes", "Hired three Kubernetes administrators", "Mein Team betreibt Kubernetes",
        "Mes collègues ont installé Kubernetes",
    ],
)  # fmt: skip
def test_what_others_did(framework: Framework, text: str) -> None:
    assert deed(text, framework) == Deed.OTHERS


@pytest.mark.parametrize(
    "text",
    [
        "Took a course on Kubernetes", "Coursework: Kubernetes", "Kurs zu Kubernetes besucht",
        "Formation en ligne : Kubernetes", "Apart from a tutorial I haven't touched Kubernetes",
    ],
)  # fmt: skip
def test_what_a_person_studied(framework: Framework, text: str) -> None:
    assert deed(text, framework) == Deed.STUDIED


@pytest.mark.parametrize("text", ["We ran Kubernetes", "Currently learning Kubernetes"])
def test_what_is_unsure_is_asked(framework: Framework, text: str) -> None:
    candidate = read(text, framework)
    assert not candidate.skills
    assert [(q.text, q.candidates) for q in candidate.questions] == [("Kubernetes", ("cloud.containers",))]


@pytest.mark.parametrize(
    "text", ["Kubernetes administrator, 2019 to 2021", "MSc Statistics, 2012", "Member of a Docker meetup"]
)
def test_titles_degrees_and_crowds_are_no_skills(framework: Framework, text: str) -> None:
    assert not [s for s in read(text, framework).skills if s.competency in ("cloud.containers", "math.statistics")]


def test_teaching_is_more_than_having_studied(framework: Framework) -> None:
    assert deed("Taught a course on Kubernetes", framework) == Deed.HAS


def test_the_surest_deed_counts_with_its_sentence_and_level(framework: Framework) -> None:
    (skill,) = read("Plan to learn more Docker.\n- Advanced Docker\n- a course on Docker", framework).skills
    assert (skill.deed, skill.level, skill.quote, skill.line) == (Deed.HAS, 4, "Advanced Docker", 2)


def test_a_denial_in_a_clause_of_its_own_denies_nothing_else(framework: Framework) -> None:
    assert deed("Wrote Terraform modules that never failed", framework, "cloud.iac") == Deed.HAS


def test_umbrella_words_are_asked(framework: Framework) -> None:
    assert [q.text for q in read("Skills\n- MLOps", framework).questions] == ["MLOps"]


def test_names_are_those_of_the_model_at_hand() -> None:
    framework = small_framework()
    candidate = read_candidate("Wrote tidyverse packages\nRan Docker", framework, Matcher(framework))
    assert [skill.competency for skill in candidate.skills] == ["cs.r"]


def test_too_long_a_text_is_refused(framework: Framework) -> None:
    with pytest.raises(TextTooLongError):
        read("x" * (MOST_CHARACTERS + 1), framework)


def test_an_exception_to_a_denial_is_had(framework: Framework) -> None:
    text = "I can't program in Java, apart from SQL that I learned from a book, and some Docker"
    assert deed(text, framework, "cs.java") == Deed.NEGATED
    assert deed(text, framework, "cs.sql") == Deed.STUDIED


def test_what_work_was_for_may_be_of_others(framework: Framework) -> None:
    found = read("Wrote the business case for the recommender system", framework)
    assert [skill.competency for skill in found.skills] == ["biz.value"]
    assert found.questions[0].candidates == ("ml.recommenders",)


@pytest.mark.parametrize(
    "text",
    [
        "The Kubernetes clusters are my colleague's", "Kubernetes: set up by another team, not by me",
        "A consultancy moved us to Kubernetes", "Kubernetes comes from our platform team",
        "Kubernetes hat eine Agentur eingerichtet",
    ],
)  # fmt: skip
def test_more_of_what_others_did(framework: Framework, text: str) -> None:
    assert deed(text, framework) == Deed.OTHERS


def test_an_ambition_to_lead_is_the_writers_own(framework: Framework) -> None:
    assert deed("My ambition is to lead a move to Kubernetes", framework) == Deed.INTENDS


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Kubernetes is not something I have done.", Deed.NEGATED), ("Kubernetes: none.", Deed.NEGATED),
        ("I know Kubernetes only by name.", Deed.NEGATED), ("Sadly no Kubernetes.", Deed.NEGATED),
        ("Kubernetes is a gap in my CV.", Deed.NEGATED), ("Kubernetes fehlt mir noch.", Deed.NEGATED),
        ("Looking for a role with Kubernetes.", Deed.INTENDS), ("Ich will Kubernetes lernen.", Deed.INTENDS),
        ("Nächstes Ziel: Kubernetes.", Deed.INTENDS), ("Je compte me former à Kubernetes.", Deed.INTENDS),
        ("Kubernetes (university course).", Deed.STUDIED), ("Kubernetes was handled by DevOps.", Deed.OTHERS),
        ("Two freelancers migrated us to Kubernetes.", Deed.OTHERS),
        ("Kubernetes was the job of another department.", Deed.OTHERS),
        ("Kubernetes betreut ein Dienstleister.", Deed.OTHERS), ("Kubernetes was run by me alone.", Deed.HAS),
        ("Nobody at the bank had used Kubernetes before I brought it in.", Deed.HAS),
        ("Kubernetes (self-taught, in production since 2020)", Deed.HAS),
    ],
)  # fmt: skip
def test_whose_it_is_is_said_in_many_ways(framework: Framework, text: str, what: Deed) -> None:
    assert deed(text, framework) == what


@pytest.mark.parametrize(
    ("text", "what"),
    [
        # Others: by the subject of a verb of making, behind it, beside the writer, or before the writer came.
        ("Engineering built it on Kubernetes", Deed.OTHERS), ("The quants maintain Kubernetes", Deed.OTHERS),
        ("Kubernetes verantwortet das Team in Essen", Deed.OTHERS),
        ("Worked alongside the Kubernetes team", Deed.OTHERS),
        ("Kubernetes had been set up before me", Deed.OTHERS),
        ("Works at Alder Ltd (maker of the largest Kubernetes operator)", Deed.OTHERS),
        # Denials and their limits.
        ("Kubernetes I leave to the young", Deed.NEGATED), ("Kubernetes? Never.", Deed.NEGATED),
        ("What I have not done: Kubernetes", Deed.NEGATED),
        ("I have heard of Kubernetes but never used it at all", Deed.NEGATED),
        ("At university I avoided Kubernetes", Deed.NEGATED),
        ("My Kubernetes is good enough for tests, not for banks", Deed.HAS),
        ("Kubernetes every day, Java only by name", Deed.HAS),
        ("No day without Kubernetes", Deed.HAS), ("Kubernetes since 2019, no longer daily", Deed.HAS),
        ("I haven't used Kubernetes since 2019", Deed.HAS),
        ("No Kubernetes apart from a cluster of Docker", Deed.NEGATED),
        ("My brother is a Kubernetes expert", Deed.OTHERS),
        ("Kubernetes is operated by a service that we buy", Deed.OTHERS),
        ("I ran Kubernetes and told people what it can't do", Deed.HAS),
        ("Kubernetes for my own needs, otherwise no cloud", Deed.HAS),
        ("Kubernetes is used by the whole bank", Deed.HAS),
        ("I don't know Kubernetes, but it is next on my list", Deed.INTENDS),
        ("Nächstes Jahr: Kubernetes", Deed.INTENDS),
        ("A basic command of SQL and none of Kubernetes", Deed.NEGATED),
        ("Modules passed: Kubernetes", Deed.STUDIED),
        ("Kubernetes is something I admire from a distance", Deed.NEGATED),
        # What only looks like others' work, a wish or a course.
        ("Set up Kubernetes when I joined and kept it green", Deed.HAS), ("Nearly 40 Kubernetes clusters", Deed.HAS),
        ("Built an award-winning Kubernetes operator", Deed.HAS), ("I plan and run Kubernetes upgrades", Deed.HAS),
        ("Wrote Kubernetes operators which the platform team now maintains", Deed.HAS),
        # Wishes.
        ("What I'd like next: Kubernetes", Deed.INTENDS), ("I'd move towards Kubernetes", Deed.INTENDS),
        ("I'd call myself an expert in Kubernetes", Deed.HAS),
        # Courses.
        ("Kubernetes course, finished in May", Deed.STUDIED),
    ],
)  # fmt: skip
def test_whose_it_is_is_told_by_subject_scope_and_mood(framework: Framework, text: str, what: Deed) -> None:
    assert deed(text, framework) == what


@pytest.mark.parametrize(
    "text",
    [
        "Was meant to introduce Kubernetes", "Had I stayed, I would have moved us to Kubernetes",
        "Halfway through a course on Kubernetes", "Onlinekurs Kubernetes abgebrochen",
        "Was promised a course on Kubernetes", "Uses Kubernetes that the platform team maintains",
    ],
)  # fmt: skip
def test_what_never_came_about_or_is_not_finished_is_asked(framework: Framework, text: str) -> None:
    candidate = read(text, framework)
    assert not [skill for skill in candidate.skills if skill.competency == "cloud.containers"]
    assert ("cloud.containers",) in [question.candidates for question in candidate.questions]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("We had a team for Kubernetes. I wasn't on it.", Deed.OTHERS),
        ("The models ran on Kubernetes. I had no part in that.", Deed.OTHERS),
        ("Moved everything to Kubernetes. Not my work.", Deed.OTHERS),
        ("I run Kubernetes. I write the docs as well.", Deed.HAS),
        ("I run Kubernetes. None of it fails on Mondays.", Deed.HAS),
        ("I run Kubernetes. Spark was not my work.", Deed.HAS),
    ],
)
def test_the_next_sentence_may_take_a_deed_back(framework: Framework, text: str, what: Deed) -> None:
    assert deed(text, framework) == what


def test_what_others_made_itself_was_only_used(framework: Framework) -> None:
    text = "Ported Kubernetes to the device\nKubernetes itself was set up by a contractor"
    assert deed(text, framework) == Deed.OTHERS


def test_one_consultant_is_the_writer_and_several_are_others(framework: Framework) -> None:
    assert deed("Consultant, Kubernetes", framework) == Deed.HAS
    assert deed("Consultants moved us to Kubernetes", framework) == Deed.OTHERS


@pytest.mark.parametrize(("text", "what"), sayings("candidates"))
def test_a_saying_is_understood(framework: Framework, text: str, what: str) -> None:
    candidate = read(text, framework)
    asked = any("cloud.containers" in question.candidates for question in candidate.questions)
    assert (deed(text, framework) or ("unsure" if asked else "")) == what


def test_a_name_that_is_a_plain_word_is_kept_where_a_comma_parts_it(framework: Framework) -> None:
    assert deed("SQL every day, Spark only in a tutorial", framework, "data.big-data") == Deed.STUDIED
    assert deed("Python für Automatisierung, R gar nicht", framework, "cs.r") == Deed.NEGATED
