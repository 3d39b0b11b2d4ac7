"""Tests which tokens, keys and settings of an identity provider are accepted."""

import importlib.util
import time
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from joserfc.jwk import ECKey, RSAKey
from msgspec.structs import replace

from casework.application.accounts import oidc_provider as issuer
from casework.application.accounts import oidc_sign_in as signing_in_there
from casework.application.accounts import provider_links as account_links
from casework.application.accounts import sessions
from casework.application.accounts import sign_in as signing_in
from casework.application.accounts.id_token import NotBelieved
from casework.application.accounts.oidc_http import Away, asked
from casework.application.accounts.oidc_provider import Issuer, issuer_of
from casework.application.accounts.oidc_sign_in import Answer
from casework.application.runtime.problem import Problem
from casework.bootstrap import open_runtime
from casework.settings import Issuer as OfIssuer
from casework.settings import Settings, load
from tests.http.signing.browser import AT
from tests.http.signing.provider import CLIENT, SECRET, Provider, providing, sent_back
from tests.stories.terminal import LOG, Terminal

NONCE, VERIFIER = "n" * 64, "v" * 64


@pytest.fixture(scope="module")
def running():
    with providing() as provider:
        yield provider


@pytest.fixture
def provider(running):
    running.mend()
    return running


@pytest.fixture
def known(provider):
    """A fresh client of the provider, without cached keys."""
    return Issuer(of(provider), SECRET)


def of(provider, **more):
    given: dict[str, Any] = {"url": provider.address, "client": CLIENT, "address": AT}
    return OfIssuer(**given | {"second_factor": "mfa urn:lark:strong"} | more)


def proved(known):
    """Sign in at the provider; the identity that its token proves."""
    address = known.address(state="s", nonce=NONCE, verifier=VERIFIER)
    back = parse_qs(urlsplit(sent_back(address)).query)
    return known.proved(code=back["code"][0], nonce=NONCE, verifier=VERIFIER)


RSA = RSAKey.generate_key(2048, {"kid": "rsa"})


def forged(provider: Provider, name: str) -> None:
    """Make the next token wrong in the way that NAME says."""
    far = 4_000_000_000
    match name:
        case "another nonce":
            provider.claims = {"nonce": "another"}
        case "no nonce":
            provider.claims = {"nonce": None}
        case "another audience":
            provider.claims = {"aud": "somebody else"}
        case "no audience":
            provider.claims = {"aud": None}
        case "several audiences, and no party":
            provider.claims = {"aud": [CLIENT, "somebody else"]}
        case "another party":
            provider.claims = {"azp": "somebody else"}
        case "another issuer":
            provider.claims = {"iss": "https://evil.example"}
        case "run out":
            provider.claims = {"exp": 1_700_000_000}
        case "never runs out":
            provider.claims = {"exp": None}
        case "of the future":
            provider.claims = {"iat": far, "exp": far + 300}
        case "not yet":
            provider.claims = {"nbf": far}
        case "time in words":
            provider.claims = {"exp": "tomorrow"}
        case "nobody":
            provider.claims = {"sub": None}
        case "a number":
            provider.claims = {"sub": 4711}
        case "unsigned":
            provider.header = {"alg": "none"}
        case "shared secret: the public key":
            provider.shown = [RSA]
            provider.secret = RSA.as_pem(private=False)
            provider.header = {"alg": "HS256", "kid": "rsa"}
        case "shared secret: the client's":
            provider.secret = SECRET.encode()
            provider.header = {"alg": "HS256"}
        case "another key of the same name":
            provider.sign = ECKey.generate_key("P-256", {"kid": "first"})
        case "a key that it brings along":
            provider.sign = ECKey.generate_key("P-256", {"kid": "mine"})
            provider.header = {"jwk": provider.sign.as_dict(private=False)}
        case "a key for something else":
            provider.shown = [ECKey.import_key(provider.key.as_dict(private=True) | {"use": "enc"})]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("another nonce", "nonce"), ("no nonce", "nonce"), ("another audience", "aud"), ("no audience", "aud"),
        ("several audiences, and no party", "azp"), ("another party", "azp"), ("another issuer", "iss"),
        ("run out", "exp"), ("never runs out", "exp"), ("time in words", "exp"), ("of the future", "iat"),
        ("not yet", "nbf"), ("nobody", "sub"), ("a number", "sub"), ("unsigned", "alg"),
        ("shared secret: the public key", "alg"), ("shared secret: the client's", "alg"),
        ("another key of the same name", "signature"), ("a key that it brings along", "kid"),
        ("a key for something else", "kid"),
    ],
)  # fmt: skip
def test_an_id_token_with_a_wrong_claim_or_signature_is_refused(provider, known, name, what):
    forged(provider, name)
    with pytest.raises(NotBelieved) as why:
        proved(known)
    assert f"({what})" in why.value.en


