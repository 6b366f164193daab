"""The case of a minor: facts, identity, closing; and the ages frozen on its events."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from cases.common.rules.listeners import Listeners
from cases.common.services import lock, manager_only, past_day, row_change, row_create
from cases.files.duplicates.models import CaseSound
from cases.files.identity.enums import IdentityPart
from cases.files.identity.rules.names import name_digests
from cases.files.identity.rules.sounds import sound_digests
from cases.files.models import Case, CaseForm, CaseIdentity, CaseName
from cases.files.rules import BEFORE_BIRTH, Birth, birth_of, years_between
from cms.journal.services import changes, journal_append
from cms.users.models import User
from cms.wall.reveals.services import sealed_row_open
from cms.wall.services import grants_end, reference_draw

if TYPE_CHECKING:
    from cases.requests.models import Sollicitation

FACTS = (
    "sex_id",
    "birth_year",
    "birth_month",
    "age_precision_id",
    "identification_level_id",
    "nationality_zone_id",
    "is_unaccompanied",
    "prior_follow_up_id",
    "origin_id",
    "exploitation_place_id",
)
"""Columns shared by a sollicitation and a case."""
CASE_FACTS = (*FACTS, "adhesion_id", "containment_id")
"""What `case_update_facts` changes. The legal frame has its own service, which starts its clock."""
IDENTITY = ("last_name", "first_name", "birth_date", "aliases", "phone", "place", "narrative")

on_case_closing = Listeners()
"""Called with `case`, `on`, `by` before a case closes: what is under way for it ends."""
on_reach_changed = Listeners()
"""Called with `case` when a place that the minor is kept away from is added: a stay under way may be too near."""
on_case_changed = Listeners()
"""Called with `case`, `by` once its facts, its legal frame or what protects it changed: papers that say it follow."""
_aged: list[tuple[Any, str, str]] = []


def aged_register(model: type[Model], *, day: str, age: str) -> None:
    """Declare rows of a case whose column `age` holds the age of the minor on their column `day`."""
    _aged.append((model, day, age))


def case_open(*, sollicitation: "Sollicitation") -> Case:
    """Open the case of a minor from what a sollicitation says, inside the transaction of `sollicitation_link`."""
    opened_on = sollicitation.received_on
    case = Case(
        reference=reference_draw(prefix="M", year=opened_on.year),
        opened_on=opened_on,
        is_test=sollicitation.is_test,
        **{name: getattr(sollicitation, name) for name in FACTS},
    )
    row_create(case, kind="case", action="cases.case.open", coded=("reference", "opened_on", *FACTS))
    forms_copy(case=case, sollicitation=sollicitation)
    return case


def forms_copy(*, case: Case, sollicitation: "Sollicitation") -> None:
    """Add to a case the forms of exploitation that a sollicitation brings; its principal one stays."""
    known = {form.form_id: form.is_main for form in case.forms.all()}
    has_main = any(known.values())
    CaseForm.objects.bulk_create(
        CaseForm(case=case, form_id=form.form_id, is_main=form.is_main and not has_main)
        for form in sollicitation.forms.all()
        if form.form_id not in known
    )


@transaction.atomic
def case_update_facts(*, case: Case, by: User, **facts: Any) -> Case:
    """Change coded facts of a case (`CASE_FACTS`); a change of birth moves the ages frozen on its events."""
    manager_only()
    if unknown := set(facts) - set(CASE_FACTS):
        raise TypeError(f"not facts of a case: {sorted(unknown)}")
    lock(case)
    birth_before, exploitation_before = birth_of(case), case.exploitation_place_id
    row_change(case, facts, kind="case", action="cases.case.update")
    if case.exploitation_place_id != exploitation_before:
        on_reach_changed.tell(case=case)
    if birth_of(case) != birth_before:
        if _birth_date(case):
            raise ValidationError({"birth_year": "La date de naissance est connue : corrigez-la dans l’identité."})
        ages_recompute(case=case)
    on_case_changed.tell(case=case, by=by)
    return case


@transaction.atomic
def case_close(*, case: Case, reason_id: str, on: dt.date, by: User) -> Case:
    """Close a case. Refused while a stay goes on or a sollicitation is open; grants on the case end, and with them its
    circuit and the linkings that led nowhere.
    """
    manager_only()
    lock(case)
    if case.closed_on:
        raise ValidationError("Cette situation est déjà close.")
    if case.placements.filter(ended_on=None).exists():
        raise ValidationError("Un séjour est en cours : enregistrez d’abord sa fin.")
    if case.sollicitations.open().exists():
        raise ValidationError("Une sollicitation est encore ouverte : clôturez-la d’abord.")
    values = {"closed_on": past_day("closed_on", on), "closing_reason_id": reason_id}
    on_case_closing.tell(case=case, on=on, by=by)
    row_change(case, values, kind="case", action="cases.case.close")
    grants_end(kind="case", object_id=case.pk, reason="Situation close")
    return case


@transaction.atomic
def identity_write(*, case: Case, by: User, **sealed: Any) -> CaseIdentity:
    """Seal who the minor is (`IDENTITY`). A new birth date moves birth year and month, and the ages of the events."""
    manager_only()
    if unknown := set(sealed) - set(IDENTITY):
        raise TypeError(f"not part of an identity: {sorted(unknown)}")
    lock(case)
    before = _birth_date(case)
    with sealed_row_open("case", case.pk):
        identity = _identity_save(case, sealed)
        _names_save(case, identity)
    birth_date = _birth_date(case)
    if birth_date and birth_date != before:
        values = {"birth_year": birth_date.year, "birth_month": birth_date.month}
        row_change(case, values, kind="case", action="cases.case.update")
        ages_recompute(case=case)
    return identity


def _identity_save(case: Case, sealed: dict[str, Any]) -> CaseIdentity:
    options: dict[str, Any] = {"kind": "case", "action": "cases.identity.write", "object_id": case.pk}
    options["sealed"] = tuple(sealed)
    identity = CaseIdentity.objects.filter(case=case).first()
    if identity is None:
        identity = CaseIdentity(case=case, parts=parts_filled(sealed), **sealed)
        row_create(identity, coded=("parts",), **options)
    else:
        known = {name: getattr(identity, name) for name in IDENTITY} | sealed
        row_change(identity, sealed | {"parts": parts_filled(known)}, **options)
    return identity


def parts_filled(sealed: dict[str, Any]) -> list[str]:
    """Return the codes of what is filled among what an identity is asked for (`IdentityPart`)."""
    return [part.value for part in IdentityPart if sealed.get(part.value)]


def _names_save(case: Case, identity: CaseIdentity) -> None:
    """Store the hashes of the exact names, and of how they sound."""
    names: dict[str, Any] = {
        "last_name": identity.last_name,
        "first_name": identity.first_name,
        "aliases": identity.aliases or (),
    }
    digests = name_digests(**names)
    CaseName.objects.filter(case=case).exclude(digest__in=digests).delete()
    CaseName.objects.bulk_create(
        (CaseName(case=case, digest=digest) for digest in sorted(digests)), ignore_conflicts=True
    )
    CaseSound.objects.filter(case=case).delete()
    CaseSound.objects.bulk_create(
        CaseSound(case=case, part=part, digest=digest) for part, digest in sorted(sound_digests(**names))
    )


@transaction.atomic
def names_enter(*, by: User) -> int:
    """Work out again the hashes of every identity already sealed, one file at a time: after a release that changes how
    names are heard. Return how many files were done.
    """
    manager_only()
    done = 0
    for case in Case.objects.filter(names__isnull=False).distinct().order_by("pk"):
        with sealed_row_open("case", case.pk):
            lock(case)
            identity = CaseIdentity.objects.filter(case=case).first()
            if identity:
                _names_save(case, identity)
                done += 1
    journal_append(action="cases.names.enter", details={"count": done})
    return done


def age_of_case(*, case: Case, on: dt.date, field: str) -> int | None:
    """Return the age in whole years on a day: from the birth date, else the highest that an imprecise birth and an age
    given at a reception (plus the whole years elapsed since) make certain. `None` when nothing is known.

    Raises `ValidationError` beside `field`, which holds the day, when it comes before birth.
    """
    birth = _birth(case)
    if birth and birth.is_after(on):
        raise ValidationError({field: BEFORE_BIRTH})
    ages = [birth.age_on(on)] if birth else []
    known = case.sollicitations.exclude(age_at_reception=None).order_by("received_at").first()
    if known and known.age_at_reception is not None and not (birth and birth.day):
        ages.append(max(0, known.age_at_reception + years_between(known.received_on, on)))
    return max(ages, default=None)


def ages_recompute(*, case: Case) -> None:
    """Freeze again the age of every event of a case. Raises `ValidationError` when one precedes the birth."""
    birth = _birth(case)
    if birth is None:
        return
    for model, day, age in _aged:
        for row in model.objects.filter(case=case).only("id", day, age):
            if birth.is_after(getattr(row, day)):
                raise ValidationError({"birth_date" if birth.day else "birth_year": BEFORE_BIRTH})
            frozen = birth.age_on(getattr(row, day))
            if getattr(row, age) != frozen:
                model.objects.filter(pk=row.pk).update(**{age: frozen})
                _age_journal(str(model._meta.model_name), row.pk, age, getattr(row, age), frozen)


def _age_journal(kind: str, object_id: Any, field: str, before: int | None, after: int) -> None:
    journal_append(
        action=f"cases.{kind}.age",
        kind=kind,
        object_id=object_id,
        details=changes({field: before}, {field: after}, [field]),
    )


def _birth_date(case: Case) -> dt.date | None:
    """Return the sealed date, to compute ages alone: its year and month are facts that the coordination reads."""
    with sealed_row_open("case", case.pk):
        return CaseIdentity.objects.filter(case_id=case.pk).values_list("birth_date", flat=True).first()


def _birth(case: Case) -> Birth | None:
    if date := _birth_date(case):
        return Birth(date.year, date.month, date.day)
    return birth_of(case)
