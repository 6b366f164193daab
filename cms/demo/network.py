"""Partners of the fictitious network: structures, ASE authorities, requesting services, and the people in them."""

import datetime as dt
import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from cms.accounts.enums import Decision
from cms.accounts.services.rights import network_found, rights_change_ask, rights_change_decide
from cms.partners.book.services import PartnerCard, StructureCriteria, partner_create, profile_set
from cms.partners.conventions.services import convention_advance, convention_open, places_open
from cms.partners.enums import PartnerKind, Stage
from cms.partners.models import Partner
from cms.partners.people.services import membership_open
from cms.portal.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from cms.territory.models import AseAuthority
from cms.users.models import User
from cms.users.roles import NETWORK_ROLES, Role
from cms.users.services import user_create
from cms.values.selectors import values_of
from cms.wall import scope

NAMES = json.loads((Path(__file__).parents[1] / "values" / "data" / "names.json").read_text())

STRUCTURES = [
    ("24", "MECS"), ("48", "LVA"), ("15", "MECS"), ("29", "PF"), ("46", "LVA"), ("58", "MECS"), ("23", "LVA"),
    ("07", "MECS"), ("65", "LVA"), ("70", "FDE"), ("22", "MECS"), ("79", "VDE"), ("89", "MECS"), ("09", "LVA"),
    ("61", "MECS"), ("43", "PJJ-SAH"), ("88", "MECS"), ("40", "LVA"), ("05", "CENTRE"), ("18", "MECS"), ("52", "LVA"),
    ("32", "MECS"), ("974", "MECS"), ("971", "LVA"),
]  # fmt: skip
"""Département and type of the 24 structures, none where the demo's minors come from but overseas."""

SIGNED = [
    "59", "62", "13", "67A", "20R", "69M", "31", "33", "44", "34", "35", "38", "57", "80", "54", "93", "94", "77",
    "24", "15", "29", "46", "58", "07", "22", "79", "89", "61", "88", "18", "52", "971", "972", "974",
]  # fmt: skip
"""The 34 ASE authorities bound to the network."""

PIPELINE = {"75": Stage.DRAFT, "92": Stage.LETTER, "95": Stage.CONTACT, "06": Stage.DRAFT, "76": Stage.LETTER}

SERVICES = [
    ("PJJ", "PJJ-MO", "59"), ("PJJ", "PJJ-MO", "13"), ("PJJ", "PJJ-MO", "93"), ("POLICE", "PN-CIRC", "13"),
    ("POLICE", "PN-BPM", "75"), ("POLICE", "PN-CIRC", "69"), ("GENDARMERIE", "GN-BT", "59"),
    ("GENDARMERIE", "GN-MPF", "33"),
    ("ASSOCIATION", "ASS-SPE", "75"), ("ASSOCIATION", "ASS-SPE", "31"), ("ASSOCIATION", "ASS-SPE", "59"),
    ("JUSTICE", "PAR", "93"), ("EDUCATION", "EN-ETAB", "59"), ("SANTE", "SAN-UAPED", "44"), ("LIGNE", "NAT-119", "75"),
]  # fmt: skip


CONTRAINDICATIONS = ("", "ADDICTION", "GROSSESSE", "VIOLENCE")


PLAYED = 2
"""Structures whose directors have an account: they admit tonight whoever is asked, so that a night can be played."""
TO_RENEW = 5
"""The structure whose convention comes to its end within thirty days."""


@dataclass
class Network:
    """What the other parts of the demo need: accounts by key, structures, services by family."""

    accounts: dict[str, User]
    structures: list[Partner] = field(default_factory=list)
    services: dict[str, list[Partner]] = field(default_factory=dict)
    members: dict[Partner, User] = field(default_factory=dict)
    """The director of a structure, the person who asks in a service."""

    @property
    def coordination(self) -> User:
        return self.accounts["coordination"]


