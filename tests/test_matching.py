"""Free text against a framework: accepted where it is plain, asked where it is not, never guessed."""

from __future__ import annotations

import pytest

from tests.interchange.small_model import DOCUMENT, small_framework
from tracker.interchange.framework import read_framework
from tracker.interchange.profile import read_profile
from tracker.interchange.shipped import shipped_framework
from tracker.matching import Kind, Matcher, Resolved, matcher_of, resolve
from tracker.matching.text import is_typo, key, words, words_of_each
from tracker.matching.words import inverted, trade_words


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return matcher_of(shipped_framework())


# Text made comparable


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CI/CD Pipelines", "ci cd pipeline"),
        ("Café", "cafe"),
        ("data_pipelines", "Data-Pipelines"),
        ("optimisation", "Optimization"),
        ("Labelling", "labeling"),
        ("technologies", "technology"),
        ("\uff30\uff59", "py"),
    ],
)
def test_case_accents_marks_plurals_and_spellings_do_not_tell_texts_apart(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_the_marks_of_languages_do() -> None:
    assert len({key("C"), key("C++"), key("C#")}) == 3


def test_marks_of_other_scripts_are_kept() -> None:
    assert words("ドッカー") == ("ドッカー",)


@pytest.mark.parametrize(
    ("one", "other", "is_slip"),
    [
        ("machine learnig engineer", "machine learning engineer", True),
        ("machien learning", "machine learning", True),
        ("data scientist", "data scientists", False),
        ("forest management", "cost management", False),
        ("scale", "scala", False),
        ("spark", "spork", False),
        ("data", "data", False),
    ],
)
def test_a_slip_of_the_keyboard_is_one_letter_in_a_long_word(one: str, other: str, is_slip: bool) -> None:
    assert is_typo(tuple(one.split()), tuple(other.split())) is is_slip


# Skills


@pytest.mark.parametrize(
    ("text", "competency"),
    [
        ("Python", "cs.python"), ("python 3.11", "cs.python"), ("Python (Programming Language)", "cs.python"),
        ("R", "cs.r"), ("C", "cs.systems-programming"), ("Go", "cs.systems-programming"), ("Java 11", "cs.java"),
        ("k8s", "cloud.containers"), ("Apache Spark", "data.big-data"), ("Spark", "data.big-data"),
        ("sklearn", "ml.supervised"), ("REST APIs", "swe.api-development"), ("ONNXRuntime", "dl.inference-efficiency"),
        ("CI / CD pipelines", "ops.cicd"), ("Statistics", "math.statistics"), ("機械学習", "ml.fundamentals"),
        ("Terrafrom modules in use", "cloud.iac"), ("Tensroflow", "dl.frameworks"),
    ],
)  # fmt: skip
def test_a_skill_by_its_name_alias_or_usual_writing(matcher: Matcher, text: str, competency: str) -> None:
    assert matcher.skill(text).id == competency


@pytest.mark.parametrize(
    "text",
    [
        "JavaScript", "Objective-C", "C#/.NET", "React", "SAP", "PLC programming", "forest management", "R&D",
        "landscape architecture", "Excel", "go-to-market", "Rust removal", "Vitamin C", "P&L management",
        "English", "Scale", "x", "!!!", "", "   ", "b" * 5_000,
    ],
)  # fmt: skip
def test_what_the_model_does_not_have_is_left_alone(matcher: Matcher, text: str) -> None:
    assert matcher.skill(text).kind is Kind.NONE


@pytest.mark.parametrize("text", ["Data Science", "MLOps", "DevOps", "leadership", "Architecture", "databases", "RLHF"])
def test_umbrella_words_and_names_of_two_skills_are_asked(matcher: Matcher, text: str) -> None:
    match = matcher.skill(text)
    assert match.is_asked and not match.id and match.candidates and match.reason


def test_a_name_among_other_words_is_asked(matcher: Matcher) -> None:
    match = matcher.skill("stream processing for toy trains")
    assert match.is_asked and [c.id for c in match.candidates] == ["data.streaming"]


@pytest.mark.parametrize(
    ("text", "competencies"),
    [
        ("Python, SQL; Spark", ["cs.python", "cs.sql", "data.big-data"]),
        ("Python/R", ["cs.python", "cs.r"]),
        ("HTML/CSS/SQL", ["cs.sql"]),
        ("C/C++, Java", ["cs.systems-programming", "cs.java"]),
        ("A/B testing", ["math.experimentation"]),
        ("lin. algebra (SVD, eigenvectors)", ["math.linear-algebra"]),
        ("multi-GPU training (DDP, FSDP)", ["dl.distributed-training"]),
        ("R and D", []),
    ],
)
def test_a_text_may_list_several_skills(matcher: Matcher, text: str, competencies: list[str]) -> None:
    assert [part.match.id for part in matcher.skills(text) if part.match.is_accepted] == competencies


# Titles


@pytest.mark.parametrize(
    ("title", "family"),
    [
        ("Sr. MLE", "ml-engineer"), ("Machine Learnig Engineer", "ml-engineer"), ("Data Sci. II", "data-scientist"),
        ("Jr. Data Scientist", "junior-data-scientist"), ("Full-Stack Engineer (React/Node)", "software-developer"),
        ("Junior Web Developer", "software-developer"), ("ML Ops Eng (contract)", "mlops-engineer"),
        ("DevOps/SRE", "devops-sre"), ("AWS Cloud Architect", "cloud-architect"), ("Datenanalyst", "data-analyst"),
        ("Lead Data Scientist", "tech-lead"), ("Staff Software Engineer", "tech-lead"),
        ("Principal ML Architect", "ml-architect"), ("Head of AI", "engineering-manager"),
        ("Manager, Data Science", "engineering-manager"), ("Statistician / Data Scientist", "data-scientist"),
        ("Credit Risk Data Scientist", "data-scientist"), ("機械学習エンジニア", "ml-engineer"),
    ],
)  # fmt: skip
def test_a_title_by_its_family(matcher: Matcher, title: str, family: str) -> None:
    assert matcher.role(title).id == family


@pytest.mark.parametrize(
    "title",
    [
        "Shift Supervisor", "General Manager", "Sales Engineer", "Store Manager", "Project Manager", "Civil Engineer",
        "Staff Nurse", "Lead Mechanical Engineer", "Landscape Architect", "Data Entry Clerk", "Train driver",
        "CEO/President", "Property Developer", "Head of Marketing", "Machine Operator", "Aspiring Data Scientist",
        "Principal", "Data Science Recruiter", "", "!",
    ],
)  # fmt: skip
def test_a_title_of_another_trade_is_left_alone(matcher: Matcher, title: str) -> None:
    assert matcher.role(title).kind is Kind.NONE


@pytest.mark.parametrize(
    "title",
    [
        "Engineer",
        "Analyst",
        "Data Specialist",
        "CTO (startup)",
        "Research Scientist (Oncology)",
        "Data Engineer Intern",
    ],
)
def test_a_title_that_does_not_tell_is_asked(matcher: Matcher, title: str) -> None:
    assert matcher.role(title).is_asked


# Degrees


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Computer Science", "computer-science"), ("Master's in CS", "computer-science"),
        ("Informatik", "computer-science"),
        ("Bachelor of Science in Computer Science", "computer-science"), ("B.Com (Finance)", "economics"),
        ("Masters in Machien Learning", "artificial-intelligence"), ("Estadística", "statistics"),
        ("Computer Science (Distributed Systems)", "computer-science"), ("MSEE", "electrical-engineering"),
        ("Electrical & Electronic Engineering", "electrical-engineering"), ("情報科学", "computer-science"),
        ("Doctor of Philosophy in Physics", "physics"), ("Mathematics and Physics", "mathematics"),
    ],
)  # fmt: skip
def test_a_study_by_its_field(matcher: Matcher, text: str, field: str) -> None:
    assert matcher.field(text).id == field


