"""Open Badges of every version and carrier: one certificate an award, and never more verified than was checked."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tracker.interchange.readers import baked, read_file
from tracker.interchange.reading import ReadError, Reading

BASE_58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
RECIPIENT = {"type": "email", "hashed": True, "salt": "s", "identity": "sha256$00"}
SECOND: dict[str, Any] = {
    "@context": "https://w3id.org/openbadges/v2",
    "type": "Assertion",
    "id": "https://badges.example.org/1",
    "recipient": RECIPIENT,
    "issuedOn": "2025-04-17T10:00:00Z",
    "expires": "2099-04-17T10:00:00Z",
    "verification": {"type": "hosted"},
    "badge": {"type": "BadgeClass", "name": "Pipelines", "issuer": {"name": "Academy"}, "tags": ["etl", "airflow"]},
}
THIRD: dict[str, Any] = {
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "name": "Pipelines badge",
    "issuer": {"id": "did:example:a", "name": "Academy"},
    "validFrom": "2025-04-17T00:00:00Z",
    "credentialSubject": {"id": "did:example:me", "achievement": {"name": "Pipelines", "tag": "etl"}},
}


def read(document: dict[str, Any]) -> Reading:
    return read_file(json.dumps(document).encode())


def but(document: dict[str, Any], **members: Any) -> dict[str, Any]:
    """The document with other members; None takes one away."""
    return {key: value for key, value in {**document, **members}.items() if value is not None}


def certificates(document: dict[str, Any]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = read(document).document["certifications"]
    return found


def notes(document: dict[str, Any]) -> str:
    return "\n".join(read(document).notes)


def refusal(data: bytes) -> str:
    with pytest.raises(ReadError) as refused:
        read_file(data)
    return str(refused.value)


# 0.5 to 2.0


def test_an_award_is_one_certificate() -> None:
    reading = read(SECOND)
    assert reading.format == "open-badges-2.0"
    assert reading.document["certifications"] == [
        {"name": "Pipelines", "issuer": "Academy", "date": "2025-04-17", "expires": "2099-04-17"}
    ]
    assert reading.origins["certifications[0]"].where == "badge"


def test_what_was_not_verified_is_said() -> None:
    said = notes(SECOND)
    assert '"Pipelines" is not verified: its issuer\'s copy at badges.example.org was not fetched' in said
    assert "whether it was revoked was not checked" in said
    assert "hashed in it and was not compared with you" in said
    assert "tags: etl, airflow" in said
    assert "expired" not in said


def test_alignment_and_an_open_recipient_are_said() -> None:
    aligned = {"targetCode": "ML.1", "targetName": "Deploy", "targetFramework": "Frame"}
    badge = {**SECOND["badge"], "alignment": aligned}
    said = notes(but(SECOND, badge=badge, recipient={"identity": "me@example.org", "hashed": False}))
    assert "alignment: ML.1, Deploy, Frame" in said
    assert 'it was given to "me@example.org", which was not compared with you' in said


def test_a_badge_that_expired_says_so() -> None:
    assert '"Pipelines" expired on 2025-05-01' in notes(but(SECOND, expires="2025-05-01"))


@pytest.mark.parametrize(
    ("document", "version"),
    [
        (
            {
                "recipient": "sha256$00",
                "salt": "x",
                "issued_on": "2011-06-01",
                "badge": {"version": "0.5.0", "name": "B"},
            },
            "0.5",
        ),
        ({"recipient": "a@b.example", "issued_on": "2011-06-01", "badge": {"name": "B"}}, "0.5"),
        ({"uid": "1", "recipient": RECIPIENT, "issuedOn": 1_300_000_000, "badge": {"name": "B"}}, "1.0"),
        (but(SECOND, **{"@context": "https://w3id.org/openbadges/v1"}), "1.1"),
    ],
)
def test_older_versions_are_read(document: dict[str, Any], version: str) -> None:
    reading = read(document)
    assert reading.format == f"open-badges-{version}"
    assert len(reading.document["certifications"]) == 1
    assert reading.document["certifications"][0]["date"] in ("2011-06-01", "2011-03-13", "2025-04-17")


def test_an_oldest_badge_needs_no_date() -> None:
    assert certificates({"recipient": "a@b.example", "salt": "", "badge": {"version": "0.5.0", "name": "B"}}) == [
        {"name": "B"}
    ]


def test_an_issuer_that_is_only_an_address_is_said() -> None:
    document = but(SECOND, badge={"name": "Pipelines", "issuer": "https://issuer.example/i"})
    assert "issuer" not in certificates(document)[0]
    assert "its issuer is only the address" in notes(document)
    assert "issuer" not in certificates(but(SECOND, badge={"name": "Pipelines"}))[0]


def test_a_name_in_several_languages_is_the_first() -> None:
    assert certificates(but(SECOND, badge={"name": {"@value": "Eins", "@language": "de"}}))[0]["name"] == "Eins"
    assert certificates(but(SECOND, badge={"name": {"en": "One"}}))[0]["name"] == "One"


def test_a_badge_that_is_only_an_address_asks_for_its_name() -> None:
    reading = read(but(SECOND, badge="https://badges.example.org/class/1"))
    assert reading.document["certifications"] == []
    (left,) = reading.left
    assert left.text == "https://badges.example.org/class/1"
    assert "add it by hand" in left.why
    assert "it was issued on 2025-04-17 and expires on 2099-04-17" in reading.notes


@pytest.mark.parametrize(
    ("document", "why"),
    [
        (but(SECOND, badge=None), "names no badge"),
        (but(SECOND, badge={"issuer": "x"}), "has no name"),
        (but(SECOND, issuedOn="yesterday"), "issuedOn is no date"),
        (but(SECOND, issuedOn=True), "issuedOn is no date"),
        (but(SECOND, issuedOn=-4), "issuedOn is no date"),
        (but(SECOND, issuedOn=None), "issuedOn is missing"),
        (but(SECOND, expires="later"), "expires is no date"),
        (but(SECOND, recipient="me@example.org"), "recipient is no object"),
        (but(SECOND, recipient=None), "recipient is missing"),
        (but(SECOND, revoked=True), "it was revoked"),
        (but(SECOND, type="BadgeClass", name="B"), "a badge class describes a badge, it is no award"),
        (but(SECOND, type="Issuer"), "no award"),
        (but(SECOND, type=["Profile"]), "no award"),
        (but(THIRD, type=["VerifiableCredential"]), "a verifiable credential, but no badge"),
        (but(THIRD, credentialSubject={"id": "x"}), "a verifiable credential, but no badge"),
        (but(THIRD, credentialSubject="x"), "a verifiable credential, but no badge"),
        (but(THIRD, type=["VerifiableCredential", "EndorsementCredential"]), "an endorsement"),
        (but(THIRD, validFrom=None), "validFrom is missing"),
        (but(THIRD, validUntil="soon"), "validUntil is no date"),
        (but(THIRD, name=None, credentialSubject={"achievement": {"tag": "x"}}), "has no name"),
    ],
)
def test_what_is_no_valid_award_is_refused_with_its_reason(document: dict[str, Any], why: str) -> None:
    assert why in refusal(json.dumps(document).encode())


# 3.0


def test_a_credential_is_one_certificate_an_achievement() -> None:
    assert certificates(THIRD) == [{"name": "Pipelines", "issuer": "Academy", "date": "2025-04-17"}]
    several = but(THIRD, credentialSubject=[{"achievement": [{"name": "One"}, {"name": "Two"}, "x"]}, "y"])
    assert [entry["name"] for entry in certificates(several)] == ["One", "Two"]
    said = notes(THIRD)
    assert 'the credential itself is called "Pipelines badge"' in said
    assert "is not verified: it carries no proof and no signature" in said
    assert 'it was given to "did:example:me"' in said
    assert "tags: etl" in said


def test_the_older_data_model_and_a_proof_are_known() -> None:
    document = but(THIRD, validFrom=None, issuanceDate="2010-01-01T00:00:00Z", expirationDate="2011-01-01", proof=[{}])
    assert certificates(document) == [
        {"name": "Pipelines", "issuer": "Academy", "date": "2010-01-01", "expires": "2011-01-01"}
    ]
    assert "its proof was not checked" in notes(document)


@pytest.mark.parametrize(
    ("issuer", "creator", "name", "said"),
    [
        ("did:example:a", {"name": "Creator"}, "Creator", ""),
        ("did:example:a", None, None, 'its issuer is only named as "did:example:a"'),
        (None, None, None, "it names no issuer"),
    ],
)
def test_the_issuer_is_looked_for(issuer: Any, creator: Any, name: str | None, said: str) -> None:
    document = but(THIRD, issuer=issuer, credentialSubject={"achievement": {"name": "A", "creator": creator}})
    assert certificates(document)[0].get("issuer") == name
    assert said in notes(document)


def test_results_and_hashed_recipients_are_said() -> None:
    subject = {
        "achievement": {"name": "A"},
        "identifier": [{"hashed": True, "identityHash": "sha256$00"}],
        "result": [{"value": 84}, {"status": "Completed"}, {}],
    }
    said = notes(but(THIRD, credentialSubject=subject))
    assert "result: 84, Completed" in said
    assert "hashed in it" in said
    assert "it names no recipient" in notes(but(THIRD, credentialSubject={"achievement": {"name": "A"}}))


# Signed tokens


def coded(value: bytes | dict[str, Any]) -> str:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def number(value: int) -> str:
    return coded(value.to_bytes((value.bit_length() + 7) // 8))


def base_58(data: bytes) -> str:
    value, text = int.from_bytes(data), ""
    while value:
        value, digit = divmod(value, 58)
        text = BASE_58[digit] + text
    return text


def token(header: dict[str, Any], payload: Any, sign: Any = lambda signed: b"\0" * 64) -> bytes:
    signed = f"{coded(header)}.{coded(payload)}"
    return f"{signed}.{coded(sign(signed.encode()))}\n".encode()


ED = ed25519.Ed25519PrivateKey.generate()
ED_PUBLIC = ED.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
ED_JWK = {"kty": "OKP", "crv": "Ed25519", "x": coded(ED_PUBLIC)}
EC = ec.generate_private_key(ec.SECP256R1())
EC_NUMBERS = EC.public_key().public_numbers()
EC_JWK = {"kty": "EC", "crv": "P-256", "x": coded(EC_NUMBERS.x.to_bytes(32)), "y": coded(EC_NUMBERS.y.to_bytes(32))}
EC_POINT = EC.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
RSA = rsa.generate_private_key(65_537, 2_048)
RSA_JWK = {"kty": "RSA", "n": number(RSA.public_key().public_numbers().n), "e": "AQAB"}


def sign_ec(signed: bytes) -> bytes:
    return b"".join(half.to_bytes(32) for half in decode_dss_signature(EC.sign(signed, ec.ECDSA(SHA256()))))


def sign_rsa(signed: bytes) -> bytes:
    return RSA.sign(signed, padding.PKCS1v15(), SHA256())


def sign_pss(signed: bytes) -> bytes:
    return RSA.sign(signed, padding.PSS(padding.MGF1(SHA256()), padding.PSS.DIGEST_LENGTH), SHA256())


SIGNED = [
    ({"alg": "EdDSA", "jwk": ED_JWK}, ED.sign),
    ({"alg": "EdDSA", "kid": "did:jwk:" + coded(ED_JWK) + "#0"}, ED.sign),
    ({"alg": "EdDSA", "kid": "did:key:z" + base_58(b"\xed\x01" + ED_PUBLIC)}, ED.sign),
    ({"alg": "ES256", "jwk": EC_JWK}, sign_ec),
    ({"alg": "ES256", "kid": "did:key:z" + base_58(b"\x80\x24" + EC_POINT)}, sign_ec),
    ({"alg": "RS256", "jwk": RSA_JWK}, sign_rsa),
    ({"alg": "PS256", "jwk": RSA_JWK}, sign_pss),
]


@pytest.mark.parametrize(("header", "sign"), SIGNED)
def test_a_signature_is_checked_where_the_key_is_in_the_token(header: dict[str, Any], sign: Any) -> None:
    said = read_file(token(header, THIRD, sign)).notes[1]
    assert said.startswith('"Pipelines" is not verified: its signature fits the key that the badge itself carries')
    broken = read_file(token(header, THIRD, lambda signed: sign(signed + b"changed")))
    assert "its signature DOES NOT FIT" in broken.notes[1]


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "RS256", "kid": "https://keys.example/1"},
        {"alg": "RS256"},
        {"alg": "HS256", "jwk": RSA_JWK},
        {"alg": "EdDSA", "jwk": {"kty": "OKP", "crv": "Ed25519", "x": "AA"}},
        {"alg": "EdDSA", "jwk": {"kty": "oct", "k": "AA"}},
        {"alg": "RS256", "jwk": {"kty": "RSA", "n": "A" * 2_000, "e": "AQAB"}},
        {"alg": "RS256", "jwk": {"kty": "RSA"}},
        {"alg": "EdDSA", "kid": "did:key:z0OIl"},
        {"alg": "EdDSA", "kid": "did:key:z6"},
        {"alg": "EdDSA", "kid": "did:web:x.example"},
    ],
)
def test_a_signature_without_a_usable_key_is_said_to_be_unchecked(header: dict[str, Any]) -> None:
    assert "its signature was not checked" in read_file(token(header, THIRD)).notes[1]


def test_a_token_that_is_not_signed_says_so() -> None:
    assert "its signature is missing" in read_file(token({"alg": "none"}, THIRD)).notes[1]


def test_the_claims_of_a_token_stand_for_what_the_credential_leaves_out() -> None:
    inner = but(THIRD, validFrom=None, issuer=None)
    claims = {"vc": inner, "nbf": 1_744_848_000, "exp": 4_080_000_000, "iss": "did:example:a"}
    reading = read_file(token({"alg": "RS256"}, claims))
    assert reading.document["certifications"] == [{"name": "Pipelines", "date": "2025-04-17", "expires": "2099-04-16"}]
    assert 'its issuer is only named as "did:example:a"' in reading.notes


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"eyJhbGciOiJub25lIn0.eyJhIjox.c2ln", "the signed badge is broken"),
        (b"eyJhbGciOiJub25lIn0.a.c2ln", "the signed badge is broken"),
        (token({"alg": "none"}, b"[1]"), "holds no badge"),
        (token({"alg": "none"}, {"sub": "me"}), "names no badge"),
    ],
)
def test_a_token_that_holds_no_badge_is_refused(data: bytes, why: str) -> None:
    assert why in refusal(data)


# Pictures


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*chunks: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def international(keyword: bytes, text: bytes, *, packed: bool = False) -> bytes:
    flags = b"\x01\0" if packed else b"\0\0"
    return chunk(b"iTXt", keyword + b"\0" + flags + b"en\0x\0" + (zlib.compress(text) if packed else text))


SECOND_BYTES, THIRD_BYTES = json.dumps(SECOND).encode(), json.dumps(THIRD).encode()


@pytest.mark.parametrize(
    ("chunks", "version"),
    [
        ([international(b"openbadges", SECOND_BYTES)], "2.0"),
        ([international(b"openbadges", SECOND_BYTES, packed=True)], "2.0"),
        ([chunk(b"tEXt", b"openbadges\0" + SECOND_BYTES)], "2.0"),
        ([chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(SECOND_BYTES))], "2.0"),
        ([international(b"openbadgecredential", THIRD_BYTES)], "3.0"),
        ([international(b"openbadgecredential", token({"alg": "none"}, THIRD).strip())], "3.0"),
        ([international(b"openbadges", SECOND_BYTES), international(b"openbadgecredential", THIRD_BYTES)], "3.0"),
        ([chunk(b"tEXt", b"Author\0Bo"), chunk(b"tEXt", b"none"), international(b"openbadges", SECOND_BYTES)], "2.0"),
    ],
)
def test_a_badge_is_read_from_a_png(chunks: list[bytes], version: str) -> None:
    reading = read_file(png(*chunks))
    assert reading.format == f"open-badges-{version}"
    assert reading.document["certifications"][0]["name"] == "Pipelines"
    assert reading.origins["certifications[0]"].where == "badge in the PNG"


def test_an_old_png_that_holds_only_an_address_asks_for_its_name() -> None:
    reading = read_file(png(chunk(b"tEXt", b"openbadges\0https://badges.example.org/7")))
    assert reading.document["certifications"] == []
    assert reading.left[0].text == "https://badges.example.org/7"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (png(), "a picture without a badge"),
        (b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 0xFFFFFFF0) + b"iTXtopenbadges\0", "the PNG is broken"),
        (png(chunk(b"iTXt", b"openbadges\0\0")), "the PNG is broken"),
        (png(chunk(b"zTXt", b"openbadges\0\0junk")), "the PNG is broken"),
        (png(international(b"openbadges", b" " * 1_000_001, packed=True)), "larger than 1 MB"),
        (png(international(b"openbadges", b" " * 1_000_001)), "larger than 1 MB"),
        (png(international(b"openbadges", b"[" * 5_000)), "nested deeper than 60"),
        (png(international(b"openbadges", b"[1]")), "no JSON object"),
        (png(international(b"openbadges", b"\xff\xfe")), "not JSON"),
    ],
)
def test_a_png_without_a_badge_to_be_read_is_refused(data: bytes, why: str) -> None:
    assert why in refusal(data)


def test_text_of_a_png_that_is_no_utf_8_is_latin() -> None:
    assert baked.text_in_png(png(chunk(b"tEXt", b"openbadges\0\xe9"))) == "é"


@pytest.mark.parametrize(
    "element",
    [
        f'<o:assertion xmlns:o="http://openbadges.org" verify="https://b.example/1"><![CDATA[{json.dumps(SECOND)}]]></o:assertion>',
        f'<g><o:credential xmlns:o="https://purl.imsglobal.org/ob/v3p0"><![CDATA[{json.dumps(THIRD)}]]></o:credential></g>',
        '<o:credential xmlns:o="https://purl.imsglobal.org/ob/v3p0" verify="'
        + token({"alg": "none"}, THIRD).decode().strip()
        + '"/>',
    ],
)
def test_a_badge_is_read_from_an_svg(element: str) -> None:
    reading = read_file(f'<svg xmlns="http://www.w3.org/2000/svg">{element}</svg>'.encode())
    assert reading.document["certifications"][0]["name"] == "Pipelines"


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        ("<script>alert(1)</script>", "a picture without a badge"),
        ('<o:assertion xmlns:o="http://openbadges.org"/>', "a picture without a badge"),
        ('<o:assertion xmlns:o="http://openbadges.org">{</o:assertion>', "the badge in the SVG is broken"),
    ],
)
def test_an_svg_without_a_badge_to_be_read_is_refused(inside: str, why: str) -> None:
    assert why in refusal(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode())


def test_entities_of_an_svg_are_refused() -> None:
    assert "entities" in refusal(b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>')
