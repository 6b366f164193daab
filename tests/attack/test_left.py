"""Who left the network keeps one's own account, receipts and attestations: nothing else, in rows nor in pages."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Incident
from cms.documents.enums import DocumentKind
from cms.documents.models import Acknowledgement, ClauseVersion, DocumentVersion
from cms.documents.versions.selectors import version_in_force
from cms.partners.models import Membership, Partner
from cms.partners.people.services import membership_end, membership_open
from cms.users.roles import Role
from formation.attestations.models import Attestation
from formation.models import HalfDay, Session, SessionTrainer, YearPlan
from tests.attack.nasty import Shot
from tests.cases.incidents.test_incident_outside import from_outside
from tests.cases.scenes import pages_refused_after_leaving, refusals
from tests.cast.everything import all_rows
from tests.cast.people import role_hold
from tests.cast.proofs import proofs
from tests.cast.session import token_header
from tests.plugins.extent import sampled
from tests.wall.expectations import door_of
from tests.wall.routes import routes

COMMON = (DocumentVersion, ClauseVersion, Session, HalfDay, SessionTrainer, YearPlan)
"""Rows that anybody of the network reads."""


def closed_addresses() -> list[str]:
    code, kind = ["E1.3"], ["charter"]
    return [
        *(reverse(f"referentiel:{name}") for name in ("read", "pdf", "search", "changes")),
        reverse("referentiel:exigence", args=code),
        reverse("documents:index"),
        *(reverse(f"documents:{name}", args=kind) for name in ("read", "pdf", "changes")),
        *(reverse(f"formation:{name}") for name in ("catalogue", "year-plans", "support")),
        reverse("formation:module", args=["M1"]),
        *(reverse(name) for name in ("schema", "referentiel-version-list", "document-version-list")),
        *(reverse(name) for name in ("formation-session-list", "referentiel-acknowledgement-list")),
    ]


@pytest.fixture
def leaves(cast, acting_as):
    """`leaves("director_a")`: every attachment of this person ended yesterday."""

    def leave(key: str) -> None:
        with acting_as("coordination"):
            for membership in Membership.objects.filter(user=cast[key]):
                membership_end(membership=membership, ends_on=timezone.localdate() - dt.timedelta(days=1))

    return leave


@pytest.fixture
def written(db):
    all_rows()
    return proofs()


def count_read(acting_as, key: str) -> dict[str, int]:
    with acting_as(key):
        return {model.__name__: model.objects.count() for model in COMMON}


def test_no_common_row_is_left(acting_as, written):
    assert set(count_read(acting_as, "former_member").values()) == {0}
    for key in ("trainee", "gendarme", "director_a", "state_reader"):
        assert min(count_read(acting_as, key).values()) > 0


@pytest.mark.parametrize("key", ["former_member", "educator_a", "gendarme", "director_b", "state_reader"])
def test_no_common_page_is_left(client_of, leaves, key):
    if key != "former_member":
        opened = [address for address in closed_addresses() if client_of(key).get(address).status_code == 200]
        assert len(opened) > 10
        leaves(key)
    client = client_of(key)
    assert {address: client.get(address).status_code for address in closed_addresses()} == dict.fromkeys(
        closed_addresses(), 404
    )


@pytest.mark.sampled
def test_whatever_the_address_who_left_reads_what_is_kept_or_public(client_of, written, acting_as):
    """Every route, on the rows of the cast: what opens to who left opens to a stranger too, or is one's own."""
    found, left, stranger = all_rows() | written, client_of("former_member"), client_of("anonymous")
    opened = set()
    for route in sampled(routes(), routes()[::9]):
        door = door_of(route)
        for row in door.rows_of(route):
            shot = Shot("GET", route.path(door.values(route, found.get(row))), door.query.lstrip("?"))
            if shot.send(left).status_code == 200 and shot.send(stranger).status_code != 200:
                opened.add(route.name)
    assert {name for name in opened if not name.startswith(("account_", "mfa_"))} <= {
        "portal:account",
        "portal:own_data",
        "portal:sessions",
        "portal:session",
        "portal:tokens",
        "inbox:list",
        "inbox:choices",
        "formation:own",
        "cases:incident_outside",
        "wagtailadmin_sprite",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_logout",
    }


def test_the_token_of_who_left_opens_nothing(client, cast, leaves):
    header = token_header(cast["director_b"])
    assert client.get(reverse("formation-session-list"), **header).status_code == 200
    leaves("director_b")
    assert client.get(reverse("formation-session-list"), **header).status_code in (401, 403, 404)


def test_what_who_left_asks_for_is_in_the_journal(client_of):
    client = client_of("former_member")
    for name in ("referentiel:read", "formation-session-list", "documents:index"):
        assert client.get(reverse(name)).status_code == 404
    assert pages_refused_after_leaving("former_member") == [
        "referentiel:read",
        "formation-session-list",
        "documents:index",
    ]


