"""The rota: duties written by the coordination, exchanged by the two who hold them."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Case, Value, When
from django.utils import timezone

from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.kit.constraints import sentence_for
from cms.notify.duty.models import Duty, DutySwap
from cms.notify.duty.selectors import people_on_call
from cms.users.models import User
from cms.wall import scope

LONGEST = dt.timedelta(days=14)
NOT_OPEN = "Cette action n’est pas ouverte à votre compte."
OVER = "Cette garde est terminée : elle ne change plus."


@transaction.atomic
def duty_add(*, person: User, rank: int, starts_at: dt.datetime, ends_at: dt.datetime, phone: str = "") -> Duty:
    """Put somebody in the rota. Raises `ValidationError` for hours already held, at this rank or by this person."""
    _manager_only()
    _may_hold(person, "person")
    if ends_at <= starts_at:
        raise ValidationError({"ends_at": "La fin suit le début."})
    if ends_at - starts_at > LONGEST:
        raise ValidationError({"ends_at": "Une garde dure deux semaines au plus : inscrivez-en plusieurs."})
    if ends_at <= timezone.now():
        raise ValidationError({"ends_at": "Cette garde serait déjà terminée."})
    duty = Duty(person=person, rank=rank, starts_at=starts_at, ends_at=ends_at, phone=phone.strip())
    row_clean(duty)
    duty.save(force_insert=True)
    _tell("duty.add", duty)
    return duty


@transaction.atomic
def duty_cancel(*, duty: Duty) -> None:
    """Take a duty out of the rota; an exchange that waited for it ends with it."""
    _manager_only()
    _lock(duty)
    now = timezone.now()
    DutySwap.objects.filter(duty=duty, answered_at=None).update(answered_at=now)
    duty.cancelled_at = now
    duty.save(update_fields=["cancelled_at"])
    _tell("duty.cancel", duty)


@transaction.atomic
def swap_propose(*, duty: Duty, to: User, by: User, in_exchange: Duty | None = None) -> DutySwap:
    """Offer one's own duty to a colleague, for one of theirs or for nothing."""
    _manager_only()
    _lock(duty)
    if duty.person_id != by.pk:
        raise ValidationError("Seule la personne de garde propose un échange de sa garde.")
    if to.pk == by.pk:
        raise ValidationError({"to": "Choisissez une autre personne que vous."})
    _may_hold(to, "to")
    if in_exchange:
        _lock(in_exchange)
        if in_exchange.person_id != to.pk:
            raise ValidationError({"in_exchange": "Cette garde n’est pas celle de la personne choisie."})
    swap = DutySwap(duty=duty, in_exchange=in_exchange, proposed_by=by, proposed_to=to, proposed_at=timezone.now())
    row_clean(swap)
    swap.save(force_insert=True)
    _tell("swap.propose", duty, to=to.pk)
    return swap


@transaction.atomic
def swap_answer(*, swap: DutySwap, by: User, is_accepted: bool) -> None:
    """Accept or decline for the colleague. Accepted, both duties change hands at once or not at all."""
    _manager_only()
    swap = _waiting(swap)
    if swap.proposed_to_id != by.pk:
        raise ValidationError("Seule la personne à qui l’échange est proposé y répond.")
    if is_accepted:
        _may_hold(by, "person")
        _exchange(swap)
    swap.answered_at, swap.is_accepted = timezone.now(), is_accepted
    swap.save(update_fields=["answered_at", "is_accepted"])
    _tell("swap.accept" if is_accepted else "swap.decline", swap.duty)


@transaction.atomic
def swap_withdraw(*, swap: DutySwap, by: User) -> None:
    _manager_only()
    swap = _waiting(swap)
    if swap.proposed_by_id != by.pk:
        raise ValidationError("Seule la personne qui a proposé l’échange le retire.")
    swap.answered_at = timezone.now()
    swap.save(update_fields=["answered_at"])
    _tell("swap.withdraw", swap.duty)


def _exchange(swap: DutySwap) -> None:
    duties = [duty for duty in (swap.duty, swap.in_exchange) if duty]
    # Always in the same order: two exchanges of the same duties never wait for each other.
    for duty in sorted(duties, key=lambda row: row.pk):
        _lock(duty)
    is_as_proposed = swap.duty.person_id == swap.proposed_by_id and (
        swap.in_exchange is None or swap.in_exchange.person_id == swap.proposed_to_id
    )
    if not is_as_proposed:
        raise ValidationError("Ces gardes ont changé depuis la proposition.")
    taker = Case(When(pk=swap.duty_id, then=Value(swap.proposed_to_id)), default=Value(swap.proposed_by_id))
    try:
        with transaction.atomic():
            Duty.objects.filter(pk__in=[duty.pk for duty in duties]).update(
                person_id=taker if len(duties) > 1 else swap.proposed_to_id, phone=""
            )
    except IntegrityError as error:
        raise ValidationError(sentence_for(error)) from error


def _waiting(swap: DutySwap) -> DutySwap:
    rows = DutySwap.objects.select_for_update(of=("self",)).select_related("duty", "in_exchange")
    pending = rows.filter(pk=swap.pk, answered_at=None).first()
    if pending is None:
        raise ValidationError("Cet échange a déjà une réponse.")
    return pending


def _lock(duty: Duty) -> None:
    """Hold a duty to the end of the transaction. Raises `ValidationError` once it is over or out of the rota."""
    duty.refresh_from_db(from_queryset=Duty.objects.select_for_update())
    if duty.cancelled_at or duty.ends_at <= timezone.now():
        raise ValidationError(OVER)


def _may_hold(person: User, field: str) -> None:
    if not people_on_call().filter(pk=person.pk).exists():
        raise ValidationError({field: "Seules la coordination et la direction prennent une garde."})


def _manager_only() -> None:
    if not scope.current().sees_all_cases():
        raise ValidationError(NOT_OPEN, code="scope")


def _tell(action: str, duty: Duty, **more: object) -> None:
    details = {"person": duty.person_id, "rank": duty.rank, "starts_at": duty.starts_at, "ends_at": duty.ends_at}
    journal_append(action=f"notify.{action}", kind="duty", object_id=duty.pk, details=details | more)