def accounts_open() -> dict[str, User]:
    """Return the accounts of the demo, by the first part of their address; run under the `REFERENCE` actor."""
    accounts, roles = {}, {}
    for account in DEMO_ACCOUNTS:
        first_name, _, last_name = account["name"].partition(" ")
        user = user_create(
            email=account["email"],
            first_name=first_name,
            last_name=last_name,
            position=account["position"],
            password=DEMO_PASSWORD,
        )
        accounts[account["email"].split("@")[0]] = user
        role = account["role"]
        if role in NETWORK_ROLES:
            roles[user] = role
    _roles_hold(roles)
    return accounts


def _roles_hold(roles: dict[User, Role]) -> None:
    """Give the first rights: the first two people found the network; then one asks and the other approves, as ever."""
    first, second, *others = roles
    for user in (first, second):
        network_found(user=user, role=roles[user])
    for user in others:
        with scope.acting(first):
            change = rights_change_ask(user=user, role=roles[user], is_given=True, reason="prise de fonction")
        with scope.acting(second):
            rights_change_decide(change=change, decision=Decision.APPROVED)


def directors_open(draw: Random) -> list[User]:
    """Directors of the other structures: invented, without a password, they never sign in."""
    return [
        user_create(
            email=f"direction-{number}@{NAMES['email_domain']}",
            first_name=draw.choice(NAMES["first_names"]),
            last_name=draw.choice(NAMES["last_names"]),
            position="Direction de structure",
        )
        for number in range(len(STRUCTURES) - 2)
    ]


def network_load(*, accounts: dict[str, User], directors: list[User], draw: Random, today: dt.date) -> Network:
    """Write the partners, as the coordination would."""
    network = Network(accounts=accounts)
    with scope.acting(accounts["coordination"]):
        everybody = [accounts["director-a"], accounts["director-b"], *directors]
        for number, (territory, kind) in enumerate(STRUCTURES):
            director = everybody[number]
            network.structures.append(_structure(draw, number, territory, kind, director, today))
            network.members[network.structures[-1]] = director
        membership_open(
            user=accounts["educator-a"],
            partner=network.structures[0],
            role=Role.STRUCTURE_EDUCATOR,
            starts_on=today - dt.timedelta(days=400),
        )
        membership_open(
            user=accounts["former-member"],
            partner=network.structures[0],
            role=Role.STRUCTURE_DIRECTOR,
            starts_on=today - dt.timedelta(days=900),
            ends_on=today - dt.timedelta(days=701),
        )
        _authorities(network, draw, today)
        _services(network, today)
        state = partner_create(
            PartnerCard(
                kind=PartnerKind.STATE,
                code_name="Bureau de la protection des mineurs",
                opened_on=today - dt.timedelta(days=800),
            )
        )
        membership_open(
            user=accounts["state-reader"],
            partner=state,
            role=Role.STATE_READER,
            starts_on=today - dt.timedelta(days=700),
        )
    return network


def _structure(draw: Random, number: int, territory: str, kind: str, director: User, today: dt.date) -> Partner:
    opened_on = today - dt.timedelta(days=760 if number < 8 else 760 - 20 * number)
    street = draw.choice(NAMES["street_patterns"]).format(number=draw.randint(1, 90))
    partner = partner_create(
        PartnerCard(
            kind=PartnerKind.STRUCTURE,
            code_name=NAMES["structures"][number],
            opened_on=opened_on,
            structure_type_id=f"type_structure:{kind}",
            territory_id=territory,
            manager_name=NAMES["gestionnaires"][number % len(NAMES["gestionnaires"])],
            real_name=f"Établissement fictif n° {number + 1}",
            address=street,
        )
    )
    convention = convention_open(partner=partner, reference=f"CV-{number + 1:03}", contacted_on=opened_on)
    convention_advance(convention=convention, stage=Stage.LETTER, on=opened_on + dt.timedelta(days=10))
    starts_on = opened_on + dt.timedelta(days=20)
    convention_advance(
        convention=convention,
        stage=Stage.SIGNED,
        on=starts_on,
        starts_on=starts_on,
        ends_on=today + dt.timedelta(days=21) if number == TO_RENEW else starts_on + dt.timedelta(days=3 * 365),
    )
    profile_set(partner=partner, criteria=_criteria(draw, number, kind))
    places_open(partner=partner, count=draw.choice([2, 2, 3, 4]), starts_on=starts_on)
    membership_open(user=director, partner=partner, role=Role.STRUCTURE_DIRECTOR, starts_on=opened_on, can_sign=True)
    return partner


