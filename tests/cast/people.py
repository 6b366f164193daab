"""People and partners of the tests. Each test names them: « le gendarme », « la directrice de A »."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from cms.accounts.enums import Decision
from cms.accounts.services.rights import network_found, rights_change_ask, rights_change_decide
from cms.partners.book.services import PartnerCard, StructureCriteria, partner_create, profile_set
from cms.partners.conventions.services import convention_advance, convention_open, places_open
from cms.partners.enums import PartnerKind, Stage
from cms.partners.models import Partner
from cms.partners.people.services import membership_end, membership_open
from cms.proconnect.services.openid import ProviderIdentity
from cms.proconnect.services.requests import request_open
from cms.users.models import User
from cms.users.roles import Role
from cms.users.services import user_create
from cms.values.selectors import values_of
from cms.wall import scope

PASSWORD = "une phrase de passe pour essayer"


@dataclass(frozen=True)
class Person:
    """`partner` is the code name of the partner to which a membership ties the person."""

    first_name: str
    last_name: str
    role: Role | None
    partner: str = ""
    position: str = ""
    is_former: bool = False


PEOPLE = {
    "coordination": Person("Claire", "Vasseur", Role.COORDINATION, position="Coordinatrice"),
    "direction": Person("Denis", "Aubin", Role.DIRECTION, position="Directeur du réseau"),
    "editor": Person("Elsa", "Rameau", Role.EDITOR, position="Chargée de publication"),
    "trainer": Person("Farid", "Belkacem", Role.TRAINER, position="Formateur"),
    "trainer_b": Person("Béatrice", "Noël", Role.TRAINER, position="Formatrice"),
    "dpo": Person("Diane", "Poirier", Role.DPO, position="Déléguée à la protection des données"),
    "tech_admin": Person("Théo", "Lambert", Role.TECH_ADMIN, position="Administrateur technique"),
    "director_a": Person("Alice", "Martin", Role.STRUCTURE_DIRECTOR, "Les Tilleuls", "Directrice"),
    "educator_a": Person("Adam", "Moreau", Role.STRUCTURE_EDUCATOR, "Les Tilleuls", "Éducateur spécialisé"),
    "former_member": Person("Fanny", "Leclerc", Role.STRUCTURE_DIRECTOR, "Les Tilleuls", "Directrice", is_former=True),
    "director_b": Person("Bruno", "Petit", Role.STRUCTURE_DIRECTOR, "Aubépine", "Directeur"),
    "gendarme": Person("Gaëlle", "Roche", Role.REQUESTER, "Brigade 12", "Adjudante"),
    "ase": Person("Sonia", "Garnier", Role.REQUESTER, "ASE du Nord", "Inspectrice"),
    "transmitter": Person("Tristan", "Lebon", Role.TRANSMITTER, "Collège 7", "Conseiller principal d’éducation"),
    "state_reader": Person("Irène", "Delmas", Role.STATE_READER, "Bureau de la protection", "Chargée de mission"),
    "trainee": Person("Yanis", "Faure", None, position="Éducateur"),
}

PARTNERS = {
    "Les Tilleuls": {
        "kind": PartnerKind.STRUCTURE,
        "structure_type_id": "type_structure:MECS",
        "territory_id": "24",
        "real_name": "MARQUEUR-NOM-REEL-A",
        "address": "MARQUEUR-ADRESSE-A",
    },
    "Aubépine": {
        "kind": PartnerKind.STRUCTURE,
        "structure_type_id": "type_structure:LVA",
        "territory_id": "48",
        "real_name": "MARQUEUR-NOM-REEL-B",
        "address": "MARQUEUR-ADRESSE-B",
    },
    "Brigade 12": {"kind": PartnerKind.REQUESTER, "requester_type_id": "acteur:GN-BT", "territory_id": "59"},
    "ASE du Nord": {"kind": PartnerKind.ASE, "ase_authority_id": "59", "territory_id": "59"},
    "Collège 7": {"kind": PartnerKind.REQUESTER, "requester_type_id": "acteur:EN-ETAB", "territory_id": "59"},
    "Bureau de la protection": {"kind": PartnerKind.STATE},
}

SINCE = dt.date(2025, 1, 1)
FIRST = ("coordination", "direction")
"""The two people who found the network: from then on every right of the network needs both."""

UNKNOWN = ProviderIdentity(
    sub="agent-inconnu",
    given_name="MARQUEUR-DEMANDE-PRENOM",
    usual_name="MARQUEUR-DEMANDE-NOM",
    email="marqueur-demande@interieur.example",
    siret="11002001300097",
    organizational_unit="Brigade de protection des familles",
)
"""Somebody whom ProConnect knows and the network does not."""


def people() -> None:
    """Write the cast into an empty database that holds the reference data."""
    with scope.acting(scope.REFERENCE):
        users = {key: _account(key, person) for key, person in PEOPLE.items()}
        for key in FIRST:
            network_found(user=users[key], role=PEOPLE[key].role)
    for key, person in PEOPLE.items():
        if person.role and not person.partner and key not in FIRST:
            role_hold(users[key], person.role)
    with scope.acting(users["coordination"]):
        partners = {
            name: partner_create(PartnerCard(code_name=name, opened_on=SINCE, **facts))
            for name, facts in PARTNERS.items()
        }
        for partner in partners.values():
            network_join(partner)
        for key, person in PEOPLE.items():
            if person.partner:
                _attach(users[key], partners[person.partner], person)
    request_open(identity=UNKNOWN)


def role_hold(user: User, role: Role, *, is_given: bool = True) -> None:
    """A role of the network, given or taken back: the coordinator asks, the head of the network approves."""
    first, second = User.objects.get(email=_address(FIRST[0])), User.objects.get(email=_address(FIRST[1]))
    with scope.acting(first):
        change = rights_change_ask(user=user, role=role, is_given=is_given, reason="prise de fonction")
    with scope.acting(second):
        rights_change_decide(change=change, decision=Decision.APPROVED)


def _address(key: str) -> str:
    return f"{key.replace('_', '-')}@havre.example"


def _account(key: str, person: Person) -> User:
    return user_create(
        email=_address(key),
        first_name=person.first_name,
        last_name=person.last_name,
        position=person.position,
        password=PASSWORD,
    )


def _attach(user: User, partner: Partner, person: Person) -> None:
    can_sign = person.role == Role.STRUCTURE_DIRECTOR
    membership = membership_open(user=user, partner=partner, role=person.role, starts_on=SINCE, can_sign=can_sign)
    if person.is_former:
        membership_end(membership=membership, ends_on=timezone.localdate() - dt.timedelta(days=1))


def network_join(partner: Partner) -> None:
    """A convention for structures and the ASE authority; a profile and places for structures."""
    if partner.kind not in (PartnerKind.STRUCTURE, PartnerKind.ASE):
        return
    convention = convention_open(partner=partner, reference=f"CV-{partner.code_name}", contacted_on=SINCE)
    convention_advance(convention=convention, stage=Stage.SIGNED, on=SINCE)
    if partner.kind == PartnerKind.STRUCTURE:
        profile_set(
            partner=partner,
            criteria=StructureCriteria(
                age_min=11,
                age_max=17,
                sexes=list(values_of("sexe")),
                forms=list(values_of("forme").filter(parent=None)),
                pledged_places=2,
                takes_at_night=True,
            ),
        )
        places_open(partner=partner, count=40, starts_on=SINCE)
