"""Open Badges 0.5 to 3.0, as JSON, signed token, or baked into a PNG or SVG: one certificate an award.

Nothing is fetched, so nothing is ever said to be verified: the notes name what was looked at and what was not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from tracker.interchange import strict_json
from tracker.interchange.dates import day_of, read_date
from tracker.interchange.readers import baked, signatures
from tracker.interchange.readers.draft import Draft, one_line
from tracker.interchange.reading import Origin, ReadError, Reading
from tracker.interchange.strict_json import shown

MOST_BYTES = 2_000_000

_NO_AWARDS = {
    "BadgeClass": "a badge class describes a badge",
    "Issuer": "an issuer's profile says who gives badges",
    "IssuerOrg": "an issuer's profile says who gives badges",
    "Profile": "a profile says who gives or holds badges",
    "Achievement": "an achievement describes a badge",
    "RevocationList": "a list of revoked badges",
    "CryptographicKey": "a key",
    "EndorsementCredential": "an endorsement speaks for a badge",
    "Endorsement": "an endorsement speaks for a badge",
}
_CREDENTIALS = frozenset(("OpenBadgeCredential", "AchievementCredential"))
_CONTEXTS = ("openbadges", "/spec/ob/", "/ob/v3", "credentials/v")
_WEB = re.compile(r"https?://\S+")
_ID = "https://w3id.org/openbadges/v"


# What it is


def looks_like(document: Mapping[str, Any]) -> bool:
    """Whether the object is a badge, or says that it is something of the kind."""
    types, context = _types(document), " ".join(_texts(document.get("@context")))
    if types & (_CREDENTIALS | {"VerifiableCredential", "Assertion"}) or "credentialSubject" in document:
        return True
    if any(part in context for part in _CONTEXTS):
        return True
    return "badge" in document and bool({"recipient", "issuedOn", "issued_on", "verify", "salt"} & set(document))


def read(data: bytes) -> Reading:
    """The reading of a badge that is a signed token. Raises ReadError: broken, no award of a badge."""
    return _read_text(data.decode("utf-8", errors="replace"), "")


def read_png(data: bytes) -> Reading:
    return _read_text(baked.text_in_png(data), "PNG")


def read_svg(data: bytes) -> Reading:
    return _read_text(baked.text_in_svg(data), "SVG")


def read_json(document: Mapping[str, Any], picture: str = "", signature: str = "") -> Reading:
    """The reading of a badge. `picture`: the kind of picture it was baked into. Raises ReadError: it is no award."""
    document = _of_token(document)
    if _types(document) & _CREDENTIALS or "credentialSubject" in document or "VerifiableCredential" in _types(document):
        badge: _Badge = _Credential(document, picture, signature)
    else:
        badge = _Assertion(document, picture, signature)
    return badge.read()


def _read_text(text: str, picture: str) -> Reading:
    text = text.strip().lstrip("\ufeff")
    if signatures.is_token(text):
        token = signatures.read_token(text)
        if not isinstance(token.payload, dict):
            raise ReadError("the signed token holds no badge")
        return read_json(token.payload, picture, f"its signature {token.signature}")
    if _WEB.fullmatch(text):
        return _read_address(text, picture)
    try:
        document = strict_json.parse(text.encode("utf-8", errors="replace"), most_bytes=MOST_BYTES)
    except strict_json.JsonError as error:
        raise ReadError(f"the badge in the {picture or 'file'} is broken: {error}") from None
    if not isinstance(document, dict):
        raise ReadError("the badge is no JSON object")
    return read_json(document, picture)


def _read_address(address: str, picture: str) -> Reading:
    draft = Draft("open-badges-1.1")
    _ask_for_name(draft, f"{picture} text", address)
    return draft.reading()


def _ask_for_name(draft: Draft, where: str, address: str) -> None:
    why = "the badge itself is only this address, which is not fetched: add it by hand with the name it has there"
    draft.leave(where, address, why)
    draft.note("nothing of the badge was verified")


def _of_token(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The credential within the claims of a token, which may say dates and issuer for it."""
    inner = document.get("vc")
    credential = {**inner} if isinstance(inner, dict) else dict(document)
    if "credentialSubject" not in credential:
        return document
    if "validFrom" not in credential and "issuanceDate" not in credential and "nbf" in document:
        credential["validFrom"] = document["nbf"]
    if "validUntil" not in credential and "expirationDate" not in credential and "exp" in document:
        credential["validUntil"] = document["exp"]
    if "issuer" not in credential and "iss" in document:
        credential["issuer"] = document["iss"]
    return credential


# Both families