def _criteria(draw: Random, number: int, kind: str) -> StructureCriteria:
    """Draw what a structure takes in; one that is played refuses nobody, at any hour."""
    forms = list(values_of("forme").filter(parent=None))
    drawn = StructureCriteria(
        age_min=draw.choice([11, 12, 13]),
        age_max=17,
        sexes=list(values_of("sexe")) if number % 3 else list(values_of("sexe").filter(code="F")),
        forms=forms if number % 4 else [form for form in forms if form.code in ("SEX", "IND")],
        languages=list(
            values_of("langue").filter(code__in=draw.sample(["FRA", "ENG", "ARA", "ROM", "RON", "SPA"], 3))
        ),
        containment_id="contenance:SECURISE"
        if kind == "CENTRE"
        else draw.choice(["contenance:OUVERT", "contenance:CONTENANT"]),
        habilitation_id="habilitation:PJJ" if kind == "PJJ-SAH" else "habilitation:ASE",
        pledged_places=draw.choice([2, 2, 3, 4]),
        takes_at_night=number % 2 == 0,
        admission_days=draw.choice([1, 2, 5, 8]),
        has_psychologist=number % 5 != 0,
        takes_siblings=number % 3 == 1,
        contraindications=list(values_of("contre_indication").filter(code=CONTRAINDICATIONS[number % 4])),
    )
    if number >= PLAYED:
        return drawn
    return replace(
        drawn,
        age_min=11,
        sexes=list(values_of("sexe")),
        forms=forms,
        takes_at_night=True,
        admission_days=0,
        contraindications=[],
    )


def _authorities(network: Network, draw: Random, today: dt.date) -> None:
    authorities = {
        authority.code: authority for authority in AseAuthority.objects.prefetch_related("names", "coverages")
    }
    for number, code in enumerate([*SIGNED, *PIPELINE]):
        authority = authorities[code]
        contacted_on = today - dt.timedelta(days=740 - 17 * number)
        partner = partner_create(
            PartnerCard(
                kind=PartnerKind.ASE,
                code_name=authority.name_on(today),
                opened_on=contacted_on,
                ase_authority_id=code,
                territory_id=sorted(coverage.territory_id for coverage in authority.coverages.all())[0],
            )
        )
        convention = convention_open(partner=partner, reference=f"ASE-{code}", contacted_on=contacted_on)
        stage = PIPELINE.get(code, Stage.SIGNED)
        if stage != Stage.CONTACT:
            convention_advance(
                convention=convention, stage=stage, on=contacted_on + dt.timedelta(days=draw.randint(20, 45))
            )
        if code in SIGNED:
            network.services.setdefault("ASE", []).append(partner)
    nord = network.services["ASE"][0]
    membership_open(
        user=network.accounts["ase"],
        partner=nord,
        role=Role.REQUESTER,
        starts_on=today - dt.timedelta(days=700),
        can_sign=True,
    )
    network.members[nord] = network.accounts["ase"]


def _services(network: Network, today: dt.date) -> None:
    since = today - dt.timedelta(days=740)
    for number, (family, kind, territory) in enumerate(SERVICES):
        partner = partner_create(
            PartnerCard(
                kind=PartnerKind.REQUESTER,
                code_name=NAMES["units"][kind].format(number=number + 11),
                opened_on=since,
                requester_type_id=f"acteur:{kind}",
                territory_id=territory,
            )
        )
        network.services.setdefault(family, []).append(partner)
        person = {("GENDARMERIE", "59"): "gendarme", ("EDUCATION", "59"): "transmitter"}.get((family, territory))
        if person:
            role = Role.TRANSMITTER if person == "transmitter" else Role.REQUESTER
            can_sign = person == "gendarme"
            membership_open(
                user=network.accounts[person], partner=partner, role=role, starts_on=since, can_sign=can_sign
            )
            network.members[partner] = network.accounts[person]
