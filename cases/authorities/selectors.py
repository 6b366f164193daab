"""Whom an incident must be told to: its type, its severity, the child, the structure call for them, all of it data.

The type names authorities (`tell`); rules of the list `regle_information` add some, or put one in place of another.
The département of the child and the one that licensed the structure are often two: each is named.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from cases.models import AuthorityNotice, AuthorityWaiver, Case, Incident, Placement
from cms.partners.models import Partner
from cms.territory.models import AseAuthority
from cms.values.models import Value
from cms.values.selectors import values_by_list

COORDINATION = "COORD"
"""Told by the declaration itself."""
GUARDIAN, LICENSER = "GARDIEN", "CD"
BY_COORDINATION = ("DGCS",)
"""Told by the coordination alone, without identity."""


@dataclass(frozen=True)
class AuthorityCall:
    """One authority that an incident calls for. `ase` is the département meant, when there is one and one only."""

    authority: Value
    name: str
    why: str
    delay: str
    due_at: dt.datetime | None
    ase: AseAuthority | None = None
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
    stay, partner = _stay_of(incident), _structure_of(incident)
    wanted = _wanted(incident, partner, stay, lists["regle_information"])
    names = _ase_names(incident, partner, stay) if {GUARDIAN, LICENSER} & set(wanted) else {}
    notices = list(incident.notices.all())
    waivers = {waiver.authority_id: waiver for waiver in incident.authority_waivers.all()}
    return [
        _call(incident, value, wanted[value.code], names.get(value.code, []), notices, waivers.get(value.pk))
        for value in lists["autorite"]
        if value.code in wanted
    ]


def _stay_of(incident: Incident) -> Placement | None:
    """The stay, if the actor sees it: a structure that no longer houses the minor reads the general list."""
    if incident.placement_id is None or Incident.placement.is_cached(incident):
        return incident.placement
    return Placement.objects.filter(pk=incident.placement_id).first()


def _structure_of(incident: Incident) -> Partner | None:
    """The structure, if the actor sees it: a service that declared for its minor reads the general list."""
    if Incident.partner.is_cached(incident):
        return incident.partner
    return Partner.objects.filter(pk=incident.partner_id).first()


def _case_of(stay: Placement) -> Case | None:
    if Placement.case.is_cached(stay):
        return stay.case
    return Case.objects.filter(pk=stay.case_id).only("payer_id", "origin_id").first()


def _wanted(
    incident: Incident, partner: Partner | None, stay: Placement | None, rules: Iterable[Value]
) -> dict[str, str]:
    """Code of each authority wanted → why."""
    wanted = dict.fromkeys(incident.incident_type.extra.get("tell", []), "Type d’incident")
    holding = [rule for rule in rules if _holds(rule.extra, incident, partner, stay)]
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


def _holds(rule: dict[str, Any], incident: Incident, partner: Partner | None, stay: Placement | None) -> bool:
    """Each condition that a rule carries is met; a rule without condition always holds."""
    kind, severity = incident.incident_type, incident.severity.extra.get("level", 0)
    structure = ((partner and partner.structure_type_id) or "").partition(":")[2]
    frame = (stay.legal_frame_id if stay else "").partition(":")[2]
    return (
        (not rule.get("child") or incident.placement_id is not None)
        and (not rule.get("arrete") or bool(kind.extra.get("arrete")))
        and severity >= rule.get("severity_from", 0)
        and ("incident_types" not in rule or kind.code in rule["incident_types"])
        and ("structure_types" not in rule or structure in rule["structure_types"])
        and ("legal_frames" not in rule or frame in rule["legal_frames"])
    )


def _ase_names(incident: Incident, partner: Partner | None, stay: Placement | None) -> dict[str, list[AseAuthority]]:
    """The authorities of the child and of the structure; two in the Rhône, where both are named."""
    case = _case_of(stay) if stay else None
    origin, payer = (case.origin_id, case.payer_id) if case else (None, None)
    place = partner.territory_id if partner else None
    codes = [code for code in (place, origin) if code]
    day = timezone.localdate(incident.noticed_at)
    known = AseAuthority.objects.active_on(day).prefetch_related("names", "coverages")
    rows = list((known.filter(coverages__territory__in=codes) | known.filter(pk=payer)).distinct())

    def covering(code: str | None) -> list[AseAuthority]:
        return [row for row in rows if any(part.territory_id == code for part in row.coverages.all())]

    paying = [row for row in rows if row.pk == payer]
    return {GUARDIAN: paying or covering(origin), LICENSER: covering(place)}


def _call(
    incident: Incident,
    value: Value,
    why: str,
    ase: list[AseAuthority],
    notices: list[AuthorityNotice],
    waiver: AuthorityWaiver | None,
) -> AuthorityCall:
    day = timezone.localdate(incident.noticed_at)
    one = ase[0] if len(ase) == 1 else None
    told = (notice for notice in notices if notice.authority_id == value.pk)
    return AuthorityCall(
        authority=value,
        name=f"{value.label} : {' ou '.join(row.name_on(day) for row in ase)}" if ase else value.label,
        why=why,
        delay=value.extra.get("delay", ""),
        due_at=_due_at(incident, value),
        ase=one,
        notice=next((n for n in told if one is None or n.ase_authority_id in (None, one.pk)), None),
        waiver=waiver,
        is_declaration=value.code == COORDINATION,
    )


def _due_at(incident: Incident, value: Value) -> dt.datetime | None:
    """From when the team knew. None: no clock runs (« une fois la sécurité assurée »)."""
    by_severity = value.extra.get("delay_minutes_by_severity", {})
    minutes = by_severity.get(incident.severity.code, value.extra.get("delay_minutes"))
    return None if minutes is None else incident.noticed_at + dt.timedelta(minutes=minutes)