class _Badge:
    version = ""

    def __init__(self, document: Mapping[str, Any], picture: str, signature: str) -> None:
        self.document = document
        self.signature = signature
        self.where = f"badge in the {picture}" if picture else "badge"
        self.draft = Draft(f"open-badges-{self.version_of()}")

    def version_of(self) -> str:
        raise NotImplementedError

    def read(self) -> Reading:
        raise NotImplementedError

    def day(self, member: str, *, required: bool) -> str:
        """The day under one of the document's members. Raises ReadError where it is needed and missing, or no date."""
        value = self.document.get(member)
        if value is None and not required:
            return ""
        text = _day(value)
        if not text:
            raise ReadError(f"the badge is not valid: {member} {'is missing' if value is None else 'is no date'}")
        return text

    def say_what_was_checked(self, name: str, expires: str) -> None:
        said = self.signature or self.signature_said()
        self.draft.note(f"{shown(name)} is not verified: {said}; whether it was revoked was not checked")
        self.draft.note(self.recipient_said())
        last = day_of(expires)
        if last and last < datetime.now(UTC).date():
            self.draft.note(f"{shown(name)} expired on {expires}")

    def say_more(self, tags: object, alignment: object) -> None:
        if words := [*_texts(tags)]:
            self.draft.note(f"tags: {one_line(', '.join(words))[:500]}")
        named = [", ".join(filter(None, _first_texts(entry, *_ALIGNMENT))) for entry in _list(alignment)]
        if words := [text for text in named if text]:
            self.draft.note(f"alignment: {one_line('; '.join(words))[:500]}")

    def signature_said(self) -> str:
        raise NotImplementedError

    def recipient_said(self) -> str:
        raise NotImplementedError


_ALIGNMENT = (("targetCode",), ("targetName", "name"), ("targetFramework",))


# 0.5 to 2.0


class _Assertion(_Badge):
    def version_of(self) -> str:
        context = " ".join(_texts(self.document.get("@context")))
        for version, number in (("2.0", "2"), ("1.1", "1")):
            if f"{_ID}{number}" in context:
                return version
        badge = self.document.get("badge")
        is_oldest = "issued_on" in self.document or (isinstance(badge, dict) and "version" in badge)
        return "0.5" if is_oldest and "uid" not in self.document else "1.0"

    def read(self) -> Reading:
        self.refuse_what_is_none()
        is_oldest = self.draft.format.endswith("0.5")
        badge, address = self.document.get("badge"), ""
        if isinstance(badge, str) and badge.strip():
            address = badge.strip()
        elif not isinstance(badge, dict):
            raise ReadError("the badge is not valid: it names no badge that was awarded")
        self.check_recipient(is_oldest)
        date = self.day("issued_on" if is_oldest else "issuedOn", required=not is_oldest)
        expires = self.day("expires", required=False)
        if address:
            self.draft.note(f"it was issued on {date}" + (f" and expires on {expires}" if expires else ""))
            self.draft.note(self.recipient_said())
            _ask_for_name(self.draft, self.where, address)
            return self.draft.reading()
        assert isinstance(badge, dict)
        name = _text(badge, "name")
        if not name:
            raise ReadError("the badge is not valid: the badge that was awarded has no name")
        issuer = self.issuer(badge.get("issuer"))
        origin = Origin(self.where, ", ".join(filter(None, (name, issuer, date))))
        self.draft.certification(origin, name=name, issuer=issuer, date=date, expires=expires)
        self.say_what_was_checked(name, expires)
        self.say_more(badge.get("tags"), badge.get("alignment"))
        return self.draft.reading()

    def refuse_what_is_none(self) -> None:
        for kind, what in _NO_AWARDS.items():
            if kind in _types(self.document):
                raise ReadError(f"{what}, it is no award of one: bring the badge that was given to you")
        if self.document.get("revoked") is True:
            raise ReadError("the badge says of itself that it was revoked")

    def check_recipient(self, is_oldest: bool) -> None:
        recipient = self.document.get("recipient")
        if is_oldest and isinstance(recipient, str):
            return
        if not isinstance(recipient, dict) or not _text(recipient, "identity"):
            why = "is missing" if recipient is None else "is no object that names an identity"
            raise ReadError(f"the badge is not valid: its recipient {why}")

    def issuer(self, value: object) -> str:
        if isinstance(value, dict):
            return _text(value, "name")
        if isinstance(value, str) and value.strip():
            self.draft.note(f"its issuer is only the address {shown(value)}, which is not fetched")
        return ""

    def signature_said(self) -> str:
        kind = self.document.get("verification", self.document.get("verify"))
        kind = kind if isinstance(kind, dict) else {}
        if "signed" in _text(kind, "type").casefold():
            return "its signature was not checked, it is not in the file"
        address = _text(kind, "url") or _text(self.document, "id")
        host = re.sub(r"\Ahttps?://([^/?#]+).*", r"\1", address) if _WEB.match(address) else ""
        return f"its issuer's copy at {host} was not fetched" if host else "its issuer's copy was not fetched"

    def recipient_said(self) -> str:
        recipient = self.document.get("recipient")
        if isinstance(recipient, str):
            is_hashed = "$" in recipient
            identity = recipient
        else:
            is_hashed = isinstance(recipient, dict) and recipient.get("hashed") is True
            identity = _text(recipient, "identity") if isinstance(recipient, dict) else ""
        return _recipient_said(is_hashed, identity)


