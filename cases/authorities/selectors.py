"""Whom an incident must be told to: its type, its severity, the child, the structure call for them, all of it data.

The type names authorities (`tell`); rules of the list `regle_information` add some, or put one in place of another.
The département of the child and the one that licensed the structure are often two: each is named.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from cases.enums import INCIDENT_RUNAWAY
from cases.models import AuthorityNotice, AuthorityWaiver, Case, Incident, Placement
from cases.runaways.selectors import POLICE, Clock, runaway_clock
from cms.partners.models import Partner
from cms.territory.models import AseAuthority, AseAuthorityName
from cms.values.models import Value
from cms.values.selectors import values_by_list

COORDINATION = "COORD"
"""Told by the declaration itself."""
GUARDIAN, LICENSER = "GARDIEN", "CD"
BY_COORDINATION = ("DGCS",)
"""Told by the coordination alone, without identity."""


@dataclass(frozen=True)
class AuthorityCall:
    """One authority that an incident calls for. `ase_id` is the département meant, when there is one and one only."""

    authority: Value
    name: str
    why: str
    delay: str
    due_at: dt.datetime | None
    ase_id: str | None = None
    notice: AuthorityNotice | None = None
    waiver: AuthorityWaiver | None = None
    is_declaration: bool = False
    """The coordination, which the declaration tells by itself."""

    @property
    def is_missing(self) -> bool:
        return self.notice is None and self.waiver is None and not self.is_declaration

    def is_late(self, at: dt.datetime) -> bool:
        return self.is_missing and self.due_at is not None and self.due_at < at

    @property
    def is_for_coordination(self) -> bool:
        return self.authority.code in BY_COORDINATION


def authorities_missing(incident: Incident) -> list[AuthorityCall]:
    """Those neither told nor set aside with a reason: while there is one, the incident is not closed."""
    return [call for call in authority_calls(incident) if call.is_missing]


def authority_calls(incident: Incident) -> list[AuthorityCall]:
    """Every authority that an incident calls for, in the order of the list « Destinataires »."""
    lists = values_by_list("autorite", "regle_information")
    child, partner = _child_of(incident), _structure_of(incident)
    wanted = _wanted(incident, partner, child, lists["regle_information"])
    names = _ase_names(incident, partner, child) if {GUARDIAN, LICENSER} & set(wanted) else {}
    notices = list(incident.notices.all())
    waivers = {waiver.authority_id: waiver for waiver in incident.authority_waivers.all()}
    return [
        _call(incident, value, wanted[value.code], names.get(value.code, []), notices, waivers.get(value.pk))
        for value in lists["autorite"]
        if value.code in wanted
    ]


@dataclass(frozen=True)
class Child:
    """What is known of the minor by who reads: a structure that no longer houses them knows nothing of the file."""

    frame: str
    origin: str | None
    payer: str | None


def _structure_of(incident: Incident) -> Partner | None:
    """The structure, if the actor sees it: a service that declared for its minor reads the general list."""
    if not Incident.partner.is_cached(incident) and (seen := Partner.objects.filter(pk=incident.partner_id).first()):
        incident.partner = seen  # its clocks read it again
    return incident.partner if Incident.partner.is_cached(incident) else None


def _child_of(incident: Incident) -> Child | None:
    """In one query, which shows the stay even where the file is hidden."""
    if incident.placement_id is None:
        return None
    stay = incident.placement if Incident.placement.is_cached(incident) else None
    if stay and Placement.case.is_cached(stay):
        return Child(stay.legal_frame_id, stay.case.origin_id, stay.case.payer_id)
    case = Case.objects.filter(pk=OuterRef("case_id"))
    rows = Placement.objects.filter(pk=incident.placement_id).values_list(
        "legal_frame_id", Subquery(case.values("origin_id")), Subquery(case.values("payer_id"))
    )
    row = rows.first()
    return Child(*row) if row else None


def _wanted(
    incident: Incident, partner: Partner | None, child: Child | None, rules: Iterable[Value]
) -> dict[str, str]:
    """Code of each authority wanted → why."""
    wanted = dict.fromkeys(incident.incident_type.extra.get("tell", []), "Type d’incident")
    holding = [rule for rule in rules if _holds(rule.extra, incident, partner, child)]
    for rule in holding:
        if not rule.extra.get("instead_of"):
            for code in rule.extra.get("authorities", []):
                wanted.setdefault(code, rule.label)
    for rule in holding:
        replaced = [code for code in rule.extra.get("instead_of", []) if code in wanted]
        if replaced:
            wanted = {code: why for code, why in wanted.items() if code not in replaced}
            wanted |= dict.fromkeys(rule.extra["authorities"], rule.label)
    return wanted


def _holds(rule: dict[str, Any], incident: Incident, partner: Partner | None, child: Child | None) -> bool:
    """Each condition that a rule carries is met; a rule without condition always holds."""
    kind, severity = incident.incident_type, incident.severity.extra.get("level", 0)
    structure = ((partner and partner.structure_type_id) or "").partition(":")[2]
    frame = (child.frame if child else "").partition(":")[2]
    return (
        (not rule.get("child") or incident.placement_id is not None)
        and (not rule.get("arrete") or bool(kind.extra.get("arrete")))
        and severity >= rule.get("severity_from", 0)
        and ("incident_types" not in rule or kind.code in rule["incident_types"])
        and ("structure_types" not in rule or structure in rule["structure_types"])
        and ("legal_frames" not in rule or frame in rule["legal_frames"])
    )


def _ase_names(incident: Incident, partner: Partner | None, child: Child | None) -> dict[str, list[tuple[str, str]]]:
    """Code and name of the authorities of the child and of the structure; two in the Rhône, where both are named."""
    origin, payer = (child.origin, child.payer) if child else (None, None)
    place = partner.territory_id if partner else None
    codes = [code for code in (place, origin) if code]
    day = timezone.localdate(incident.noticed_at)
    active = AseAuthority.objects.active_on(day)
    rows = AseAuthorityName.objects.filter(
        Q(authority__coverages__territory__in=codes) | Q(authority=payer), authority__in=active
    ).order_by(F("valid_from").asc(nulls_first=True))
    names: dict[str, str] = {}
    covers: set[tuple[str, str]] = set()
    for code, name, since, territory in rows.values_list(
        "authority_id", "name", "valid_from", "authority__coverages__territory_id"
    ):
        covers.add((code, territory))
        if code not in names or since is None or since <= day:
            names[code] = name

    def covering(territory: str | None) -> list[tuple[str, str]]:
        return [(code, name) for code, name in sorted(names.items()) if (code, territory) in covers]

    paying = [(payer, names[payer])] if payer in names else []
    return {GUARDIAN: paying or covering(origin), LICENSER: covering(place)}


def _call(
    incident: Incident,
    value: Value,
    why: str,
    ase: list[tuple[str, str]],
    notices: list[AuthorityNotice],
    waiver: AuthorityWaiver | None,
) -> AuthorityCall:
    one = ase[0][0] if len(ase) == 1 else None
    told = (notice for notice in notices if notice.authority_id == value.pk)
    is_runaway = incident.incident_type_id == INCIDENT_RUNAWAY and value.pk == POLICE
    clock = runaway_clock(incident) if is_runaway else None
    return AuthorityCall(
        authority=value,
        name=f"{value.label} : {' ou '.join(name for _, name in ase)}" if ase else value.label,
        why=why,
        delay=clock.words if clock else value.extra.get("delay", ""),
        due_at=_due_at(incident, value, clock),
        ase_id=one,
        notice=next((n for n in told if one is None or n.ase_authority_id in (None, one)), None),
        waiver=waiver,
        is_declaration=value.code == COORDINATION,
    )


def _due_at(incident: Incident, value: Value, clock: Clock | None) -> dt.datetime | None:
    """From when the team knew. None: no clock runs (« une fois la sécurité assurée »)."""
    if clock:
        return clock.due_at
    by_severity = value.extra.get("delay_minutes_by_severity", {})
    minutes = by_severity.get(incident.severity.code, value.extra.get("delay_minutes"))
    return None if minutes is None else incident.noticed_at + dt.timedelta(minutes=minutes)