@pytest.mark.parametrize("text", ["Civil Engineering", "Geoinformatics", "Sports Science", "MBA", "Fine Arts", ""])
def test_a_study_of_another_field_is_left_alone(matcher: Matcher, text: str) -> None:
    assert matcher.field(text).kind is Kind.NONE


@pytest.mark.parametrize(
    "text", ["B.Ed. Mathematics", "Philosophy of Physics", "Sports Physics", "Data Science and Law"]
)
def test_a_field_among_words_that_may_change_it_is_asked(matcher: Matcher, text: str) -> None:
    assert matcher.field(text).is_asked


def test_a_degree_has_a_level_a_field_and_a_state(matcher: Matcher) -> None:
    level, fields, is_finished = matcher.degree("PhD cand. Physics")
    assert (level, *(field.id for field in fields), is_finished) == ("doctorate", "physics", False)


# Certificates


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("AWS Certified Solutions Architect \u2013 Professional", "aws-sap"), ("SAA-C02", "aws-saa"), ("CKA", "cka"),
        ("Certified K8s Admin", "cka"), ("Certified Kubernetes Application Developer (CKAD)", "ckad"),
        ("TOGAF 9 Certified", "togaf"), ("Certified Scrum Master", "psm"), ("AWS ML Specialty", "aws-mls"),
        ("Google Professional Machine Learning Engineer", "google-pmle"), ("Terraform Associate", "terraform-assoc"),
        ("(ISC)2 Certified Information Systems Security Professional", "cissp"),
    ],
)  # fmt: skip
def test_a_certificate_by_its_name_or_code(matcher: Matcher, name: str, rule: str) -> None:
    assert matcher.certificate(name).id == rule


