"""A sollicitation: sent by a service, taken up, linked to a minor's case and closed by the coordination."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from cases.common.rules.listeners import Listeners
from cases.common.rules.phones import line_digest
from cases.common.rules.states import sollicitation_after
from cases.common.services import lock, manager_only, manages, past, row_change, row_create
from cases.enums import Nature, RequesterType, SollicitationState
from cases.extra.services import extra_answers_write
from cases.files.models import Case
from cases.files.protection.services import language_add
from cases.files.rules import Birth
from cases.files.services import FACTS, ages_recompute, case_open, forms_copy
from cases.requests.models import Sollicitation, SollicitationDetail, SollicitationForm
from cases.requests.selectors import relance_candidate, siblings_waiting
from cases.requests.services.notices import request_done, request_received, request_taken
from cases.requests.services.rings import ring_follow
from cases.requests.tonight.models import TONIGHT
from cms.journal.rows import row_clean
from cms.partners.enums import PartnerKind
from cms.partners.models import Partner
from cms.users.models import User
from cms.users.roles import Role
from cms.values.models import Value
from cms.wall import scope
from cms.wall.services import reference_draw

CODED = (
    "reference",
    "requester_id",
    "requester_type_id",
    "detected_by_id",
    "channel_id",
    "nature_id",
    "urgency_id",
    "received_at",
    "age_at_reception",
    "current_place_id",
    "relance_of_id",
    "rights_told",
    "group_id",
    "is_test",
    *TONIGHT,
    *FACTS,
)
CORRECTABLE = (
    "requester_type_id",
    "detected_by_id",
    "channel_id",
    "nature_id",
    "urgency_id",
    "received_at",
    "age_at_reception",
    "current_place_id",
    "safe_until",
    "rights_told",
    *TONIGHT,
    *FACTS,
)
"""What the coordination may correct. The service that asked is not: it decides who reads the request."""
AGEING = ("birth_year", "birth_month", "received_at")
"""What an age at reception is computed from."""
LONGEST_SAFETY = dt.timedelta(days=92)
"""Beyond that, the year was mistyped: a minor who is safe for months is not waiting."""
DETAIL = ("callback_name", "callback_phone", "minor_label", "place", "narrative")

on_request_closing = Listeners()
"""Called with `sollicitation`, `outcome_id`, `reason_id` (why no structure took the minor in), `by`, `at` before a
request closes; a listener may refuse it.
"""
on_request_closed = Listeners()
"""Called with `sollicitation`, `by`, `at` once it is closed with its outcome."""


@dataclass(frozen=True)
class NewSollicitation:
    """One request of one service for one minor, as it is sent.

    `facts` holds columns of `MinorFacts`, `tonight` of `TonightFacts`, `detail` what is written in words, `extra`
    answers to added fields by code.
    `age` is in years, at reception. Without `received_at`, it is received now.
    """

    requester: Partner
    submitted_by: User
    nature_id: str
    urgency_id: str
    channel_id: str
    forms: Sequence[str]
    main_form: str
    facts: Mapping[str, Any]
    age: int | None
    detail: Mapping[str, str]
    detected_by_id: str | None = None
    requester_type_id: str | None = None
    current_place_id: str | None = None
    safe_until: dt.datetime | None = None
    rights_told: bool = False
    received_at: dt.datetime | None = None
    relance_of: Sollicitation | None = None
    group_id: uuid.UUID | None = None
    idempotency_key: uuid.UUID | None = None
    is_test: bool = False
    extra: Mapping[str, str] | None = None
    tonight: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def sollicitation_send(new: NewSollicitation) -> Sollicitation:
    """Receive one request of one service for one minor (indicator 1).

    The same idempotency key sent twice gives the row of the first time. Raises `ValidationError` beside the field for
    a reception to come, a birth after it, an age that contradicts the birth, a service for which the person may not
    speak.
    """
    _speaks_for(new.requester)
    if new.idempotency_key and (known := _already_sent(new.requester, new.idempotency_key)):
        return known
    new = replace(new, nature_id=_nature(new))
    if unknown := _unknown(new):
        raise TypeError(f"not part of a sollicitation: {sorted(unknown)}")
    if new.relance_of and new.relance_of.requester_id != new.requester.pk:
        raise ValidationError({"relance_of": "Une relance vient du même service que la première demande."})
    check_forms(new.forms, new.main_form, new.nature_id)
    sollicitation = _row_of(new)
    sollicitation.clean_fields(exclude=["reference"])
    sollicitation.reference = reference_draw(prefix="S", year=sollicitation.received_on.year)
    row_create(sollicitation, kind="sollicitation", action="cases.sollicitation.send", coded=CODED)
    SollicitationForm.objects.bulk_create(
        SollicitationForm(sollicitation=sollicitation, form_id=form, is_main=form == new.main_form)
        for form in new.forms
    )
    digest = line_digest(new.detail.get("callback_phone", ""))
    detail = SollicitationDetail(sollicitation=sollicitation, callback_digest=digest, **new.detail)
    row_clean(detail, exclude=["sollicitation"])
    detail.save(force_insert=True)
    extra_answers_write(parent=sollicitation, answers=new.extra or {}, by=new.submitted_by)
    request_received(sollicitation)
    ring_follow(sollicitation)
    return sollicitation


def _unknown(new: NewSollicitation) -> set[str]:
    return (set(new.facts) - set(FACTS)) | (set(new.tonight) - set(TONIGHT)) | (set(new.detail) - set(DETAIL))


def _nature(new: NewSollicitation) -> str:
    """Return what is asked. Who only transmits a worry asks for advice: the coordination alone makes a request for
    care of it, when the minor is to be taken in (indicator 1).
    """
    transmits = new.requester.pk not in scope.current().partners_as(Role.REQUESTER) and not manages()
    return Nature.ADVICE if transmits and new.nature_id == Nature.CARE else new.nature_id


def _row_of(new: NewSollicitation) -> Sollicitation:
    received_at = past("received_at", new.received_at or timezone.now())
    received_on = timezone.localdate(received_at)
    check_safety(new.safe_until, received_at)
    return Sollicitation(
        requester=new.requester,
        requester_type_id=new.requester_type_id or requester_type_of(new.requester),
        detected_by_id=new.detected_by_id,
        submitted_by=new.submitted_by,
        channel_id=new.channel_id,
        nature_id=new.nature_id,
        urgency_id=new.urgency_id,
        received_at=received_at,
        received_on=received_on,
        group_id=new.group_id,
        relance_of=new.relance_of,
        age_at_reception=_age(new.facts, new.age, received_on),
        current_place_id=new.current_place_id,
        safe_until=new.safe_until,
        rights_told=new.rights_told,
        idempotency_key=new.idempotency_key,
        is_test=new.is_test,
        **new.tonight,
        **new.facts,
    )


def _speaks_for(requester: Partner) -> None:
    """Raise `ValidationError` unless the actor speaks for its own service, or coordinates."""
    if not manages() and requester.pk not in scope.current().partners_as(Role.REQUESTER, Role.TRANSMITTER):
        raise ValidationError({"requester": "Vous ne pouvez pas écrire au nom de ce service."})


def _already_sent(requester: Partner, key: uuid.UUID) -> Sollicitation | None:
    """Return the row of an earlier sending. A concurrent sending waits here for the first to be written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(key)])
    return Sollicitation.objects.filter(idempotency_key=key, requester=requester).first()