def test_an_id_token_with_several_audiences_and_our_party_is_accepted(provider, known):
    provider.claims = {"aud": [CLIENT, "somebody else"], "azp": CLIENT}
    assert proved(known).subject == provider.subject
    provider.claims = {"exp": time.time() - 30, "iat": time.time() + 30}  # clocks differ a little
    assert proved(known).subject == provider.subject


@pytest.mark.parametrize(
    ("claims", "second"),
    [
        ({}, False), ({"amr": ["pwd"]}, False), ({"acr": "urn:lark:weak"}, False), ({"amr": "mfa"}, False),
        ({"acr": ["mfa"]}, False), ({"acr": {}}, False), ({"amr": ["pwd", "mfa"]}, True),
        ({"acr": "urn:lark:strong"}, True),
    ],
)  # fmt: skip
def test_a_second_factor_counts_only_when_the_provider_claims_it(provider, known, claims, second):
    provider.claims = claims
    assert proved(known).second is second


def test_without_its_setting_no_second_factor_of_a_provider_counts(provider):
    provider.claims = {"amr": ["mfa", ""], "acr": ""}
    assert proved(Issuer(of(provider, second_factor=""), SECRET)).second is False


def test_the_subject_may_be_read_from_another_claim(provider):
    by_number = Issuer(of(provider, claim="employee"), SECRET)
    provider.claims = {"employee": "e-12"}
    assert proved(by_number).subject == "e-12"
    provider.claims = {"employee": "e-12\n"}
    with pytest.raises(NotBelieved, match="employee"):
        proved(by_number)


def test_new_provider_keys_are_fetched_once_and_not_at_every_failure(provider, known, monkeypatch):
    proved(known)
    before, described = provider.asked["/keys"], provider.asked["/.well-known/openid-configuration"]
    provider.sign = ECKey.generate_key("P-256", {"kid": "second", "use": "sig"})
    provider.shown = [provider.key, provider.sign]

    for _ in range(3):  # the keys were fetched a moment ago
        with pytest.raises(NotBelieved, match="kid"):
            proved(known)
    assert provider.asked["/keys"] == before
    monkeypatch.setattr(issuer, "_AGAIN", 0)
    for _ in range(3):
        assert proved(known).subject == provider.subject
    assert provider.asked["/keys"] == before + 1
    assert provider.asked["/.well-known/openid-configuration"] == described


def test_rsa_keys_and_keys_without_a_name_are_accepted(provider, known):
    provider.shown, provider.sign = [RSA], RSA
    for header in ({"alg": "RS256"}, {"alg": "PS256", "kid": None}):
        provider.header = header
        assert proved(known).subject == provider.subject


def test_a_provider_that_is_away_is_asked_again_only_after_a_pause(provider, known, monkeypatch):
    provider.is_away = True
    before = provider.asked.total()
    for _ in range(3):
        with pytest.raises(Away):
            proved(known)
    assert provider.asked.total() == before + 1
    provider.is_away = False
    now = time.monotonic()
    monkeypatch.setattr(issuer.time, "monotonic", lambda: now + issuer._REST + 1)
    assert proved(known).subject == provider.subject


def test_a_useless_answer_of_the_provider_counts_as_away(provider):
    for path in ("/list", "/long", "/elsewhere"):
        with pytest.raises(Away):
            asked(f"{provider.address}{path}", 1)
    with pytest.raises(Away):
        asked("http://127.0.0.1:9", 1)