@pytest.mark.parametrize(
    "name",
    [
        "DP-900", "AWS Certified Cloud Practitioner (CLF-C02)", "ISO/IEC 42001 Lead Auditor", "CAPM", "PSM II",
        "DP-203 Azure Data Engineer Associate", "Google Data Analytics Professional Certificate", "CISM", "",
    ],
)  # fmt: skip
def test_a_neighbour_of_a_listed_certificate_is_another_one(matcher: Matcher, name: str) -> None:
    assert matcher.certificate(name).kind is Kind.NONE


def test_a_certificate_whose_level_is_left_out_is_asked(matcher: Matcher) -> None:
    match = matcher.certificate("AWS Certified Solutions Architect")
    assert match.is_asked and {c.id for c in match.candidates} == {"aws-saa", "aws-sap"}


def test_the_issuer_helps_where_the_name_leaves_it_out(matcher: Matcher) -> None:
    assert matcher.certificate("Data Engineer Associate").is_asked
    assert matcher.certificate("Data Engineer Associate", "Amazon Web Services").id == "aws-dea"
    assert matcher.certificate("Data Engineer Associate", "Databricks").kind is Kind.NONE


# Any framework


def test_an_id_means_itself() -> None:
    matcher = Matcher(small_framework())
    assert matcher.skill("ml.supervised").id == matcher.skills("ml.supervised")[0].match.id == "ml.supervised"
    assert matcher.role("ml-engineer").id == "ml-engineer"
    assert matcher.field("computer-science").id == "computer-science"
    assert matcher.certificate("cka").id == "cka"


def test_words_of_the_trade_mean_nothing_where_the_model_has_no_such_name() -> None:
    matcher = Matcher(small_framework())
    assert matcher.skill("k8s").kind is matcher.role("Head of AI").kind is matcher.field("VWL").kind is Kind.NONE


def test_the_matcher_is_built_once_a_framework() -> None:
    framework = small_framework()
    assert matcher_of(framework) is matcher_of(framework)
    assert matcher_of(read_framework({**DOCUMENT, "version": "2"})) is not matcher_of(framework)


# A profile, resolved