def requester_type_of(requester: Partner) -> str:
    """Return the type of a service in the book of partners; raise `ValidationError` when it has none there."""
    if requester.requester_type_id:
        return requester.requester_type_id
    if requester.kind == PartnerKind.ASE:
        return RequesterType.ASE
    raise ValidationError({"requester_type": "Indiquez le type de service demandeur."})


def check_forms(forms: Sequence[str], main_form: str, nature_id: str = "") -> None:
    """Raise `ValidationError` for a request for care without a form, or a principal form which is not among them."""
    if nature_id == Nature.CARE and not forms:
        raise ValidationError({"forms": "Indiquez au moins une forme d’exploitation, même présumée."})
    if forms and main_form not in forms:
        raise ValidationError({"main_form": "La forme principale fait partie des formes indiquées."})
    if Value.objects.of_list("forme").filter(pk__in=forms).count() != len(forms):
        raise ValidationError({"forms": "Choisissez des formes d’exploitation de la liste, une seule fois chacune."})


def check_safety(safe_until: dt.datetime | None, received_at: dt.datetime) -> None:
    """Raise `ValidationError` for a shelter that was over before the request, or that would last for months."""
    if safe_until and safe_until < received_at:
        raise ValidationError({"safe_until": "Cette heure précède celle de la demande : vérifiez les deux."})
    if safe_until and safe_until > received_at + LONGEST_SAFETY:
        raise ValidationError({"safe_until": "Cette date est dans plus de trois mois : vérifiez le jour et l’année."})