def test_an_alert_of_who_left_is_followed_and_no_other_declaration_opens(client_of, acting_as, cast, leaves):
    """Those of one's former team are closed, one's own confidential one included; an alert of somebody else too."""
    found, key = all_rows(), "educator_a"
    with acting_as(key):
        alert = from_outside(cast[key])
        own = set(Incident.objects.filter(declared_by=cast[key]).values_list("pk", flat=True)) - {alert.pk}
    assert own
    with acting_as("transmitter"):
        other = from_outside(cast["transmitter"])
    leaves(key)
    client = client_of(key)
    for name in ("incident", "incident_note", "incident_receipt", "incident_piece_add"):
        assert client.get(reverse(f"cases:{name}", args=[alert.pk])).status_code == 200
        for pk in {*own, found["incident_a"].pk, found["incident_b"].pk, other.pk}:
            before = len(refusals(pk))
            assert client.get(reverse(f"cases:{name}", args=[pk])).status_code == 404
            assert client.post(reverse(f"cases:{name}", args=[pk]), {"words": "Un mot."}).status_code == 404
            assert len(refusals(pk)) == before + 2
    for incident in ("incident_a", "incident_a_confidential"):
        piece = [found[incident].pk, found[f"piece_{incident}"].pk]
        assert client.get(reverse("cases:incident_piece", args=piece)).status_code == 404
        assert client.post(reverse("cases:incident_piece_remove", args=piece)).status_code == 404


def test_a_receipt_stays_with_who_signed(client_of, cast, acting_as, leaves):
    with acting_as("director_a"):
        version = version_in_force(DocumentKind.REFERENTIEL)
        partner = Partner.objects.get(code_name="Les Tilleuls")
    row = Acknowledgement(
        version=version,
        partner=partner,
        signed_by=cast["director_a"],
        signer_name="Alice Martin",
        signer_position="Directrice",
        signed_at=timezone.now(),
        version_hash=version.content_hash,
        clause_hashes={},
    )
    with acting_as("director_a"):
        row.save(force_insert=True)
    leaves("director_a")
    client = client_of("director_a")
    page = client.get(reverse("referentiel:receipt", args=[row.pk]))
    assert page.status_code == 200
    assert "Alice Martin" in page.content.decode()
    assert "Tilleuls" not in page.content.decode()
    assert client.get(reverse("referentiel:receipt_pdf", args=[row.pk])).status_code == 200
    assert client_of("former_member").get(reverse("referentiel:receipt", args=[row.pk])).status_code == 404
    with acting_as("director_a"):
        assert not ClauseVersion.objects.exists()


def test_attestations_stay_with_who_was_trained(client_of, cast, acting_as, written, leaves):
    with acting_as("coordination"):
        partner = Partner.objects.get(code_name="Aubépine")
        started = timezone.localdate() - dt.timedelta(days=60)
        membership_open(user=cast["trainee"], partner=partner, role=Role.STRUCTURE_EDUCATOR, starts_on=started)
    leaves("trainee")
    client = client_of("trainee")
    paper = reverse("formation:attestation", args=[written["attestation_trainee"].pk])
    other = reverse("formation:attestation", args=[written["attestation_a"].pk])
    assert client.get(paper).status_code == 200
    assert client.get(other).status_code == 404
    assert written["attestation_trainee"].number in client.get(reverse("formation:own")).content.decode()
    with acting_as("trainee"):
        assert set(Attestation.objects.all()) == {written["attestation_trainee"]}
        own = set(Session.objects.values_list("pk", flat=True))
        assert written["session_held"].pk in own
        assert own == set(
            Session.objects.filter(enrolments__professional__user=cast["trainee"]).values_list("pk", flat=True)
        )
    for address in ("session", "enrol-own"):
        assert client.get(reverse(f"formation:{address}", args=[written["session_held"].pk])).status_code == 404


def test_a_role_taken_back_is_a_leaving(client_of, cast, acting_as):
    assert client_of("trainer_b").get(reverse("formation:catalogue")).status_code == 200
    role_hold(cast["trainer_b"], Role.TRAINER, is_given=False)
    assert client_of("trainer_b").get(reverse("formation:catalogue")).status_code == 404
    with acting_as("trainer_b"):
        assert not DocumentVersion.objects.exists()


def test_who_comes_back_reads_again(client_of, cast, acting_as):
    with acting_as("coordination"):
        partner = Partner.objects.get(code_name="Aubépine")
        membership_open(
            user=cast["former_member"], partner=partner, role=Role.STRUCTURE_EDUCATOR, starts_on=timezone.localdate()
        )
    assert client_of("former_member").get(reverse("referentiel:read")).status_code == 200


def test_the_menu_names_what_opens_alone(client_of):
    client = client_of("former_member")
    page = client.get("/").content.decode()
    assert "Votre rattachement a pris fin" in page
    for address in (reverse("referentiel:read"), reverse("documents:index"), reverse("formation:catalogue")):
        assert f'href="{address}"' not in page