def resolved(**sections: object) -> Resolved:
    framework = small_framework()
    document = read_profile({"schema": "mlarch-profile/1", **sections}, framework)
    return resolve(document, framework, matcher=Matcher(framework))


def test_items_say_what_they_are() -> None:
    profile = resolved(
        roles=[{"title": "ML Engineer", "employer": "Acme", "start": "2021-03", "end": "2024-06"}, {"title": "Clerk"}],
        degrees=[{"level": "bachelor", "field": "Computer Science", "institution": "X", "end": "2014"}],
        certifications=[{"name": "CKA", "issuer": "CNCF", "date": "2020"}],
        activities=[{"kind": "project", "title": "Drift", "date": "2019", "competencies": {"cs.python": 3}}],
        skills=["Python, R"],
    ).profile
    assert [r.item for r in profile.roles] == ["ML Engineer, Acme (2021-03 to 2024-06)", "Clerk"]
    assert [d.item for d in profile.degrees] == ["Bachelor, Computer Science, X (2014)"]
    assert [c.item for c in profile.certifications] == ["CKA, CNCF (2020)"]
    assert [a.item for a in profile.activities] == ["Drift (project, 2019)"]
    assert [s.item for s in profile.skills] == ["Python (listed skill)", "R (listed skill)"]


def test_the_persons_own_answer_wins_over_matching() -> None:
    answers = resolved(
        roles=[{"title": "ML Engineer", "family": "none"}, {"title": "Wizard", "family": "ml-engineer"}],
        degrees=[{"level": "master", "field": "Arts", "field_id": "computer-science"}],
        certifications=[{"name": "CKA", "rule": "none"}],
    )
    assert [r.family for r in answers.profile.roles] == ["", "ml-engineer"]
    assert answers.profile.degrees[0].field == "computer-science"
    assert answers.profile.certifications[0].rule == ""
    assert answers.unmatched == ()


def test_what_is_unknown_or_unsure_is_kept_with_its_candidates() -> None:
    answers = resolved(
        roles=[{"title": "Shift Supervisor"}],
        skills=["Juggling", "pandas"],
        activities=[{"kind": "hike", "title": "Alps"}],
    )
    assert answers.profile.skills == ()
    assert {(u.where, u.text, u.candidates) for u in answers.unmatched} == {
        ("roles[0].title", "Shift Supervisor", ()),
        ("skills[0]", "Juggling", ()),
        ("skills[1]", "pandas", ("cs.python", "ml.supervised")),
        ("activities[0].kind", "hike", ()),
    }


def test_dates_are_the_first_day_that_they_can_mean() -> None:
    profile = resolved(
        roles=[{"title": "ML Engineer", "start": "2021"}],
        claims={"cs.r": {"level": 1, "date": "2020-05"}},
        milestones={"m.talk": "2022-03", "m.bachelor": False},
        finished=[{"resource": "r.python", "date": "2022"}],
    ).profile
    assert str(profile.roles[0].start) == "2021-01-01" and profile.roles[0].end is None
    assert str(profile.claims["cs.r"].on) == "2020-05-01"
    assert str(profile.milestones["m.talk"]) == "2022-03-01" and profile.milestones["m.bachelor"] is False
    assert str(profile.finished[0].on) == "2022-01-01"


# The words of the trade


def test_each_usual_name_is_one_of_the_shipped_model_and_each_text_has_one(matcher: Matcher) -> None:
    usual = inverted(trade_words()["skills"])
    assert [name for name in sorted(set(usual.values())) if not matcher.skill(name).is_accepted] == []
    meant: dict[str, str] = {}
    for text, name in usual.items():
        assert meant.setdefault(key(text), name) == name, text


def test_each_question_and_sentence_offers_something_of_the_shipped_model(matcher: Matcher) -> None:
    words_to_ask = [str(word) for entry in trade_words()["umbrella"] for word in entry["words"]]
    assert [word for word in words_to_ask if not matcher.skill(word).candidates] == []
    names = trade_words()["sentences"]
    assert [name for name in names if not matcher.skill(name).is_accepted] == []