@pytest.mark.parametrize(
    ("about", "what"),
    [
        ({"issuer": "https://evil.example"}, "issuer"),
        ({"authorization_endpoint": "http://lark.example/authorize"}, "authorization_endpoint"),
        ({"authorization_endpoint": "javascript:x"}, "authorization_endpoint"),
        ({"authorization_endpoint": None}, "authorization_endpoint"),
        ({"token_endpoint": "http://lark.example/token"}, "token_endpoint"),
        ({"jwks_uri": "file:///keys"}, "jwks_uri"),
        ({"jwks_uri": "https://keys.lark.example/"}, "jwks_uri"),  # of another kind than the provider's own
    ],
)
def test_a_provider_with_impossible_metadata_is_refused(provider, known, about, what):
    provider.about = about
    with pytest.raises(NotBelieved, match=what):
        proved(known)


def test_a_wrong_client_secret_is_reported_as_invalid_client(provider):
    with pytest.raises(NotBelieved, match="invalid_client"):
        proved(Issuer(of(provider), "wrong"))


def test_the_client_secret_is_sent_in_the_form_when_asked_for(provider, known):
    provider.about = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert proved(known).subject == provider.subject
    assert provider.forms[-1]["client_secret"] == SECRET


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "http://lark.example"}, {"url": "lark.example"}, {"url": "https://lark.example/?a=b"},
        {"url": "https://user:word@lark.example"}, {"url": "https://lark.example:port"},
        {"address": "http://casework.example"}, {"address": ""}, {"address": "https://casework.example/below"},
        {"client": ""}, {"claim": ""}, {"scope": "profile"}, {"secret_file": "not-there"},
    ],
)  # fmt: skip
def test_an_unusable_issuer_setting_is_refused_by_name(provider, wrong):
    good: dict[str, Any] = {"url": "https://lark.example", "client": CLIENT, "address": AT}
    assert issuer_of(Settings(issuer=OfIssuer(**good))) is not None
    with pytest.raises(Problem) as why:
        issuer_of(Settings(issuer=OfIssuer(**good | wrong)))
    assert why.value.code == "bad-issuer"
    assert f"issuer.{next(iter(wrong))}" in why.value.en


def test_an_issuer_without_the_oidc_extra_names_what_to_install(provider, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert issuer_of(Settings()) is None
    with pytest.raises(Problem, match=r"casework\[oidc\]"):
        issuer_of(Settings(issuer=of(provider)))


def test_signing_in_at_the_provider_works_on_either_database(tmp_path, database_url, provider, known):
    cheap = {"CASEWORK_ACCOUNTS__HASH_KIB": "64", "CASEWORK_ACCOUNTS__HASH_PASSES": "1"}
    terminal = Terminal(tmp_path, database_url, extra=cheap)
    terminal("init", LOG, "--administrator", "heron")
    runtime = open_runtime(replace(load(terminal.environment, tmp_path), issuer=of(provider)))
    try:
        assert account_links.link(runtime, LOG, "heron", provider.subject, by="test").linked
        provider.claims = {"amr": ["mfa"]}
        begun = signing_in_there.begin(runtime, known, LOG, f"/{LOG}/surveys")
        said = dict(parse_qsl(urlsplit(sent_back(begun.address)).query))
        opened_, next_ = signing_in_there.finish(runtime, known, Answer(**said), begun.secret)

        assert (opened_.about.actor, opened_.about.way, opened_.about.second) == ("cadre/heron", "oidc", True)
        assert next_ == f"/{LOG}/surveys"
        again = sessions.find(runtime, signing_in.choose(runtime, opened_.about, "administrator").secret)
        assert again is not None
        assert (again.role, again.way, again.second) == ("administrator", "oidc", True)
        with pytest.raises(Problem, match="begin again"):
            signing_in_there.finish(runtime, known, Answer(**said), begun.secret)
        assert not account_links.unlink(runtime, LOG, "heron", by="test").linked
        assert sessions.open_of(runtime, LOG, "heron") == []
    finally:
        runtime.close()
