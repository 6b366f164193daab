"""Visits of the coordination: prepared, sent to the structure, answered, decided exigence by exigence, closed."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cms.documents.models import DocumentKind
from cms.documents.signatures.policies import READERS
from cms.documents.versions.selectors import version_in_force
from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.notify.inbox.services.obligations import Recipient, notification_close, notification_owe
from cms.partners.models import Membership, Partner
from cms.users.models import User
from cms.users.roles import SEES_ALL_CASES, Role
from cms.values.settings import setting_value
from cms.wall import scope
from referentiel.assessments.models import Assessment
from referentiel.assessments.selectors import levels_of
from referentiel.common.selectors import ANSWER_DAYS, REPLY_DAYS
from referentiel.enums import LOW, About, Level, MarkValue, Origin, VisitKind, VisitState
from referentiel.visits.models import ConfirmedMark, Observation, Visit, VisitMark
from referentiel.visits.rules import TO_DECIDE, TO_OBSERVE, kind_of, may_follow
from referentiel.visits.selectors.visits import codes_agreed, codes_open, own_marks

VISIT_STOP, VISIT_CLOSED = "visit_stop", "visit_closed"
COORDINATION_ALONE = "La coordination seule fait cela."
ALREADY = "Cette exigence vient d’être décidée par une autre personne. Rechargez la page."


@dataclass(frozen=True)
class MarkProposal:
    """What the coordination proposes for one exigence. An empty value: it did not look at it."""

    value: str
    comment: str = ""


@dataclass(frozen=True)
class Answer:
    """What the structure says of one mark. `None`: nothing yet."""

    is_agreed: bool | None
    text: str = ""


@transaction.atomic
def visit_open(*, partner: Partner, kind: str, by: User) -> Visit:
    """Prepare a visit of a structure, or a review on documents, against the version in force. The self-assessment that
    it sent last stands beside. Raise `ValidationError`.
    """
    _coordination(by)
    version = version_in_force(DocumentKind.REFERENTIEL)
    if version is None:
        raise ValidationError("Aucune version du référentiel n’est en vigueur.")
    if not Partner.objects.structures().filter(pk=partner.pk).exists():
        raise ValidationError({"partner": "Choisissez une structure d’accueil."})
    sent = Assessment.objects.filter(partner=partner, submitted_at__isnull=False).order_by("-campaign__year")
    row = Visit(
        partner=partner,
        kind=VisitKind(kind),
        version=version,
        assessment=sent.first(),
        opened_by=by,
        opened_at=timezone.now(),
    )
    row_clean(row)
    row.save(force_insert=True)
    _tell("open", row, kind=row.kind)
    return row


@transaction.atomic
def visit_marks_write(*, visit: Visit, marks: Mapping[str, MarkProposal], by: User) -> int:
    """Write what the coordination proposes. Return how many changed. Raise `ValidationError`, by exigence.

    Why is compulsory for a mark below 3, and for one that is not the structure's own.
    """
    _coordination(by)
    row = _locked(visit, (VisitState.DRAFT,), "Cette visite est envoyée : ses cotations ne changent plus.")
    levels, own = levels_of(row.version), own_marks(row)
    _check(marks, levels, own)
    known, count = {mark.code: mark for mark in row.marks.filter(code__in=marks)}, 0
    for code, proposal in marks.items():
        mark, comment = known.get(code), proposal.comment.strip()
        if not proposal.value:
            count += mark is not None
            if mark:
                mark.delete()
            continue
        if mark and (mark.value, mark.comment) == (proposal.value, comment):
            continue
        mark = mark or VisitMark(visit=row, code=code)
        mark.level, mark.value, mark.comment = levels[code], proposal.value, comment
        mark.marked_by, mark.marked_at = by, timezone.now()
        mark.full_clean(validate_unique=False)
        mark.save()
        count += 1
    if count:
        _tell("mark", row, count=count)
    return count


def _check(marks: Mapping[str, MarkProposal], levels: Mapping[str, str], own: Mapping[str, str]) -> None:
    errors = {}
    for code, proposal in marks.items():
        if code not in levels:
            errors[code] = "Cette exigence n’est pas dans la version évaluée."
        elif not proposal.value:
            continue
        elif refusal := value_refusal(proposal.value, levels[code]):
            errors[code] = refusal
        elif not proposal.comment.strip() and (
            proposal.value in LOW or own.get(code, proposal.value) != proposal.value
        ):
            errors[f"{code}_comment"] = "Dites ce que vous avez constaté."
    if errors:
        raise ValidationError(errors)


def value_refusal(value: str, level: str) -> str:
    if value not in MarkValue.values:
        return "Choisissez une réponse de la liste."
    if value == MarkValue.NOT_CONCERNED and level == Level.IMPERATIVE:
        return "Une exigence impérative concerne toutes les structures."
    return ""


@transaction.atomic
def visit_send(*, visit: Visit, visited_on: dt.date, summary: str, by: User) -> Visit:
    """Send the marks to the structure, whose delay begins; its direction is notified. Raise
    `ValidationError`.
    """
    _coordination(by)
    row = _step(visit, VisitState.SENT)
    today = timezone.localdate()
    if visited_on > today:
        raise ValidationError({"visited_on": "Cette date est à venir."})
    if not row.marks.exists():
        raise ValidationError("Cotez au moins une exigence avant d’envoyer.")
    directors = directors_of(row.partner)
    if not directors:
        raise ValidationError(
            "Personne ne dirige cette structure dans Havre : invitez sa direction, elle seule peut répondre."
        )
    row.visited_on, row.summary = visited_on, summary.strip()
    row.sent_by, row.sent_at = by, timezone.now()
    row.answer_by = today + dt.timedelta(days=setting_value(ANSWER_DAYS))
    _save(row, VisitState.SENT)
    _tell("send", row, marks=row.marks.count())
    notification_owe(kind=kind_of(About.ANSWER), owed=owed_to_directors(row, due_on=row.answer_by))
    return row


@transaction.atomic
def visit_cancel(*, visit: Visit, reason: str, by: User) -> Visit:
    """Give a visit up before the structure has answered, with why. Raise `ValidationError`."""
    _coordination(by)
    row = _step(visit, VisitState.CANCELLED)
    if not reason.strip():
        raise ValidationError({"reason": "Dites pourquoi elle est abandonnée."})
    row.cancelled_by, row.cancelled_at, row.cancel_reason = by, timezone.now(), reason.strip()
    _save(row, VisitState.CANCELLED)
    notification_close(kind=kind_of(About.ANSWER), object_id=row.pk)
    _tell("cancel", row)
    return row


@transaction.atomic
def observations_write(*, visit: Visit, answers: Mapping[str, Answer], by: User) -> int:
    """Save what the team answers about some marks. Return how many changed. Raise `ValidationError`, by exigence."""
    row = _theirs(visit, by)
    open_codes = set(codes_open(row))
    errors = {code: "Cette exigence n’attend pas de réponse." for code in answers if code not in open_codes}
    for code, answer in answers.items():
        if answer.is_agreed is False and not answer.text.strip():
            errors.setdefault(f"{code}_text", "Dites pourquoi vous n’êtes pas d’accord.")
    if errors:
        raise ValidationError(errors)
    known, count = {item.code: item for item in row.observations.filter(code__in=answers)}, 0
    for code, answer in answers.items():
        row_of_code = known.get(code) or Observation(visit=row, code=code)
        if answer.is_agreed is None or (row_of_code.is_agreed, row_of_code.text) == (
            answer.is_agreed,
            answer.text.strip(),
        ):
            continue
        row_of_code.is_agreed, row_of_code.text = answer.is_agreed, answer.text.strip()
        row_of_code.written_by, row_of_code.written_at = by, timezone.now()
        row_of_code.full_clean(validate_unique=False)
        row_of_code.save()
        count += 1
    if count:
        _tell("observe", row, count=count)
    return count


@transaction.atomic
def observations_send(*, visit: Visit, by: User) -> Visit:
    """Send the observations, once, as the director; the delay of the coordination begins. Raise `ValidationError`.

    Nothing imperative goes unanswered; of what is standard, saying nothing is accepting.
    """
    row = _theirs(visit, by)
    if row.partner_id not in scope.current().partners_as(Role.STRUCTURE_DIRECTOR):
        raise ValidationError("La direction de la structure envoie les observations.")
    answered = set(row.observations.values_list("code", flat=True))
    order = list(levels_of(row.version))
    unanswered = row.marks.filter(level=Level.IMPERATIVE, code__in=codes_open(row)).exclude(code__in=answered)
    if codes := sorted(unanswered.values_list("code", flat=True), key=order.index):
        raise ValidationError(f"Répondez à chaque exigence impérative : {', '.join(codes)}.")
    row.answered_by, row.answered_at = by, timezone.now()
    row.reply_by = timezone.localdate() + dt.timedelta(days=setting_value(REPLY_DAYS))
    _save(row, VisitState.ANSWERED)
    for about in (About.ANSWER, About.SILENCE):
        notification_close(kind=kind_of(about), object_id=row.pk)
    _tell("answer", row)
    return row


@transaction.atomic
def mark_confirm(*, visit: Visit, code: str, value: str, reply: str, by: User) -> ConfirmedMark:
    """Decide the mark of one exigence, with the answer to what the structure said: it holds at once. Raise
    `ValidationError`.

    A mark lower than what was proposed was never put before the structure: it asks for another visit.
    """
    _coordination(by)
    row = _locked(visit, TO_DECIDE, "Cette visite n’attend pas de décision.")
    proposed = row.marks.filter(code=code).first()
    if proposed is None:
        raise ValidationError("Cette exigence n’a pas été regardée.")
    if row.confirmed.filter(code=code).exists():
        raise ValidationError(ALREADY)
    if refusal := value_refusal(value, proposed.level):
        raise ValidationError({"value": refusal})
    if value.isdigit() and proposed.value.isdigit() and value < proposed.value:
        raise ValidationError({"value": "Une cotation plus basse que celle envoyée demande une nouvelle visite."})
    observation, words = row.observations.filter(code=code).first(), reply.strip()
    is_agreed = bool(observation and observation.is_agreed)
    if not words and (value != proposed.value or (observation and not observation.is_agreed)):
        raise ValidationError({"reply": "Répondez à la structure."})
    origin = Origin.AGREED if is_agreed and value == proposed.value else Origin.DECIDED
    held = ConfirmedMark(visit=row, partner_id=row.partner_id, code=code, level=proposed.level, value=value)
    held.origin, held.reply, held.decided_by, held.decided_at = origin, words, by, timezone.now()
    held.full_clean(validate_unique=False)
    held.save(force_insert=True)
    _tell("decide", row, code=code, value=value, proposed=proposed.value)
    if proposed.level == Level.IMPERATIVE and value in LOW:
        notification_owe(kind=VISIT_STOP, owed=owed_to_directors(row))
    return held


@transaction.atomic
def marks_confirm_agreed(*, visit: Visit, by: User) -> int:
    """Confirm as proposed what the structure agreed on, and what is standard in what it answered without a word.
    Return how many. An imperative exigence below 3 is decided alone, by `mark_confirm`. Raise `ValidationError`.
    """
    _coordination(by)
    row = _locked(visit, TO_DECIDE, "Cette visite n’attend pas de décision.")
    ready, now = codes_agreed(row), timezone.now()
    if not ready:
        raise ValidationError("Il ne reste rien sur quoi la structure soit d’accord.")
    ConfirmedMark.objects.bulk_create(
        ConfirmedMark(
            visit=row, partner_id=row.partner_id, code=mark.code, level=mark.level, value=mark.value,
            origin=Origin.AGREED, decided_by=by, decided_at=now,
        )
        for mark in ready
    )  # fmt: skip
    _tell("agree", row, codes=[mark.code for mark in ready])
    return len(ready)


@transaction.atomic
def visit_close(*, visit: Visit, closing: str, by: User) -> Visit:
    """Close a visit once each exigence is decided: the letter is ready, the structure is notified. Raise
    `ValidationError`.
    """
    _coordination(by)
    row = _step(visit, VisitState.CLOSED)
    if undecided := codes_open(row):
        raise ValidationError(f"Décidez d’abord de chaque exigence : {', '.join(undecided)}.")
    if not closing.strip():
        raise ValidationError({"closing": "Écrivez la conclusion que la structure lira."})
    row.closing, row.closed_by, row.closed_at = closing.strip(), by, timezone.now()
    _save(row, VisitState.CLOSED)
    for about in (About.REPLY, About.SILENCE):
        notification_close(kind=kind_of(about), object_id=row.pk)
    _tell("close", row)
    notification_owe(kind=VISIT_CLOSED, owed=owed_to_directors(row))
    return row


def directors_of(partner: Partner) -> list[uuid.UUID]:
    rows = Membership.objects.on(timezone.localdate()).filter(partner=partner, role=Role.STRUCTURE_DIRECTOR)
    return sorted(rows.filter(user__is_active=True).values_list("user_id", flat=True).distinct())


def owed_to_directors(visit: Visit, *, due_on: dt.date | None = None) -> list[Recipient]:
    role, partner_id = Role.STRUCTURE_DIRECTOR.value, visit.partner_id
    return [
        Recipient(object_id=visit.pk, person_id=person_id, partner_id=partner_id, role=role, due_on=due_on)
        for person_id in directors_of(visit.partner)
    ]


def _coordination(by: User) -> None:
    if scope.current().user_id != by.pk or not scope.current().has_role(*SEES_ALL_CASES):
        raise ValidationError(COORDINATION_ALONE)


def _theirs(visit: Visit, by: User) -> Visit:
    if scope.current().user_id != by.pk or visit.partner_id not in scope.current().partners_as(*READERS):
        raise ValidationError("Vous répondez pour votre propre structure.")
    return _locked(visit, TO_OBSERVE, "Les observations sont envoyées : elles ne changent plus.")


def _locked(visit: Visit, states: tuple[str, ...], refusal: str) -> Visit:
    """Return the row, locked: two people who act at once wait for each other. Raise `ValidationError`."""
    rows = Visit.objects.select_for_update(of=("self",)).select_related("version", "partner")
    row = rows.get(pk=visit.pk)
    if row.state not in states:
        raise ValidationError(refusal)
    return row


def _step(visit: Visit, after: VisitState) -> Visit:
    row = _locked(visit, tuple(VisitState), "")
    if not may_follow(row.state, after):
        raise ValidationError(f"Cette visite est « {row.get_state_display().lower()} » : rechargez la page.")
    return row


def _save(row: Visit, state: VisitState) -> None:
    row.state = state
    row.full_clean(validate_unique=False)
    row.save()


def _tell(verb: str, visit: Visit, **details: object) -> None:
    journal_append(action=f"referentiel.visit.{verb}", kind="visit", object_id=visit.pk, details=details)