# Texts of several words


@pytest.mark.parametrize(
    ("text", "competencies"),
    [
        ("Kubernetes in production environments", ["cloud.containers"]),
        ("Scala and Spark", ["cs.java", "data.big-data"]),
        ("statistics + R", ["math.statistics", "cs.r"]),
        ("Python 3 scripting", ["cs.python"]),
        ("5+ years of Python", ["cs.python"]),
        ("Python - expert", ["cs.python"]),
        ("Sehr gute Kenntnisse in SQL", ["cs.sql"]),
        ("maîtrise de Docker", ["cloud.containers"]),
        ("supervised and unsupervised learning", ["ml.supervised", "ml.unsupervised"]),
        ("data cleaning and modelling", ["data.preparation", "data.modelling"]),
        ("CV and NLP", ["dl.computer-vision", "dl.nlp"]),
        ("Langfuse / LangSmith tracing", ["ops.llmops"]),
        ("Docker Kubernetes Terraform Git", ["cloud.containers", "cloud.iac", "swe.version-control"]),
        ("bringing our fraud models into production", ["ops.serving"]),
        ("explain complex findings to non-technical colleagues", ["biz.explaining"]),
        ("machine learning model deployment", ["ops.serving"]),
        ("Red Hat WildFly", ["cs.java"]),
    ],
)
def test_words_that_change_nothing_are_set_aside(matcher: Matcher, text: str, competencies: list[str]) -> None:
    found = [part.match.id for part in matcher.skills(text) if part.match.is_accepted]
    assert list(dict.fromkeys(found)) == competencies


@pytest.mark.parametrize(
    "text",
    [
        "no experience with Kubernetes", "interested in Rust", "plan to learn Spark", "keine Kenntnisse in Java",
        "SAP R/3", "chef in a restaurant", "Microsoft Teams", "in the and of",
    ],
)  # fmt: skip
def test_what_is_lacking_wished_or_of_another_trade_is_no_skill(matcher: Matcher, text: str) -> None:
    assert [part.match.id for part in matcher.skills(text) if part.match.is_accepted or part.match.is_asked] == []


@pytest.mark.parametrize(
    "text",
    ["Docker (shipyard)", "Kubernetes Python debugging", "Data science with Tableau and mortgages"],
)
def test_names_whose_company_leaves_them_open_are_asked(matcher: Matcher, text: str) -> None:
    assert any(part.match.is_asked for part in matcher.skills(text))


@pytest.mark.parametrize(
    ("text", "competency"),
    [
        ("monitoring of models", "ops.monitoring"), ("selecting features", "ml.feature-engineering"),
        ("software architecture design", "arch.software-architecture"), ("ROI tracking", "biz.value"),
        ("hidden technical debt", "arch.evolution"), ("API integration to ERP", "arch.integration"),
        ("hardware selection for LLM apps", "cloud.accelerators"), ("cloud computing aws cluod", "cloud.fundamentals"),
        ("pandas", "data.preparation"), ("CUDA", "cs.systems-programming"),
    ],
)  # fmt: skip
def test_a_name_turned_round_narrowed_or_typed_wrong_is_found(matcher: Matcher, text: str, competency: str) -> None:
    assert [(p.match.id, p.match.is_accepted) for p in matcher.skills(text)] == [(competency, True)]


@pytest.mark.parametrize(
    "text",
    [
        "tree pruning", "whisky distillation", "python breeding", "tracking", "harbour works", "sprint kayaking",
        "kubernetes of ancient Greece", "lakehouse cleaning (holiday homes)", "building automation agents (HVAC)",
        "generative AI", "ITIL", "PowerPoint", "clinical documentation", "toy firmware", "product operations",
        "customer modelling", "computer vision syndrome", "Ruby on Rails", "rail engineering", "network architecture",
    ],
)  # fmt: skip
def test_what_may_be_of_another_trade_or_spans_several_skills_is_not_accepted(matcher: Matcher, text: str) -> None:
    assert not any(part.match.is_accepted for part in matcher.skills(text))


