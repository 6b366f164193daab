"""Whom an incident must be told to: its type, its severity, the child, the structure call for them, all of it data.

The type names authorities (`tell`); rules of the list `regle_information` add some, or put one in place of another.
The département of the child and the one that licensed the structure are often two: each is named. Every child counts:
of several départements, each guardian service and each CRIP is a line of its own, and so are judges and prosecutors.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection
from django.db.models import CharField, F, Func, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from cases.enums import Authority, IncidentType
from cases.files.models import Case
from cases.incidents.authorities.models import AuthorityWaiver
from cases.incidents.models.declared import AuthorityNotice, Incident
from cases.incidents.runaways.selectors import Clock, runaway_clock
from cms.partners.models import Partner
from cms.territory.models import AseAuthority, AseAuthorityName
from cms.values.models import Value
from cms.values.selectors import values_by_list
from cms.wall import scope

COORDINATION = "COORD"
"""Told by the declaration itself."""
GUARDIAN, LICENSER = "GARDIEN", "CD"
OF_ORIGIN = ("CRIP",)
OF_ORIGIN_IF_SEVERAL = ("JE", "PARQUET")
"""Of one child, the judge and the prosecutor are known by their file; of several, by whose child they follow."""
BY_COORDINATION = ("DGCS",)
"""Told by the coordination alone, without identity."""
EMPLOYER = "EMPLOYEUR"
"""Whoever declares in confidence against their own structure is never told to warn who employs them both."""
SHOWN_PHONES = 3


@dataclass(frozen=True)
class AuthorityCall:
    """One authority that an incident calls for.

    `ase_ids`: the département meant; two in the Rhône, where either is. `is_of_one`: another line calls the same
    authority of another département, so that a notice must say which.
    """

    authority: Value
    name: str
    why: str
    delay: str
    due_at: dt.datetime | None
    ase_ids: tuple[str, ...] = ()
    is_of_one: bool = False
    notice: AuthorityNotice | None = None
    waiver: AuthorityWaiver | None = None
    is_declaration: bool = False
    """The coordination, which the declaration tells by itself."""

    @property
    def choice(self) -> str:
        """What a form sends to name this line: `autorite:GARDIEN`, or `autorite:GARDIEN|59` when there are several."""
        return f"{self.authority.pk}|{self.ase_ids[0]}" if self.is_of_one else self.authority.pk

    @property
    def is_missing(self) -> bool:
        return self.notice is None and self.waiver is None and not self.is_declaration

    def is_late(self, at: dt.datetime) -> bool:
        return self.is_missing and self.due_at is not None and self.due_at < at

    @property
    def is_for_coordination(self) -> bool:
        return self.authority.code in BY_COORDINATION


def authorities_missing(incident: Incident) -> list[AuthorityCall]:
    """List authorities neither told nor waived with a reason; the incident is not closed while there is one."""
    return [call for call in authority_calls(incident) if call.is_missing]


def authority_calls(incident: Incident) -> list[AuthorityCall]:
    """List every authority that an incident calls for, in the order of the list « Destinataires »."""
    lists = values_by_list("autorite", "regle_information")
    children, partner = _children_of(incident), _structure_of(incident)
    wanted = _wanted(incident, partner, children, lists["regle_information"])
    groups = _ase_groups(incident, partner, children) if set(wanted) & NAMED else {}
    calls = []
    for value in lists["autorite"]:
        if value.code in wanted:
            calls += _calls(incident, value, wanted[value.code], groups.get(value.code) or [()])
    return calls


@dataclass(frozen=True)
class Child:
    """What is known of the minor by who reads: a structure that no longer houses them knows nothing of the file."""

    frame: str
    origin: str | None
    payer: str | None


def _structure_of(incident: Incident) -> Partner | None:
    """Return the structure, or `None` for a service, which reads the general list of authorities."""
    if incident.partner_id is None:
        return None
    if not Incident.partner.is_cached(incident) and (seen := Partner.objects.filter(pk=incident.partner_id).first()):
        incident.partner = seen  # its clocks read it again
    return incident.partner if Incident.partner.is_cached(incident) else None


def _children_of(incident: Incident) -> list[Child]:
    """List the children concerned, in one query; a stay is read even where the file is hidden."""
    case = Case.objects.filter(pk=Coalesce(OuterRef("placement__case_id"), OuterRef("case_id")))
    case_id = Coalesce("placement__case_id", "case_id")
    rows = incident.children.values_list(
        Coalesce(Subquery(case.values("legal_frame_id")), "placement__legal_frame_id", output_field=CharField()),
        Subquery(case.values("origin_id")),
        Func(case_id, "placement_id", function="minor_payer", output_field=CharField()),
    )
    return [Child(frame or "", origin, payer) for frame, origin, payer in rows]


def _wanted(
    incident: Incident, partner: Partner | None, children: list[Child], rules: Iterable[Value]
) -> dict[str, str]:
    """Return the reason for each authority wanted, by its code."""
    wanted = dict.fromkeys(incident.incident_type.extra.get("tell", []), "Type d’incident")
    holding = [rule for rule in rules if _holds(rule.extra, incident, partner, children)]
    for rule in holding:
        if not rule.extra.get("instead_of"):
            for code in rule.extra.get("authorities", []):
                wanted.setdefault(code, rule.label)
    for rule in holding:
        replaced = [code for code in rule.extra.get("instead_of", []) if code in wanted]
        if replaced:
            wanted = {code: why for code, why in wanted.items() if code not in replaced}
            wanted |= dict.fromkeys(rule.extra["authorities"], rule.label)
    return {code: why for code, why in wanted.items() if code not in never_called(incident)}


def never_called(incident: Incident) -> set[str]:
    """Return the authorities that whoever reads this incident must not be told to warn."""
    return {EMPLOYER} if incident.is_confidential and not scope.current().sees_all_cases() else set()


def _holds(rule: dict[str, Any], incident: Incident, partner: Partner | None, children: list[Child]) -> bool:
    """Return whether each condition of a rule is met; a rule without condition always holds."""
    kind, severity = incident.incident_type, incident.severity.extra.get("level", 0)
    structure = ((partner and partner.structure_type_id) or "").partition(":")[2]
    frames = {child.frame.partition(":")[2] for child in children}
    return (
        (not rule.get("child") or bool(children))
        and (not rule.get("arrete") or bool(kind.extra.get("arrete")))
        and severity >= rule.get("severity_from", 0)
        and ("incident_types" not in rule or kind.code in rule["incident_types"])
        and ("structure_types" not in rule or structure in rule["structure_types"])
        and ("legal_frames" not in rule or bool(frames & set(rule["legal_frames"])))
    )


Group = tuple[tuple[str, str], ...]
"""Code and name of the authorities of one département: one, or the two of the Rhône."""
Covering = TypeVar("Covering", AuthorityNotice, AuthorityWaiver)


def _ase_groups(incident: Incident, partner: Partner | None, children: list[Child]) -> dict[str, list[Group]]:
    """Return the départements to name, each once, by code of the list."""
    place = partner.territory_id if partner else None
    codes = {code for code in (place, *(child.origin for child in children)) if code}
    payers = {child.payer for child in children if child.payer}
    names, covering = _ase_names(timezone.localdate(incident.noticed_at), codes, payers)

    def guardian(child: Child) -> Group:
        return ((child.payer, names[child.payer]),) if child.payer in names else covering(child.origin)

    origins = _distinct(covering(child.origin) for child in children)
    groups = {GUARDIAN: _distinct(guardian(child) for child in children), LICENSER: _distinct([covering(place)])}
    groups |= dict.fromkeys(OF_ORIGIN, origins)
    return groups | (dict.fromkeys(OF_ORIGIN_IF_SEVERAL, origins) if len(origins) > 1 else {})


NAMED = {GUARDIAN, LICENSER, *OF_ORIGIN, *OF_ORIGIN_IF_SEVERAL}


def _distinct(groups: Iterable[Group]) -> list[Group]:
    return sorted({group for group in groups if group})


def _ase_names(
    day: dt.date, places: set[str], payers: set[str]
) -> tuple[dict[str, str], Callable[[str | None], Group]]:
    """Return names on this day of the authorities that pay or cover these places, and who covers a place.

    One query.
    """
    rows = AseAuthorityName.objects.filter(
        Q(authority__coverages__territory__in=places) | Q(authority__in=payers),
        authority__in=AseAuthority.objects.active_on(day),
    ).order_by(F("valid_from").asc(nulls_first=True))
    names: dict[str, str] = {}
    covers: set[tuple[str, str]] = set()
    for code, name, since, territory in rows.values_list(
        "authority_id", "name", "valid_from", "authority__coverages__territory_id"
    ):
        covers.add((code, territory))
        if code not in names or since is None or since <= day:
            names[code] = name

    def covering(territory: str | None) -> Group:
        return tuple((code, name) for code, name in sorted(names.items()) if (code, territory) in covers)

    return names, covering


def _calls(incident: Incident, value: Value, why: str, groups: list[Group]) -> list[AuthorityCall]:
    """Return one line a département."""
    clock = (
        runaway_clock(incident)
        if incident.incident_type_id == IncidentType.RUNAWAY and value.pk == Authority.POLICE
        else None
    )
    return [
        AuthorityCall(
            authority=value,
            name=f"{value.label} : {' ou '.join(name for _, name in group)}" if group else value.label,
            why=why,
            delay=clock.words if clock else value.extra.get("delay", ""),
            due_at=_due_at(incident, value, clock),
            ase_ids=tuple(code for code, _ in group),
            is_of_one=len(groups) > 1,
            notice=_met(incident.notices.all(), value, group, needs_one=len(groups) > 1),
            waiver=_met(incident.authority_waivers.all(), value, group, needs_one=False),
            is_declaration=value.code == COORDINATION,
        )
        for group in groups
    ]


def _met(rows: Iterable[Covering], value: Value, group: Group, *, needs_one: bool) -> Covering | None:
    """Return the notice, or the waiver, of this line. One without département covers all, unless it must name one."""
    codes = [code for code, _ in group]
    for row in rows:
        if row.authority_id == value.pk and (
            (row.ase_authority_id is None and not needs_one) or not codes or row.ase_authority_id in codes
        ):
            return row
    return None


@dataclass(frozen=True)
class Phone:
    who: str
    number: str


def authority_phones(incident: Incident, calls: Iterable[AuthorityCall]) -> dict[str, list[Phone]]:
    """Return the numbers of each authority still to call, by its name: national ones, then those of the address book.

    An authority without a number has an empty list. Read in one query, none when everybody is told.
    """
    sees_all = scope.current().sees_all_cases()
    left = [call for call in calls if call.is_missing and (not call.is_for_coordination or sees_all)]
    if not left:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT actor, ase, who, phone FROM incident_phones(%s)", [incident.pk])
        book = cursor.fetchall()
    return {call.name: _phones(call, book) for call in left}


def _phones(call: AuthorityCall, book: Iterable[tuple[str, str, str, str]]) -> list[Phone]:
    extra = call.authority.extra
    actors = {f"acteur:{code}" for code in extra.get("actors", ())}
    known = [
        Phone(who, number)
        for actor, ase, who, number in book
        if actor in actors or (extra.get("is_ase") and ase in call.ase_ids)
    ]
    return [*(Phone("", number) for number in extra.get("phones", ())), *known[:SHOWN_PHONES]]


def _due_at(incident: Incident, value: Value, clock: Clock | None) -> dt.datetime | None:
    """Return until when to tell, from when the team knew; `None` without delay (« une fois la sécurité assurée »)."""
    if clock:
        return clock.due_at
    by_severity = value.extra.get("delay_minutes_by_severity", {})
    minutes = by_severity.get(incident.severity.code, value.extra.get("delay_minutes"))
    return None if minutes is None else incident.noticed_at + dt.timedelta(minutes=minutes)