def _age(facts: Mapping[str, Any], age: int | None, received_on: dt.date) -> int | None:
    """Return the age at reception: as given, else from the birth. Both may be given if they agree."""
    year, month = facts.get("birth_year"), facts.get("birth_month")
    if age is not None and not 0 <= age <= 25:
        raise ValidationError({"age_at_reception": "Cet âge n’est pas celui d’un mineur ou d’un jeune majeur."})
    if month and not (year and 1 <= month <= 12):
        raise ValidationError({"birth_month": "Indiquez l’année avec le mois de naissance, de 1 à 12."})
    if not year:
        return age
    if not 1990 <= year <= 2100:
        raise ValidationError({"birth_year": "Cette année de naissance n’est pas possible."})
    birth = Birth(year, month)
    if birth.is_after(received_on):
        raise ValidationError({"birth_year": "La naissance est postérieure à la réception : vérifiez les deux dates."})
    youngest = birth.age_on(received_on)
    if age is None:
        return youngest
    if age not in (youngest, youngest + 1):
        raise ValidationError({"age_at_reception": "L’âge et l’année de naissance ne concordent pas."})
    return age


@transaction.atomic
def sollicitation_correct(*, sollicitation: Sollicitation, by: User, **values: Any) -> Sollicitation:
    """Correct coded facts (`CORRECTABLE`) of a request that is not closed; the journal keeps both values.

    A birth or a reception that moves takes the age with it, unless another age is given. Raises `ValidationError`
    beside the field for what `sollicitation_send` refuses, and for a reception after the first orientation.
    """
    manager_only()
    if unknown := set(values) - set(CORRECTABLE):
        raise TypeError(f"not to be corrected in a sollicitation: {sorted(unknown)}")
    lock(sollicitation)
    sollicitation_after(sollicitation.state, "correct")
    row, known_age = sollicitation, sollicitation.age_at_reception
    given_age = values.get("age_at_reception", known_age)
    moved = any(name in values and values[name] != getattr(row, name) for name in AGEING)
    received_at = past("received_at", values.get("received_at") or row.received_at)
    if row.orientations.filter(decided_at__lt=received_at).exists():
        raise ValidationError({"received_at": "Une orientation a été décidée avant cette date : vérifiez les deux."})
    _check_nature(row, values.get("nature_id") or row.nature_id)
    check_safety(values.get("safe_until", row.safe_until), received_at)
    facts = {name: values.get(name, getattr(row, name)) for name in FACTS}
    received_on = timezone.localdate(received_at)
    is_age_to_follow = given_age == known_age and moved and facts["birth_year"]
    age = _age(facts, None if is_age_to_follow else given_age, received_on)
    changed = {**values, "received_at": received_at, "received_on": received_on, "age_at_reception": age}
    row_change(row, changed, kind="sollicitation", action="cases.sollicitation.correct")
    ring_follow(row)
    if row.case:
        _age_of_case(row, row.case, given_age if given_age != known_age else None)
    return row


def _check_nature(row: Sollicitation, nature_id: str) -> None:
    if nature_id == Nature.CARE and not row.forms.exists():
        raise ValidationError({"nature": "Indiquez d’abord une forme d’exploitation, même présumée."})


def _age_of_case(row: Sollicitation, case: Case, given: int | None) -> None:
    """Compute the age from the birth known in the case. Raise `ValidationError` when the age given contradicts it."""
    ages_recompute(case=case)
    row.refresh_from_db(fields=["age_at_reception"])
    if given is not None and row.age_at_reception != given:
        raise ValidationError(
            {"age_at_reception": "La naissance écrite dans la situation donne un autre âge : corrigez-la d’abord."}
        )