def test_a_sentence_that_says_two_things_is_asked(matcher: Matcher) -> None:
    match = matcher.skill("write tests and review the code of colleagues weekly")
    assert match.is_asked and {"swe.testing", "swe.code-review"} <= {c.id for c in match.candidates}


@pytest.mark.parametrize(
    ("text", "level", "fields", "is_finished"),
    [
        ("BSc Computer Science, University of Economics", "bachelor", ["computer-science"], True),
        ("University of Data Science", "", ["data-science"], True),
        ("B.Math", "bachelor", ["mathematics"], True),
        ("MSCS", "master", ["computer-science"], True),
        ("Ph.D. Computer Science (Statistics)", "doctorate", ["computer-science", "statistics"], True),
        ("Abitur, Mathematik", "secondary", [], True),
        ("Erasmus semester, Informatics", "other", [], True),
        ("MSc Physics (120 credits)", "master", ["physics"], True),
        ("Graduate Diploma in Statistics", "", ["statistics"], True),
        ("MSc Statistics, abgebrochen", "master", ["statistics"], False),
    ],
)
def test_degrees_of_many_countries(
    matcher: Matcher, text: str, level: str, fields: list[str], is_finished: bool
) -> None:
    found_level, matches, found_finished = matcher.degree(text)
    assert (found_level, found_finished) == (level, is_finished)
    assert [match.id for match in matches if match.is_accepted] == fields


@pytest.mark.parametrize("text", ["Bachelor of Engineering", "Dipl.-Ing.", "Actuarial Science", "Robotics (MSc)"])
def test_a_degree_that_may_count_as_several_fields_is_asked(matcher: Matcher, text: str) -> None:
    assert matcher.field(text).is_asked


@pytest.mark.parametrize(
    ("title", "family"),
    [
        ("Software Engineer, Machine Learning", "ml-engineer"),
        ("Technical Architect, Payments", "software-architect"),
        ("Lead, Data Science", "tech-lead"),
        ("Développeuse Java", "software-developer"),
        ("Leiterin Softwareentwicklung", "engineering-manager"),
        ("Ingénieure IA", "ml-engineer"),
    ],
)
def test_titles_of_other_tongues_and_turned_round(matcher: Matcher, title: str, family: str) -> None:
    assert matcher.role(title).id == family


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("AZ-303", "azure-305"), ("az 305", "azure-305"), ("AZ-303 and AZ-304", "azure-305"),
        ("CKAD: Certified Kubernetes Application Developer", "ckad"), ("Zertifizierter Scrum Master (CSM)", "psm"),
        ("PSM 1 (valid until 2024)", "psm"), ("PECB ISO/IEC 42001 LI", "iso42001-li"),
        ("OGEA-103", "togaf"), ("70-535", "azure-305"), ("MS Azure Data Scientist", "azure-dp100"),
        ("TA-002-P", "terraform-assoc"),
    ],
)  # fmt: skip
def test_certificates_by_earlier_exams_and_other_writings(matcher: Matcher, name: str, rule: str) -> None:
    assert matcher.certificate(name).id == rule


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("CKAD Certified Kubernetes Application Developer", "ckad"), ("Kubernetes CKA", "cka"),
        ("PCA - Google Professional Cloud Architect", "google-pca"), ("Scrum Master CSM", "psm"),
    ],
)  # fmt: skip
def test_a_certificate_beside_its_own_initials_is_that_one(matcher: Matcher, name: str, rule: str) -> None:
    assert matcher.certificate(name).id == rule