def _recipient_said(is_hashed: bool, identity: str) -> str:
    if is_hashed:
        return "whom it was given to is hashed in it and was not compared with you"
    return (
        f"it was given to {shown(identity)}, which was not compared with you" if identity else "it names no recipient"
    )


# 3.0


class _Credential(_Badge):
    def version_of(self) -> str:
        return "3.0"

    def read(self) -> Reading:
        for kind in _types(self.document) & set(_NO_AWARDS):
            raise ReadError(f"{_NO_AWARDS[kind]}, it is no award of one: bring the badge that was given to you")
        achievements = list(self.achievements())
        if not _types(self.document) & _CREDENTIALS or not achievements:
            raise ReadError(
                "this is a verifiable credential, but no badge: it is no OpenBadgeCredential with an achievement"
            )
        is_old = "issuanceDate" in self.document and "validFrom" not in self.document
        date = self.day("issuanceDate" if is_old else "validFrom", required=True)
        expires = self.day("validUntil" if "validUntil" in self.document else "expirationDate", required=False)
        for achievement in achievements:
            self.take(achievement, date, expires)
        return self.draft.reading()

    def achievements(self) -> Iterator[Mapping[str, Any]]:
        for subject in _list(self.document.get("credentialSubject")):
            if isinstance(subject, dict):
                yield from (a for a in _list(subject.get("achievement")) if isinstance(a, dict))

    def take(self, achievement: Mapping[str, Any], date: str, expires: str) -> None:
        own = _text(self.document, "name")
        name = _text(achievement, "name") or own
        if not name:
            raise ReadError("the badge is not valid: its achievement has no name")
        issuer = self.issuer(achievement)
        origin = Origin(self.where, ", ".join(filter(None, (name, issuer, date))))
        self.draft.certification(origin, name=name, issuer=issuer, date=date, expires=expires)
        if own and own != name:
            self.draft.note(f"the credential itself is called {shown(own)}")
        self.say_what_was_checked(name, expires)
        self.say_more(achievement.get("tag"), achievement.get("alignment"))
        if results := [
            text for result in self.results() if (text := _text(result, "value") or _text(result, "status"))
        ]:
            self.draft.note(f"result: {one_line(', '.join(results))[:200]}")

    def issuer(self, achievement: Mapping[str, Any]) -> str:
        for value in (self.document.get("issuer"), achievement.get("creator")):
            if isinstance(value, dict) and _text(value, "name"):
                return _text(value, "name")
        named = next(_texts(self.document.get("issuer")), "")
        self.draft.note(f"its issuer is only named as {shown(named)}" if named else "it names no issuer")
        return ""

    def results(self) -> Iterator[Mapping[str, Any]]:
        for subject in _list(self.document.get("credentialSubject")):
            if isinstance(subject, dict):
                yield from (result for result in _list(subject.get("result")) if isinstance(result, dict))

    def signature_said(self) -> str:
        if self.document.get("proof"):
            return "its proof was not checked"
        return "it carries no proof and no signature"

    def recipient_said(self) -> str:
        subjects = [subject for subject in _list(self.document.get("credentialSubject")) if isinstance(subject, dict)]
        for subject in subjects:
            for identity in _list(subject.get("identifier", subject.get("identity"))):
                if isinstance(identity, dict):
                    return _recipient_said(identity.get("hashed") is True, _text(identity, "identityHash"))
        return _recipient_said(False, next((text for subject in subjects if (text := _text(subject, "id"))), ""))


# Pieces


def _types(document: Mapping[str, Any]) -> set[str]:
    return {text.rpartition("#")[2] for text in _texts(document.get("type", document.get("@type")))}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _texts(value: object) -> Iterator[str]:
    """The texts of a value that may be one or a list."""
    return (item for item in _list(value) if isinstance(item, str) and item.strip())


def _text(entry: Mapping[str, Any], member: str) -> str:
    """The member's text; of one that is given in several languages the first."""
    value = entry.get(member)
    if isinstance(value, dict):
        value = value.get("@value") or next((text for text in value.values() if isinstance(text, str)), "")
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    return one_line(value) if isinstance(value, str) else ""


def _first_texts(entry: object, *members: tuple[str, ...]) -> Iterator[str]:
    for names in members:
        if isinstance(entry, dict):
            yield next((text for name in names if (text := _text(entry, name))), "")


def _day(value: object) -> str:
    """The day of a date, or of seconds since 1970, in ISO; "" where it is neither."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if not 0 < value < 10_000_000_000:
            return ""
        return datetime.fromtimestamp(value, UTC).date().isoformat()
    return read_date(value).text if isinstance(value, str) else ""
