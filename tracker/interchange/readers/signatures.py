"""Signed tokens (compact JWS): their content, and whether the signature fits a key that the token itself carries.

Nothing is fetched. A key that lies elsewhere leaves the signature unchecked, and a key in the token says only that the
content was not changed since it was signed, not who signed it.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, HashAlgorithm

from tracker.interchange import strict_json
from tracker.interchange.reading import ReadError

MOST_BYTES = 1_000_000

_TOKEN = re.compile(r"[\w-]+\.[\w-]+\.[\w-]*")
_BASE_58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_LONGEST_KEY = 1_000
_ED25519, _P256, _P384 = b"\xed\x01", b"\x80\x24", b"\x81\x24"  # how did:key marks the kind of a key
_HASHES: Mapping[str, HashAlgorithm] = {"256": SHA256(), "384": SHA384(), "512": SHA512()}
_CURVES: Mapping[str, Callable[[], ec.EllipticCurve]] = {
    "P-256": ec.SECP256R1,
    "P-384": ec.SECP384R1,
    "P-521": ec.SECP521R1,
}


class Signature(StrEnum):
    FITS = "fits the key that the badge itself carries; whose key that is was not verified"
    DOES_NOT_FIT = "DOES NOT FIT the key that the badge itself carries: it was changed, or never signed with that key"
    NO_KEY = "was not checked: the key is not in the badge, and nothing is fetched from the network"
    NONE = "is missing: the token says that it is not signed"


@dataclass(frozen=True, slots=True)
class Token:
    payload: Any
    signature: Signature


def is_token(text: str) -> bool:
    return text.startswith("eyJ") and _TOKEN.fullmatch(text.strip()) is not None


def read_token(text: str) -> Token:
    """The content of the token. Raises ReadError: broken, too large."""
    first, middle, last = text.strip().split(".")
    header, payload = _json_of(first), _json_of(middle)
    return Token(payload, _checked(header, payload, f"{first}.{middle}".encode(), last))


def _checked(header: Any, payload: Any, signed: bytes, signature: str) -> Signature:
    header = header if isinstance(header, dict) else {}
    algorithm = str(header.get("alg", ""))
    if algorithm.casefold() == "none":
        return Signature.NONE
    try:
        key = _key_of(header, payload)
        if key is None:
            return Signature.NO_KEY
        fits = _fits(key, algorithm, signed, _bytes_of(signature))
    except InvalidSignature:
        return Signature.DOES_NOT_FIT
    except (ValueError, TypeError, KeyError, UnsupportedAlgorithm, binascii.Error):
        return Signature.NO_KEY
    return Signature.FITS if fits else Signature.NO_KEY


def _key_of(header: Mapping[str, Any], payload: Any) -> Any:
    """The public key that the token carries: `jwk` in its header, or within a did:jwk or did:key that it names."""
    if isinstance(header.get("jwk"), dict):
        return _key_of_jwk(header["jwk"])
    issuer = payload.get("iss") if isinstance(payload, dict) else None
    for name in (header.get("kid"), issuer):
        text = str(name or "").partition("#")[0]
        if text.startswith("did:jwk:") and len(text) < 8 * _LONGEST_KEY:
            return _key_of_jwk(_json_of(text.removeprefix("did:jwk:")))
        if text.startswith("did:key:z") and len(text) < _LONGEST_KEY:
            return _key_of_did(_base_58(text.removeprefix("did:key:z")))
    return None


def _key_of_jwk(jwk: Mapping[str, Any]) -> Any:
    match jwk.get("kty"):
        case "OKP" if jwk.get("crv") == "Ed25519":
            return ed25519.Ed25519PublicKey.from_public_bytes(_bytes_of(jwk["x"]))
        case "EC" if jwk.get("crv") in _CURVES:
            point = b"\x04" + _bytes_of(jwk["x"]) + _bytes_of(jwk["y"])
            return ec.EllipticCurvePublicKey.from_encoded_point(_CURVES[jwk["crv"]](), point)
        case "RSA" if len(str(jwk.get("n", ""))) <= _LONGEST_KEY:
            return rsa.RSAPublicNumbers(_integer_of(jwk["e"]), _integer_of(jwk["n"])).public_key()
    return None


def _key_of_did(key: bytes) -> Any:
    mark, body = key[:2], key[2:]
    if mark == _ED25519:
        return ed25519.Ed25519PublicKey.from_public_bytes(body)
    if mark in (_P256, _P384):
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1() if mark == _P256 else ec.SECP384R1(), body)
    return None


def _fits(key: Any, algorithm: str, signed: bytes, signature: bytes) -> bool:
    """True where the signature was checked and fits, False where its kind is not known. Raises InvalidSignature."""
    kind, hashed = algorithm[:2], _HASHES.get(algorithm[2:])
    if isinstance(key, ed25519.Ed25519PublicKey) and algorithm in ("EdDSA", "Ed25519"):
        key.verify(signature, signed)
    elif isinstance(key, ec.EllipticCurvePublicKey) and kind == "ES" and hashed:
        half = len(signature) // 2
        numbers = (int.from_bytes(signature[:half]), int.from_bytes(signature[half:]))
        key.verify(encode_dss_signature(*numbers), signed, ec.ECDSA(hashed))
    elif isinstance(key, rsa.RSAPublicKey) and kind == "RS" and hashed:
        key.verify(signature, signed, padding.PKCS1v15(), hashed)
    elif isinstance(key, rsa.RSAPublicKey) and kind == "PS" and hashed:
        key.verify(signature, signed, padding.PSS(padding.MGF1(hashed), padding.PSS.DIGEST_LENGTH), hashed)
    else:
        return False
    return True


def _json_of(part: str) -> Any:
    try:
        return strict_json.parse(_bytes_of(part), most_bytes=MOST_BYTES)
    except (strict_json.JsonError, binascii.Error, ValueError) as error:
        raise ReadError(f"the signed badge is broken: {error}") from None


def _bytes_of(part: Any) -> bytes:
    text = str(part)
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _integer_of(part: Any) -> int:
    return int.from_bytes(_bytes_of(part))


def _base_58(text: str) -> bytes:
    number = 0
    for character in text:
        number = number * 58 + _BASE_58.index(character)
    return number.to_bytes((number.bit_length() + 7) // 8)