@pytest.mark.parametrize(
    "name", ["TOGAF", "TOGAF 9 Foundation", "TOGAF 9 Level 1", "Azure certification", "PSM", "iSAQB"]
)
def test_a_certificate_whose_name_leaves_out_level_or_subject_is_asked(matcher: Matcher, name: str) -> None:
    assert matcher.certificate(name).is_asked


@pytest.mark.parametrize(
    ("title", "family"),
    [
        (".NET Architect", "software-architect"), ("C++ Programmer", "software-developer"),
        ("Postdoc (Machine Learning)", "research-scientist"), ("Softwareentwickler C++", "software-developer"),
        ("Postdoctoral Researcher in Machine Learning", "research-scientist"), ("Linux Admin", "devops-sre"),
        ("Statistician", "data-scientist"),
    ],
)  # fmt: skip
def test_titles_by_language_and_by_what_stands_beside_them(matcher: Matcher, title: str, family: str) -> None:
    assert matcher.role(title).id == family


def test_a_level_typed_wrong_is_still_read(matcher: Matcher) -> None:
    level, fields, _ = matcher.degree("Bachlor of Computer Sceince")
    assert (level, [field.id for field in fields]) == ("bachelor", ["computer-science"])


def test_a_certificate_that_names_its_giver_alone_is_asked(matcher: Matcher) -> None:
    assert matcher.certificate("AWS Certified").is_asked
    assert matcher.certificate("AWS").kind is matcher.certificate("SAA-C03 and AZ-305").kind is Kind.NONE


# What surrounds a name


@pytest.mark.parametrize(
    ("text", "competencies"),
    [
        ("build robust and scalable data pipelines", ["data.pipelines"]),
        ("work closely with product managers and designers", ["lead.collaboration"]),
        ("detect drift in deployed models", ["ops.monitoring"]),
        ("lead technical direction of the team", ["lead.technical-leadership"]),
        (
            "deploying models to production with Docker and Airflow",
            ["ops.serving", "cloud.containers", "data.pipelines"],
        ),
        ("mentor juniors and review code", ["lead.mentoring", "swe.code-review"]),
        ("explaining models to non technical managers", ["biz.explaining"]),
        ("threat modelling of cloud services", ["gov.security"]),
        ("BERT fine tuning", ["dl.adaptation"]),
        ("Terraform for machine learning", ["cloud.iac"]),
        ("Python w/ pytest", ["cs.python", "swe.testing"]),
        ("leading code reviews", ["swe.code-review"]),
        ("C#, Java, Go", ["cs.java", "cs.systems-programming"]),
        ("data mesh", ["arch.data-architecture"]),
        ("hypothesis testing", ["math.statistics"]),
    ],
)
def test_what_is_said_goes_before_what_is_named(matcher: Matcher, text: str, competencies: list[str]) -> None:
    found = [part.match for part in matcher.skills(text)]
    assert [match.id for match in found if match.is_accepted] == competencies
    assert not any(match.is_asked for match in found)


@pytest.mark.parametrize(
    "text",
    [
        "transformer maintenance",
        "Assembler (factory)",
        "Docker (port worker)",
        "mentoring in a sport club",
        "coaching football juniors",
        "manage a restaurant team",
        "Oracle EBS",
        "python handling at the circus",
        "vault modelling of gymnastics",
        "Linear",
        "Selection",
        "work ethic",
    ],
)
def test_what_other_trades_surround_is_not_accepted(matcher: Matcher, text: str) -> None:
    assert not any(part.match.is_accepted for part in matcher.skills(text))


def test_other_trades_leave_the_rest_of_a_list_alone(matcher: Matcher) -> None:
    found = [
        part.match.id for part in matcher.skills("Kubernetes, playing guitar, PostgreSQL") if part.match.is_accepted
    ]
    assert found == ["cloud.containers", "cs.sql"]


def test_many_texts_are_read_as_one_by_one() -> None:
    texts = "C++ and Rust, data-cleansing, Entscheidungsb\u00e4ume, , CI/CD pipelines"
    assert words_of_each(texts) == [words(text) for text in texts.split(",")]
