"""The sentences of an advert, one after the other -> what it asks, in how many years, with which degree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tracker.matching import cues
from tracker.matching.adverts.merging import merged, merged_degrees
from tracker.matching.adverts.parts import NOTHING_SAID, Said, parts_of, said_by
from tracker.matching.adverts.senses import Part
from tracker.matching.adverts.values import Advert, DegreeAsked, LeftOut, Question, Quote, Requirement, Sense, Years
from tracker.matching.openings import Opening
from tracker.matching.phrases import small_words
from tracker.matching.scan import Mention, Scanner
from tracker.matching.sentences import UNKNOWN, Sentence
from tracker.matching.spans import ANY, Span, kind_of, spans
from tracker.matching.studies import degree_places, study

_WHY_LEFT = {
    Sense.BENEFIT: "it is what the employer offers",
    Sense.BOAST: "it tells of the employer",
    Sense.DUTY: "it is a task of the job, not asked beforehand",
    Sense.ASIDE: "nothing says that it is asked",
}
_OTHER_TRADE = "the other side of the or is outside the model"


@dataclass(slots=True)
class Reading:
    """One pass over the sentences."""

    scanner: Scanner
    requirements: list[Requirement] = field(default_factory=list)
    years: list[Years] = field(default_factory=list)
    degrees: list[DegreeAsked] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    loose: list[tuple[Sentence, Part]] = field(default_factory=list)
    has_section: bool = False
    said: Said = NOTHING_SAID

    def read(self, sentence: Sentence) -> None:
        self.has_section = self.has_section or sentence.section == "required"
        parts = parts_of(sentence, self.scanner, self.said)
        self.said = said_by(parts, self.said)
        quote = Quote(sentence.text, sentence.line)
        self._read_degrees(quote, parts)
        had_years = False
        for at, part in enumerate(parts):
            found = self._spans(sentence, part, had_years)
            if part.clause.is_aside and at:
                found = [_of_what_is_before(span, parts[at - 1]) for span in found]
            had_years = had_years or bool(found)
            self.years += [Years(quote, part.sense, span.least, span.of) for span in found]
            part.first_asked = len(self.requirements)
            self._read_names(sentence, quote, part, found)
            part.last_asked = len(self.requirements)
            if cues.goes_on_with_or(part.clause) and at:
                self._join(parts[at - 2] if part.clause.joint == ")" and at > 1 else parts[at - 1], part)

    def _join(self, before: Part, part: Part) -> None:
        """`Kubernetes (or Nomad)`, `GCP (BigQuery) or AWS`: what an `or` behind a bracket joins is one requirement."""
        if before.first_asked == before.last_asked:
            return
        if small_words("learning") & set(part.clause.words):  # "C++ (or the will to learn it)"
            del self.requirements[part.first_asked : part.last_asked]
            return
        place = before.last_asked - 1
        first = self.requirements[place]
        if part.first_asked < part.last_asked:
            second = self.requirements.pop(part.first_asked)
            ids = tuple(dict.fromkeys((*first.competencies, *second.competencies)))
            names = (*(first.alternatives or (first.name,)), *(second.alternatives or (second.name,)))
            self.requirements[place] = replace(first, competencies=ids, alternatives=names)
        elif any(not mention.ids for mention in part.mentions[:1]):
            self.requirements.pop(place)
            self.left_out.append(LeftOut(first.quote, "outside", _OTHER_TRADE, first.competencies))

    def _spans(self, sentence: Sentence, part: Part, had_years: bool) -> list[Span]:
        """Years that are asked; a figure of experience that nothing else explains is asked as well."""
        is_open = part.sense is Sense.ASIDE and part.is_plain
        if not (part.sense.is_asked or is_open):
            return []
        of_degree = self._degree_places(part) if part.has_degree else frozenset[int]()
        named = [mention for mention in part.mentions if of_degree.isdisjoint(mention.places)]
        found = spans(part.clause, named, had_years)
        if is_open:
            is_told = bool(small_words("experience") & set(part.clause.words))
            is_figure = sentence.is_item or not small_words("finite") & set(part.clause.words)
            found = [span for span in found if is_told or (is_figure and (span.of != ANY or span.place <= 2))]
            if found:
                part.sense = Sense.REQUIRED
        return found

    def advert(self, opening: Opening) -> Advert:
        for sentence, part in self.loose:
            quote = Quote(sentence.text, sentence.line)
            if part.is_wish or not self.has_section:
                # Without any heading for it, a list that nothing else explains is what is asked.
                part.sense = Sense.PREFERRED if part.is_wish else Sense.REQUIRED
                self._read_names(sentence, quote, part, [])
            else:
                self._leave(quote, part, part.mentions)
        return Advert(
            opening,
            merged(self.requirements),
            tuple(dict.fromkeys(self.years)),
            merged_degrees(self.degrees),
            tuple(self.questions),
            tuple(self.left_out),
        )

    def _read_degrees(self, quote: Quote, parts: Sequence[Part]) -> None:
        whole = [part.clause for part in parts]
        for strength in (Sense.REQUIRED, Sense.PREFERRED):
            named = [part for part in parts if part.has_degree and part.sense == strength]
            if named:
                found = study([part.clause for part in named], whole, self.scanner)
                if not found.fields and len({part.sense for part in parts if part.has_degree}) == 1:
                    beside = [part.clause for part in parts if part.is_of_degree or part.clause.joint in ("(", ")")]
                    found = replace(found, fields=study(beside, whole, self.scanner).fields)
                self.degrees.append(DegreeAsked(quote, strength, found))

    def _read_names(self, sentence: Sentence, quote: Quote, part: Part, found: Sequence[Span]) -> None:
        named = set().union(*(span.named for span in found if span.of != "management"))
        after = min((span.place for span in found), default=0)
        of_degree = self._degree_places(part) if part.has_degree else frozenset[int]()
        denied = (
            cues.cues_of(part.clause.words, cues.advert_cues()).get("negated") if part.sense is Sense.NEGATED else None
        )
        kept = [
            at
            for at, mention in enumerate(part.mentions)
            if not (denied and cues.is_beside(part.clause, mention, denied))
            and (part.sense is Sense.NEGATED or not self.scanner.is_of_people(part.clause, mention))
            and of_degree.isdisjoint(mention.places)
            and not part.is_of_degree
            and not (found and mention.places[0] > after and named & set(mention.places))
        ]
        if not kept:
            return
        if not part.sense.is_asked:
            is_short = len(part.clause.words) <= 2 * len(kept) + 2 * (sentence.section == UNKNOWN)
            is_listed = is_short or (sentence.is_item and sentence.section == "")
            is_listed = is_listed or (sentence.is_item and not self.has_section)
            is_listed = is_listed and not sentence.text.endswith("?")
            if part.sense == Sense.ASIDE and is_listed and sentence.section in ("", UNKNOWN) and part.is_plain:
                # A list under words of their own, below what is required, is what would please besides.
                part.is_wish = sentence.section == UNKNOWN and sentence.is_item and self.has_section
                self.loose.append((sentence, part))
            else:
                self._leave(quote, part, [part.mentions[at] for at in kept])
            return
        kept = [kept[at] for at in cues.without_examples(part.clause, [part.mentions[at] for at in kept])]
        mentions = [part.mentions[at] for at in kept]
        levels = [part.levels[at] for at in kept]
        for group in cues.alternatives(part.clause, mentions):
            self._ask(quote, part, [mentions[at] for at in group], [levels[at] for at in group])

    def _degree_places(self, part: Part) -> frozenset[int]:
        """The places of the degree's fields, and of all that stands in the part of the clause that names it.

        What is denied beside a degree is a list of its own: `no PhD, deep learning`.
        """
        clause = part.clause
        named = cues.parts_of(clause, degree_places(clause))
        within = (place for place, part in enumerate(cues.part_of_each(clause)) if part in named)
        fields = self.scanner.fields(clause).values() if part.sense is not Sense.NEGATED else ()
        return frozenset(within).union(*fields)

    def _ask(self, quote: Quote, part: Part, group: Sequence[Mention], levels: Sequence[int | None]) -> None:
        """A requirement for one name, or for several of which one is enough."""
        if any(not mention.ids for mention in group):
            self._leave(quote, part, group, _OTHER_TRADE)
            return
        ids = tuple(dict.fromkeys(mention.id for mention in group if mention.id))
        open_ids = [
            id for mention in group if mention.is_asked and not set(mention.ids) & set(ids) for id in mention.ids
        ]
        if open_ids:
            text = part.clause.text[group[0].start : group[-1].end]
            self.questions.append(Question(quote, part.sense, text, tuple(dict.fromkeys((*ids, *open_ids)))))
        if open_ids or not ids:
            return
        level = max((level for level in levels if level is not None), default=None)
        names = tuple(mention.text for mention in group) if len(group) > 1 else ()
        self.requirements.append(Requirement(quote, part.sense, ids, level, names, group[0].text))

    def _leave(self, quote: Quote, part: Part, mentions: Sequence[Mention], why: str = "") -> None:
        ids = tuple(dict.fromkeys(mention.id for mention in mentions if mention.id))
        if ids:
            reason = why or _WHY_LEFT.get(part.sense, "it is said not to be needed")
            self.left_out.append(LeftOut(quote, "outside" if why else part.sense, reason, ids))


def _of_what_is_before(span: Span, before: Part) -> Span:
    """`Kubernetes in production (two years)`: years in brackets are of what stands before them."""
    if span.of != ANY:
        return span
    ids = {mention.id for mention in before.mentions if mention.id}
    return replace(span, of=ids.pop() if len(ids) == 1 else kind_of(before.clause.words) or ANY)
