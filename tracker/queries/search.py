"""Search over skills, resources and one's own items: what is in memory is searched there, items in four reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote_plus

from django.db.models import Model, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.engine.framework import Competency, Resource
from tracker.models import Activity, Certification, Degree, Role
from tracker.queries.person import Person
from tracker.templatetags.numbers import kind

SKILLS_SHOWN = 12
RESOURCES_SHOWN = 10
ITEMS_SHOWN = 5  # of each kind


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: what it is called, where it leads, and in what words it was found."""

    title: str
    address: str
    why: str = ""
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind, the first of `count`; `more` leads to all of them."""

    name: str
    hits: tuple[Hit, ...]
    count: int
    more: str = ""


_ITEMS: tuple[tuple[str, type[Model], tuple[str, ...]], ...] = (
    ("degree", Degree, ("title", "field", "institution")),
    ("role", Role, ("title", "employer", "summary")),
    ("certification", Certification, ("name", "issuer")),
    ("activity", Activity, ("title", "note")),
)


def search(person: Person, text: str) -> list[Group]:
    """The groups with a hit, in a constant number of reads; each word must be found. Nothing for an empty text."""
    words = text.casefold().split()
    if not words:
        return []
    query = quote_plus(text)
    skills, resources = _skills(person, words), _resources(person, words)
    groups = [
        _group(_("Skills"), skills, SKILLS_SHOWN, f"{reverse('tracker:skills')}?q={query}"),
        _group(_("Resources"), resources, RESOURCES_SHOWN, f"{reverse('tracker:resources')}?q={query}"),
        _group(_("Your own"), list(_items(person, words)), len(_ITEMS) * ITEMS_SHOWN, ""),
    ]
    return [group for group in groups if group.hits]


def _group(name: str, hits: list[Hit], shown: int, more: str) -> Group:
    return Group(name, tuple(hits[:shown]), len(hits), more if len(hits) > shown else "")


def _skills(person: Person, words: list[str]) -> list[Hit]:
    """By name first, then by alias, then by what is said of a level; each with the words that matched."""
    held, ranked = person.snapshot.held, []
    for position, competency in enumerate(person.framework.competencies):
        found = _found_in(competency, words)
        if found:
            rank, why = found
            address = reverse("tracker:competency", args=[competency.id])
            ranked.append((rank, position, Hit(competency.name, address, why, held[competency.id])))
    return [hit for _rank, _position, hit in sorted(ranked, key=lambda entry: entry[:2])]


def _found_in(competency: Competency, words: list[str]) -> tuple[int, str] | None:
    """How good the match is (0 best) and the words in which it was found."""
    name = competency.name.casefold()
    if _has_all(name, words):
        return (0 if name.startswith(words[0]) else 1), ""
    for alias in competency.aliases:
        if _has_all(alias.casefold(), words):
            return 2, _("also known as %s") % alias
    for level, statement in competency.levels.items():
        if _has_all(statement.casefold(), words):
            return 3, _("level %(level)d: %(statement)s") % {"level": level, "statement": statement}
    hay = " ".join((name, competency.summary, *competency.aliases, *competency.levels.values())).casefold()
    return (4, competency.summary) if _has_all(hay, words) else None


def _resources(person: Person, words: list[str]) -> list[Hit]:
    """Active resources by title first, then by provider."""
    found = [
        (not _has_all(r.title.casefold(), words), r.title.casefold(), r)
        for r in person.framework.resources
        if r.status == "active" and _has_all(f"{r.title} {r.provider}".casefold(), words)
    ]
    return [_resource_hit(r) for _not_title, _title, r in sorted(found, key=lambda entry: entry[:2])]


def _resource_hit(resource: Resource) -> Hit:
    words = ", ".join(filter(None, (kind(resource.kind), resource.provider)))
    return Hit(resource.title, reverse("tracker:resource", args=[resource.id]), words)


def _items(person: Person, words: list[str]) -> Iterator[Hit]:
    for sort, model, fields in _ITEMS:
        rows = model._default_manager.filter(_contains(fields, words), user=person.user.pk)
        for row in rows.order_by("-pk")[:ITEMS_SHOWN]:
            yield Hit(str(row), reverse("tracker:item_edit", args=[sort, row.pk]), str(model._meta.verbose_name))


def _contains(fields: Iterable[str], words: list[str]) -> Q:
    """Every word in one of the fields."""
    wanted = Q()
    for word in words:
        in_any = Q()
        for field in fields:
            in_any |= Q(**{f"{field}__icontains": word})
        wanted &= in_any
    return wanted


def _has_all(hay: str, words: list[str]) -> bool:
    return all(word in hay for word in words)
