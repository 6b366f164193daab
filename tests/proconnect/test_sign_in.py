"""Entering with ProConnect: a real provider answers over HTTP; what is forged, late or repeated stops at the door."""

import json
import time
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.db import connection
from django.test import Client
from joserfc.jwk import RSAKey

from cms.partners.models import Partner
from cms.proconnect.enums import RequestState
from cms.proconnect.models import AccountRequest
from cms.proconnect.services.requests import request_approve, request_refuse
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope
from tests.cast.people import SINCE
from tests.cast.session import signed_in
from tests.notify.steps import messages_leave

CALLBACK, WAITING = "/compte/proconnect/retour/", "/compte/proconnect/demande/"
OTHER_KEY = RSAKey.generate_key(2048)


def leave(client: Client, **sent) -> str:
    """The address to which our sign-in page leads."""
    answer = client.post("/compte/proconnect/entrer/", sent)
    assert answer.status_code == 302, answer.content
    return answer["Location"]


def there(address: str) -> str:
    """What the provider answers, as a path of ours."""
    answer = requests.get(address, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    parts = urlsplit(answer.headers["Location"])
    return f"{parts.path}?{parts.query}"


def enter(client: Client | None = None, **sent):
    client = client or Client()
    return client, client.get(there(leave(client, **sent)))


def lines(action: str) -> list[dict]:
    with scope.acting(User.objects.get(email="direction@havre.example")), connection.cursor() as cursor:
        cursor.execute("SELECT details FROM journal_line WHERE action = %s ORDER BY at", [action])
        return [json.loads(details) for (details,) in cursor.fetchall()]


def causes() -> list[str]:
    return [details["cause"] for details in lines("auth.refused") if details.get("means") == "proconnect"]


def is_nobody(client: Client) -> bool:
    return client.get("/mon-compte/")["Location"].startswith("/compte/login/")


def asked_by(acting_as, sub: str) -> AccountRequest | None:
    with acting_as("coordination"):
        return AccountRequest.objects.filter(sub=sub).first()


@pytest.fixture
def agent(provider):
    """Signed in at the provider's with a password; no account here."""
    provider.signed_in = provider.person("agent-1")
    return provider.signed_in


@pytest.fixture
def approve(acting_as):
    def accept(sub: str, role: Role = Role.REQUESTER) -> User:
        with acting_as("coordination"):
            request = AccountRequest.objects.get(sub=sub)
            brigade = Partner.objects.get(code_name="Brigade 12")
            return request_approve(request=request, partner=brigade, role=role, starts_on=SINCE).user

    return accept


@pytest.mark.parametrize("place", ["entrer", "retour", "demande", "sortie"])
def test_nothing_is_shown_nor_opened_until_it_is_configured(db, client, place):
    assert "ProConnect" not in client.get("/compte/login/").content.decode()
    assert client.get(f"/compte/proconnect/{place}/").status_code == 404


def test_the_request_carries_what_proconnect_wants_and_nothing_that_it_refuses(cast, agent, provider):
    page = Client().get("/compte/login/")
    assert "S’identifier avec ProConnect" in page.content.decode()
    leave_to = leave(Client(), process="connect", scope="chorus", auth_params="acr_values=eidas1")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(leave_to).query).items()}
    assert min(len(asked["state"]), len(asked["nonce"])) >= 32
    assert set(asked["scope"].split()) == {
        "openid",
        "given_name",
        "usual_name",
        "email",
        "siret",
        "organizational_unit",
    }
    assert asked["claims"] == '{"id_token":{"amr":{"essential":true}}}'
    known = {"client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "claims"}
    assert asked.keys() == known


def test_a_first_sign_in_opens_a_request_and_nothing_else(cast, agent, acting_as):
    before = User.objects.count()
    client, answer = enter()
    assert (answer.status_code, answer["Location"]) == (302, WAITING)
    assert "Votre demande est transmise à la coordination" in client.get(WAITING).content.decode()
    assert is_nobody(client)
    assert User.objects.count() == before
    assert not SocialAccount.objects.exists()
    request = asked_by(acting_as, "agent-1")
    told = (request.given_name, request.usual_name, request.email, request.siret, request.organizational_unit)
    facts = ("Maryam", "Benali", "agent-1@interieur.example", "11002001300097", "Brigade de protection des familles")
    assert told == facts
    enter()
    assert len(lines("proconnect.request.open")) == 2  # this one, and that of the cast


def test_pkce_is_sent_where_it_is_asked_for(cast, agent, provider, settings, approve):
    settings.PROCONNECT_PKCE = True
    _, answer = enter()
    assert provider.asked[-1]["code_challenge_method"] == "S256"
    assert answer["Location"] == WAITING


@pytest.mark.parametrize(
    ("methods", "place"), [(["password", "otp"], None), (["password"], "/compte/2fa/")], ids=["mfa", "password"]
)
def test_once_accepted_they_enter_and_two_factors_shown_there_count_here(
    cast, agent, provider, approve, methods, place
):
    enter()
    approve("agent-1")
    provider.methods = methods
    client, answer = enter(next="/situations/demandes/")
    assert answer["Location"] == "/situations/demandes/"
    assert client.get("/situations/demandes/").get("Location") == place
    sealed = client.session["proconnect_id_token"]
    assert sealed.startswith("hv1:")


@pytest.mark.parametrize(
    ("methods", "place"), [(["password", "otp"], "/"), (["password"], "/compte/2fa/authenticate/")]
)
def test_our_factor_is_asked_of_whoever_showed_one_factor_there(cast, agent, provider, approve, methods, place):
    enter()
    TOTP.activate(approve("agent-1"), generate_totp_secret())
    provider.methods = methods
    _, answer = enter()
    assert answer["Location"] == place


def test_an_equal_address_takes_no_account_over(cast, provider, acting_as, approve):
    provider.signed_in = provider.person("voleur", emails=["gendarme@havre.example"])
    client, answer = enter()
    assert answer["Location"] == WAITING
    assert is_nobody(client)
    with pytest.raises(Exception, match="Un compte a déjà cette adresse"):
        approve("voleur")
    assert not SocialAccount.objects.exists()


def test_a_refused_person_is_told_and_stays_outside(cast, agent, acting_as):
    enter()
    with acting_as("coordination"):
        request_refuse(request=AccountRequest.objects.get(sub="agent-1"), reason="outside")
    messages_leave()
    [message] = [
        message for message in mail.outbox if "une réponse vous attend" in message.subject.replace("\xa0", " ")
    ]
    assert message.subject.replace("\xa0", " ") == "Havre : une réponse vous attend"
    assert "acceptée" not in message.body
    client, answer = enter()
    assert answer.status_code == 403
    assert "Votre demande de compte n’a pas été acceptée" in answer.content.decode()
    assert is_nobody(client)
    assert causes() == ["refused"]


def test_a_closed_account_does_not_open_again(cast, agent, approve):
    enter()
    user = approve("agent-1")
    user.is_active = False
    user.save()
    client, _ = enter()
    assert is_nobody(client)


FORGED = {
    "key of somebody else": ("signature", lambda claims: (claims, {}, OTHER_KEY)),
    "no signature": ("signature", lambda claims: (claims, {"alg": "none"}, None)),
    "unknown key": ("signature", lambda claims: (claims, {"kid": "inconnue"}, None)),
    "for somebody else": ("claims", lambda claims: ({**claims, "aud": "un-autre"}, {}, None)),
    "for several": ("claims", lambda claims: ({**claims, "aud": ["un-autre", "havre-tests"]}, {}, None)),
    "from somebody else": ("claims", lambda claims: ({**claims, "iss": "https://autre.example"}, {}, None)),
    "about somebody else": ("claims", lambda claims: ({**claims, "sub": "quelqu-un-d-autre"}, {}, None)),
    "not a token": ("claims", lambda claims: "rien"),
    "too late": ("expired", lambda claims: ({**claims, "exp": int(time.time()) - 60}, {}, None)),
}
ONLY_IN_ID = {
    "another nonce": ("claims", lambda claims: ({**claims, "nonce": "n" * 43}, {}, None)),
    "no nonce": ("claims", lambda claims: ({k: v for k, v in claims.items() if k != "nonce"}, {}, None)),
    "no end": ("claims", lambda claims: ({k: v for k, v in claims.items() if k != "exp"}, {}, None)),
}
ONLY_OF_PERSON = {
    "no name": ("incomplete", lambda claims: ({**claims, "usual_name": ""}, {}, None)),
}
CASES = [("forge_id", name, *case) for name, case in (FORGED | ONLY_IN_ID).items()]
CASES += [("forge_person", name, *case) for name, case in (FORGED | ONLY_OF_PERSON).items()]


@pytest.mark.parametrize(
    ("where", "name", "cause", "forge"), CASES, ids=[f"{where}-{name}" for where, name, *_ in CASES]
)
def test_a_forged_answer_lets_nobody_in(cast, agent, provider, approve, where, name, cause, forge):
    enter()
    approve("agent-1")  # there is an account to be stolen
    setattr(provider, where, forge)
    client, answer = enter()
    assert answer.status_code in (400, 403)
    assert "<h1>" in answer.content.decode()
    assert causes() == [cause]
    assert is_nobody(client)


def test_an_answer_that_is_not_signed_at_all_is_refused(cast, agent, provider):
    provider.register(userinfo_signed_response_alg=None)
    try:
        _, answer = enter()
    finally:
        provider.register(userinfo_signed_response_alg="RS256")
    assert answer.status_code == 400
    assert causes() == ["signature"]


def test_a_state_belongs_to_one_session_and_serves_once(cast, agent, acting_as):
    client = Client()
    back = there(leave(client))
    for stranger, address in ((Client(), back), (client, f"{CALLBACK}?code=abc&state={'x' * 43}"), (client, CALLBACK)):
        answer = stranger.get(address)
        assert answer.status_code == 400
        assert "Cette connexion n’est plus valable" in answer.content.decode()
    assert client.get(back)["Location"] == WAITING
    assert client.get(back).status_code == 400
    assert causes() == ["state"] * 4


def test_a_code_serves_once_and_an_error_uses_the_state_up(cast, agent):
    client, thief = Client(), Client()
    back = there(leave(client))
    assert client.get(back)["Location"] == WAITING
    code = parse_qs(urlsplit(back).query)["code"][0]
    state = parse_qs(urlsplit(leave(thief)).query)["state"][0]
    replay = f"{CALLBACK}?code={code}&state={state}"
    assert "a déjà servi" in thief.get(replay).content.decode()
    thief.get(replay)
    assert causes() == ["code", "state"]


@pytest.mark.parametrize(("error", "cause"), [("access_denied", "cancelled"), ("server_error", "provider")])
def test_an_error_over_there_is_said(cast, agent, error, cause):
    client = Client()
    state = parse_qs(urlsplit(leave(client)).query)["state"][0]
    answer = client.get(f"{CALLBACK}?error={error}&state={state}")
    assert answer.status_code == 403
    assert causes() == [cause]


def test_an_answer_in_the_name_of_another_provider_is_refused(cast, agent):
    client = Client()
    back = there(leave(client)).replace("iss=http", "iss=https")
    assert client.get(back).status_code == 400
    assert causes() == ["claims"]


def test_a_provider_that_is_down_is_said_before_and_after(cast, agent, provider):
    client = Client()
    back = there(leave(client))
    provider.is_down = True
    for answer in (client.get(back), Client().post("/compte/proconnect/entrer/")):
        assert answer.status_code == 424
        assert "ProConnect ne répond pas" in answer.content.decode()
    assert causes() == ["down", "down"]


def test_going_there_is_a_post(cast, agent):
    assert Client().get("/compte/proconnect/entrer/")["Location"] == "/compte/login/"
    assert Client(enforce_csrf_checks=True).post("/compte/proconnect/entrer/").status_code == 403


def test_the_policy_of_forms_names_the_provider_on_the_sign_in_page_alone(cast, agent, provider):
    client = Client()
    assert f"form-action 'self' {provider.issuer}" in client.get("/compte/login/")["Content-Security-Policy"]
    for place in ("/", "/compte/password/reset/", WAITING):
        assert provider.issuer not in client.get(place)["Content-Security-Policy"]


def test_leaving_closes_the_session_over_there(cast, agent, provider, approve):
    enter()
    approve("agent-1")
    provider.methods = ["password", "otp"]
    client, _ = enter()
    page = client.post("/compte/logout/")
    assert is_nobody(client)
    address = page.context["address"]
    asked = parse_qs(urlsplit(address).query)
    assert address.startswith(f"{provider.issuer}/oauth/end_session?")
    assert len(asked["state"][0]) >= 32
    assert asked["id_token_hint"][0].count(".") == 2
    back = there(address)
    assert back.startswith("/compte/proconnect/sortie/")
    assert client.get(f"{back}x").status_code == 400
    assert causes() == ["state"]


def test_back_from_there_is_said(cast, agent, provider, approve):
    enter()
    approve("agent-1")
    client, _ = enter()
    back = there(client.post("/compte/logout/").context["address"])
    assert "déconnecté de Havre et de ProConnect" in client.get(back, follow=True).content.decode()


def test_masking_the_screen_goes_nowhere_else_and_a_provider_down_holds_nobody(cast, agent, provider, approve):
    enter()
    approve("agent-1")
    client, _ = enter()
    assert client.post("/masquer/")["Location"] == "/meteo/"
    assert is_nobody(client), "who has neither password nor codes could not open it again"
    client, _ = enter()
    provider.is_down = True
    assert client.post("/compte/logout/")["Location"] == "/"
    assert is_nobody(client)


def test_who_accepts_reads_what_proconnect_said(cast, agent, acting_as):
    enter()
    office = signed_in(cast["coordination"])
    request = asked_by(acting_as, "agent-1")
    page = office.get(f"/admin/demandes-de-compte/inspect/{request.pk}/").content.decode()
    assert all(word in page for word in ("Maryam", "Benali", "11002001300097", "Brigade de protection des familles"))
    with acting_as("coordination"):
        brigade, structure = (Partner.objects.get(code_name=name) for name in ("Brigade 12", "Les Tilleuls"))
    accept = f"/admin/demandes-de-compte/{request.pk}/accepter/"
    sent = {"partner": str(structure.pk), "role": "requester", "starts_on": "2026-01-01"}
    wrong = office.post(accept, sent)
    assert wrong.status_code == 422
    assert "Ce rôle ne se donne pas" in wrong.content.decode()
    assert not User.objects.filter(email="agent-1@interieur.example").exists()
    assert office.post(accept, {**sent, "partner": str(brigade.pk)}).status_code == 302
    assert asked_by(acting_as, "agent-1").state == RequestState.APPROVED
    assert office.post(f"/admin/demandes-de-compte/{request.pk}/refuser/", {"reason": "outside"}).status_code == 422
    assert lines("proconnect.request.approve")[0]["state"] == ["pending", "approved"]