@transaction.atomic
def sollicitation_take(*, sollicitation: Sollicitation, by: User, at: dt.datetime | None = None) -> Sollicitation:
    """Take a sollicitation in charge: this moment is the first answer to the requester.

    Its brothers and sisters that wait are taken up with it: they came in one sending, and one call answers them all.
    """
    manager_only()
    family_lock(sollicitation.pk)
    lock(sollicitation)
    at = past("first_answered_at", at or timezone.now())
    _take(sollicitation, by, at)
    for sibling in siblings_waiting(sollicitation).select_for_update():
        _take(sibling, by, max(at, sibling.received_at))
    ring_follow(sollicitation, by=by)
    return sollicitation


def family_lock(pk: uuid.UUID) -> Sollicitation | None:
    """Lock a request and those of its brothers and sisters, always in one order, and return it."""
    group = Sollicitation.objects.filter(pk=pk).values("group_id")
    rows = Sollicitation.objects.filter(Q(pk=pk) | Q(group_id__in=group))
    return next((row for row in rows.order_by("reference").select_for_update() if row.pk == pk), None)


def _take(sollicitation: Sollicitation, by: User, at: dt.datetime) -> None:
    if sollicitation.taken_by and sollicitation.state == SollicitationState.IN_CHARGE:
        raise ValidationError(f"{sollicitation.taken_by} suit déjà cette demande : appelez-vous.", code="state")
    values = {
        "state": sollicitation_after(sollicitation.state, "take"),
        "taken_by_id": by.pk,
        "first_answered_at": sollicitation.first_answered_at or at,
    }
    row_change(sollicitation, values, kind="sollicitation", action="cases.sollicitation.take")
    request_taken(sollicitation)


@transaction.atomic
def sollicitation_link(*, sollicitation: Sollicitation, by: User, case: Case | None = None) -> Case:
    """Tie a sollicitation to a minor's case, opened from its facts unless one is given.

    A relance (same service, same minor, first request open or closed for 30 days at most) is marked as such.
    """
    manager_only()
    lock(sollicitation)
    state = sollicitation_after(sollicitation.state, "link")
    if sollicitation.case_id:
        raise ValidationError("Cette sollicitation est déjà rattachée à une situation.")
    if case is None:
        opened = case_open(sollicitation=sollicitation)
        language_add(case=opened, language_id=sollicitation.language_id, by=by)
        values = {"state": state, "case_id": opened.pk}
        row_change(sollicitation, values, kind="sollicitation", action="cases.sollicitation.link")
        return opened
    lock(case)
    if case.closed_on:
        raise ValidationError({"case": "Cette situation est close : ouvrez-en une autre."})
    if case.is_test != sollicitation.is_test:
        raise ValidationError({"case": "Une fiche d’essai ne se mêle pas aux situations réelles."})
    relance = sollicitation.relance_of or relance_candidate(sollicitation=sollicitation, case=case)
    forms_copy(case=case, sollicitation=sollicitation)
    language_add(case=case, language_id=sollicitation.language_id, by=by)
    values = {"state": state, "case_id": case.pk, "relance_of_id": relance.pk if relance else None}
    row_change(sollicitation, values, kind="sollicitation", action="cases.sollicitation.link")
    ages_recompute(case=case)
    return case


@transaction.atomic
def sollicitation_close(
    *,
    sollicitation: Sollicitation,
    outcome_id: str,
    by: User,
    at: dt.datetime | None = None,
    unmet_reason_id: str = "",
) -> Sollicitation:
    """Close a sollicitation with its outcome, which is also a first answer if none was given before. Any outcome but a
    place in the network gives up the linkings that it had opened. When structures were asked and none took the minor
    in, `unmet_reason_id` says what was missing, unless it was noted before.
    """
    manager_only()
    lock(sollicitation)
    at = past("closed_at", at or timezone.now())
    on_request_closing.tell(
        sollicitation=sollicitation, outcome_id=outcome_id, reason_id=unmet_reason_id, by=by, at=at
    )
    values = {
        "state": sollicitation_after(sollicitation.state, "close"),
        "outcome_id": outcome_id,
        "closed_at": at,
        "first_answered_at": sollicitation.first_answered_at or at,
    }
    row_change(sollicitation, values, kind="sollicitation", action="cases.sollicitation.close")
    on_request_closed.tell(sollicitation=sollicitation, by=by, at=at)
    request_done(sollicitation)
    ring_follow(sollicitation)
    return sollicitation
