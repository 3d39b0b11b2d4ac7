"""Verifies an OpenID Connect ID token: signature, issuer, audience, time and nonce."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from casework.application.accounts.refusals import refused
from casework.application.runtime.problem import Problem

#: public keys only: a token signed with a shared secret, or not at all, proves nothing
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
_KTY = {"R": "RSA", "P": "RSA", "E": "EC"}
#: seconds that two clocks may differ
SKEW = 60
#: bytes of a token's header: some carry a chain of certificates, which is not looked at
_HEADER = 16_384

Key = Mapping[str, Any]
Claims = dict[str, Any]


class NotBelieved(Problem):
    """The provider's answer proves nothing; says by a short word what is wrong with it, never what it said."""

    def __init__(self, what: str) -> None:
        super().__init__("issuer-not-believed", *refused.sentences("issuer-not-believed", what=what))


def proved(token: str, keys: Callable[[str], Iterable[Key]], *, issuer: str, client: str, nonce: str) -> Claims:
    """The claims of TOKEN, checked; raises NotBelieved.

    keys  the issuer's public keys (JWK), among them that with the id it is called with, if there is one
    """
    from joserfc.errors import ClaimError  # noqa: PLC0415 — an extra
    from joserfc.jwt import JWTClaimsRegistry  # noqa: PLC0415

    claims = _signed(token, keys)
    several = isinstance(claims.get("aud"), list) and len(claims["aud"]) > 1
    expected = JWTClaimsRegistry(
        leeway=SKEW,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": client},
        azp={"essential": several, "value": client},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    try:
        expected.validate(claims)
    except ClaimError as why:
        raise NotBelieved(why.claim) from None
    return claims


def _signed(token: str, keys: Callable[[str], Iterable[Key]]) -> Claims:
    """The claims, once the signature is checked against the keys."""
    from joserfc import jws, jwt  # noqa: PLC0415 — an extra
    from joserfc.errors import JoseError  # noqa: PLC0415
    from joserfc.jwk import JWKRegistry  # noqa: PLC0415

    registry = jws.JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
    registry.max_header_length = _HEADER
    try:
        header = jws.extract_compact(token.encode(), registry=registry).protected
    except (JoseError, ValueError):
        raise NotBelieved("token") from None
    algorithm, kid = header.get("alg"), header.get("kid", "")
    if algorithm not in ALGORITHMS:
        raise NotBelieved("alg")
    if not isinstance(kid, str):
        raise NotBelieved("kid")
    fits = [key for key in keys(kid) if _fits(key, algorithm, kid)]
    if len(fits) != 1:
        raise NotBelieved("kid")
    try:
        key = JWKRegistry.import_key(dict(fits[0]))
        return jwt.decode(token, key, algorithms=ALGORITHMS, registry=registry).claims
    except (JoseError, ValueError, TypeError, KeyError):
        raise NotBelieved("signature") from None


def _fits(key: Key, algorithm: str, kid: str) -> bool:
    """Whether a token of that algorithm may be signed with KEY."""
    return (
        key.get("kty") == _KTY[algorithm[0]]
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
        and (not kid or key.get("kid") == kid)
    )
