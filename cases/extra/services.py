"""Fields that the network adds, and the answers given to them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from cases.common.services import lock, manager_only, row_change, row_create
from cases.extra.enums import ExtraAudience, ExtraKind, ExtraTarget
from cases.extra.models import LONGEST_TEXT, ExtraAnswer, ExtraField, ExtraRequirement
from cases.extra.rules import code_of
from cases.extra.selectors import PREFIX, requirement_waiting, target_of, unanswered
from cms.decisions.services import another_only, decision_agree, decision_ask, decision_dismiss
from cms.journal.services import changes, journal_append
from cms.notify.inbox.services.obligations import Recipient, notification_close, notification_owe
from cms.users.models import User
from cms.users.roles import SEES_ALL_CASES
from cms.values.versions import version_keep
from cms.wall.reveals.services import sealed_row_open

PART = "extra_fields"
KIND = "extrafield"
FACTS = ("label", "help", "choices", "audience", "position")
"""What one person may change: neither what it is a field of, nor its code, nor the nature of its answers."""
AGREED_WORDS = ("label", "help")
AS_WRITTEN = (
    "Deux personnes décident que cette question soit comptée, telle qu’elle est écrite : gardez-la sous scellé avant "
    "d’en changer les mots, ou ajoutez un autre champ."
)
AS_ASKED = (
    "Une autre personne décide si cette réponse devient obligatoire, pour la question telle qu’elle est : attendez sa "
    "décision, ou écartez la demande avant de la changer."
)
MORE_OBLIGED = (
    "Cette réponse est obligatoire : davantage de services y seraient tenus. Rendez-la facultative, changez à qui "
    "elle est posée, puis demandez qu’elle soit obligatoire."
)
REQUIREMENT_ASKED = "extra_requirement"
"""Kind of the notification to whoever may agree."""
MOST_FIELDS = 40
MOST_CHOICES = 40


def field_facts(field: ExtraField) -> dict[str, Any]:
    """Return a field as its versions and the configuration store it."""
    names = ("target", "code", "kind", *FACTS, "is_required", "is_sealed")
    return {name: getattr(field, name) for name in names} | {"is_retired": field.retired_on is not None}


@transaction.atomic
def extra_field_create(
    *, target: str, label: str, kind: str, by: User, code: str = "", reason: str = "", **facts: Any
) -> ExtraField:
    """Add a field, sealed, that may be left empty. Raises `ValidationError` beside its field."""
    manager_only()
    _facts_only(facts)
    if ExtraField.objects.filter(retired_on=None).count() >= MOST_FIELDS:
        raise ValidationError(f"{MOST_FIELDS} champs au plus : retirez-en un avant d’en ajouter.")
    field = ExtraField(target=target, label=label, kind=kind, code=code or code_of(label), **facts)
    _choices_check(field)
    row_create(field, kind=KIND, action="cases.extra_field.create", coded=("target", "code", "kind", *FACTS))
    version_keep(part=PART, key=field.code, before=None, after=field_facts(field), reason=reason)
    return field


@transaction.atomic
def extra_field_change(*, field: ExtraField, by: User, reason: str = "", **facts: Any) -> ExtraField:
    """Change what is asked (`FACTS`). Answers already given keep theirs.

    Raises `ValidationError` for other words of a field that is counted, or that somebody asked to: one person would
    then have another question counted than the one that two agreed on. The same holds for what is asked to be
    compulsory, and for a compulsory question that more services would have to answer.
    """
    manager_only()
    _facts_only(facts)
    lock(field)
    _words_check(field, facts)
    _required_check(field, facts)
    if "choices" in facts:
        known = {item["code"] for item in facts["choices"]}
        gone = [{**item, "is_retired": True} for item in field.choices if item["code"] not in known]
        facts["choices"] = [*facts["choices"], *gone]
    return _field_write(field, facts, "change", reason)


def _facts_only(facts: Mapping[str, Any]) -> None:
    if unknown := set(facts) - set(FACTS):
        raise TypeError(f"not facts of an added field: {sorted(unknown)}")


def _required_check(field: ExtraField, facts: Mapping[str, Any]) -> None:
    changed = [
        name for name in FACTS if name != "position" and facts.get(name, getattr(field, name)) != getattr(field, name)
    ]
    if changed and requirement_waiting(field):
        raise ValidationError({changed[0]: AS_ASKED})
    if field.is_required and "audience" in changed and field.audience == ExtraAudience.OFFICE:
        raise ValidationError({"audience": MORE_OBLIGED})


def _words_check(field: ExtraField, facts: Mapping[str, Any]) -> None:
    if field.is_sealed and not field.is_waiting:
        return
    for name in AGREED_WORDS:
        if facts.get(name, getattr(field, name)) != getattr(field, name):
            raise ValidationError({name: AS_WRITTEN})
    labels = field.labels()
    if any(labels.get(item["code"], item["label"]) != item["label"] for item in facts.get("choices", ())):
        raise ValidationError({"choices": AS_WRITTEN})


@transaction.atomic
def extra_field_retire(*, field: ExtraField, by: User, reason: str = "") -> ExtraField:
    """Stop asking a field. Its answers stay. It comes back as one that may be left empty."""
    manager_only()
    lock(field)
    if field.retired_on:
        raise ValidationError("Ce champ est déjà retiré.")
    if waiting := requirement_waiting(field):
        extra_require_dismiss(requirement=waiting, by=by)
    if field.is_required:
        _requirement_undo(field, by)
    return _field_write(field, {"retired_on": timezone.localdate(), "is_required": False}, "retire", reason)


@transaction.atomic
def extra_field_return(*, field: ExtraField, by: User, reason: str = "") -> ExtraField:
    manager_only()
    lock(field)
    return _field_write(field, {"retired_on": None}, "return", reason)


@transaction.atomic
def extra_require_ask(*, field: ExtraField, by: User, reason: str) -> ExtraRequirement:
    """Ask that a field be compulsory. Nothing changes until another person agrees."""
    manager_only()
    lock(field)
    if field.retired_on:
        raise ValidationError("Ce champ est retiré : remettez-le d’abord en service.")
    if field.is_required:
        raise ValidationError("Cette réponse est déjà obligatoire.")
    if requirement_waiting(field):
        raise ValidationError("Cette réponse est déjà demandée obligatoire : une autre personne décide.")
    if not reason.strip():
        raise ValidationError({"reason": "Dites pourquoi cette réponse est nécessaire sur chaque fiche."})
    row = ExtraRequirement(field=field, reason=reason.strip(), asked_count=unanswered(field).count())
    row = decision_ask(row, by=by, tell=_requirement_tell)
    people = User.objects.filter(is_active=True, groups__name__in=[role.value for role in SEES_ALL_CASES])
    deciders = people.exclude(pk=by.pk).distinct().values_list("pk", flat=True)
    notification_owe(kind=REQUIREMENT_ASKED, owed=[Recipient(row.pk, person_id=pk) for pk in deciders])
    return row


@transaction.atomic
def extra_require_agree(*, requirement: ExtraRequirement, by: User) -> ExtraRequirement:
    """Agree, as another person, that a field be compulsory. Files without an answer are counted again."""
    manager_only()
    field = requirement.field
    lock(field)
    count = unanswered(field).count()
    row = decision_agree(requirement, by=by, tell=_requirement_tell, effect=lambda row: {"agreed_count": count})
    notification_close(kind=REQUIREMENT_ASKED, object_id=row.pk)
    _field_write(field, {"is_required": True}, "require", row.reason)
    return row


@transaction.atomic
def extra_require_dismiss(*, requirement: ExtraRequirement, by: User) -> ExtraRequirement:
    """Set aside what was asked: whoever asked may as well. Nothing changes."""
    manager_only()
    row = decision_dismiss(requirement, by=by, tell=_requirement_tell)
    notification_close(kind=REQUIREMENT_ASKED, object_id=row.pk)
    return row


@transaction.atomic
def extra_require_lift(*, field: ExtraField, by: User, reason: str = "") -> ExtraField:
    """Let a field be left empty again: one person is enough."""
    manager_only()
    lock(field)
    if not field.is_required:
        raise ValidationError("Cette réponse est déjà facultative.")
    _requirement_undo(field, by)
    return _field_write(field, {"is_required": False}, "lift", reason)


def _requirement_undo(field: ExtraField, by: User) -> None:
    """End the agreement of two people, before the field says so: the database wants them in this order."""
    row = ExtraRequirement.objects.holding().get(field=field)
    values = {"undone_by_id": by.pk, "undone_at": timezone.now()}
    row_change(row, values, kind=KIND, action="cases.extra_field.require_undo", object_id=field.pk)


def _requirement_tell(verb: str, row: ExtraRequirement) -> None:
    count = row.asked_count if row.agreed_count is None else row.agreed_count
    details = {"requirement": str(row.pk), "count": count}
    journal_append(action=f"cases.extra_field.require_{verb}", kind=KIND, object_id=row.field_id, details=details)


@transaction.atomic
def extra_unseal_ask(*, field: ExtraField, by: User, reason: str) -> ExtraField:
    """Ask that answers to come be counted. Those already given stay sealed, as was promised."""
    manager_only()
    lock(field)
    if field.kind == ExtraKind.TEXT:
        raise ValidationError("Un texte reste toujours sous scellé.")
    if not field.is_sealed or field.is_waiting:
        raise ValidationError("La levée du scellé est déjà demandée ou accordée.")
    if not reason.strip():
        raise ValidationError({"reason": "Dites à quoi serviront ces réponses une fois comptées."})
    return _field_write(field, {"unseal_asked_by": by, "unseal_reason": reason.strip()}, "unseal_ask", reason)


@transaction.atomic
def extra_unseal_agree(*, field: ExtraField, by: User) -> ExtraField:
    """Agree, as a second person, that the answers to come be counted."""
    manager_only()
    lock(field)
    if not field.is_waiting:
        raise ValidationError("Aucune levée du scellé n’est demandée.")
    another_only(field.unseal_asked_by_id, by)
    reason = field.unseal_reason
    return _field_write(field, {"unseal_agreed_by": by, "is_sealed": False}, "unseal_agree", reason)


@transaction.atomic
def extra_seal(*, field: ExtraField, by: User, reason: str = "") -> ExtraField:
    """Seal again, or dismiss a request: one person is enough to protect. Clear answers are sealed at once."""
    manager_only()
    lock(field)
    if field.is_sealed and not field.is_waiting:
        raise ValidationError("Ce champ est déjà sous scellé.")
    for answer in field.answers.filter(is_sealed=False).iterator():
        _sealed_save(answer, answer.code)
    values = {"is_sealed": True, "unseal_asked_by": None, "unseal_agreed_by": None, "unseal_reason": ""}
    return _field_write(field, values, "seal", reason)


def _sealed_save(answer: ExtraAnswer, value: str) -> None:
    """Save an answer sealed. That of a situation is written while the seal of its row is open."""
    answer.is_sealed, answer.sealed, answer.code = True, value, ""
    answer.full_clean(exclude=["field", "sollicitation", "case"], validate_constraints=False)
    if answer.case_id is None:
        answer.save()
        return
    with sealed_row_open("case", answer.case_id):
        answer.save()


def _field_write(field: ExtraField, values: dict[str, Any], verb: str, reason: str) -> ExtraField:
    before = field_facts(field)
    for name, value in values.items():
        setattr(field, name, value)
    _choices_check(field)
    row_change(field, values, kind=KIND, action=f"cases.extra_field.{verb}", sealed=("unseal_reason",))
    version_keep(part=PART, key=field.code, before=before, after=field_facts(field), reason=reason)
    return field


def _choices_check(field: ExtraField) -> None:
    if field.kind != ExtraKind.CHOICE:
        field.choices = []
        return
    offered = [item for item in field.choices if not item.get("is_retired")]
    if len(offered) < 2:
        raise ValidationError({"choices": "Proposez au moins deux choix, un par ligne."})
    if len(offered) > MOST_CHOICES or any(not item["label"] or len(item["label"]) > 80 for item in offered):
        raise ValidationError({"choices": f"{MOST_CHOICES} choix au plus, de 80 caractères chacun."})
    if len({item["label"].casefold() for item in offered}) < len(offered):
        raise ValidationError({"choices": "Un choix est écrit deux fois."})


def extra_answers_known(parent: Model) -> dict[Any, ExtraAnswer]:
    """Return the answers by field, for a form: it shows clear ones, and says of the others that they are stored."""
    target = target_of(parent)
    rows = ExtraAnswer.objects.filter(**{target: parent}).defer("sealed")
    if target != ExtraTarget.CASE:
        return {row.field_id: row for row in rows}
    with sealed_row_open("case", parent.pk):
        return {row.field_id: row for row in rows}


@transaction.atomic
def extra_answers_write(*, parent: Model, answers: Mapping[str, str], by: User) -> int:
    """Write the answers of a request or a situation, by code of field. An empty one removes what was clear, and keeps
    what is sealed: nobody sees it in the form. Return how many changed.

    Raises `ValidationError` beside `extra_<code>`. The journal keeps codes that are not sealed, and names alone else.
    """
    if not answers:
        return 0
    target = target_of(parent)
    fields = {field.code: field for field in ExtraField.objects.filter(target=target, code__in=answers)}
    clear: dict[str, dict[str, Any]] = {"before": {}, "after": {}}
    sealed: list[str] = []
    for code, text in answers.items():
        field = fields.get(code)
        if field is None:
            raise ValidationError("Un champ a été retiré : rechargez la page.")
        value = _value_check(field, text)
        before = _answer_write(parent, target, field, value)
        if before is None:
            continue
        if field.is_sealed:
            sealed.append(code)
        else:
            clear["before"][code], clear["after"][code] = before, value
    if sealed or clear["after"]:
        after = clear["after"] | dict.fromkeys(sealed, True)
        details = changes(clear["before"], after, list(clear["after"]), sealed)
        journal_append(action=f"cases.{target}.extra", kind=target, object_id=parent.pk, details=details)
    return len(sealed) + len(clear["after"])


def _answer_write(parent: Model, target: str, field: ExtraField, value: str) -> str | None:
    """Return the value before; None when nothing changes."""
    rows = ExtraAnswer.objects.filter(field=field, **{target: parent})
    if target == "case" and field.is_sealed:
        if not value:
            return None
        with sealed_row_open("case", parent.pk):
            return _answer_save(rows.first(), parent, target, field, value)
    if not value:
        return _answer_clear(rows.first())
    return _answer_save(rows.first(), parent, target, field, value)


def _answer_clear(row: ExtraAnswer | None) -> str | None:
    if row is None or row.is_sealed:
        return None
    before = row.code
    row.delete()
    return before


def _answer_save(row: ExtraAnswer | None, parent: Model, target: str, field: ExtraField, value: str) -> str | None:
    before = row.value if row else ""
    if row and before == value and row.is_sealed == field.is_sealed:
        return None
    is_new = row is None
    row = row or ExtraAnswer(field=field, **{target: parent})
    row.is_sealed = field.is_sealed
    row.sealed, row.code = (value, "") if field.is_sealed else ("", value)
    row.full_clean(exclude=["field", "sollicitation", "case"], validate_unique=False, validate_constraints=False)
    row.save(force_insert=is_new)
    return before


def _value_check(field: ExtraField, text: str) -> str:
    value, name = text.strip(), f"{PREFIX}{field.code}"
    if not value:
        return ""
    if field.kind == ExtraKind.DATE:
        try:
            return dt.date.fromisoformat(value).isoformat()
        except ValueError as error:
            raise ValidationError({name: "Indiquez un jour qui existe."}) from error
    if field.kind == ExtraKind.TEXT:
        if len(value) > LONGEST_TEXT:
            raise ValidationError({name: f"{LONGEST_TEXT} caractères au plus."})
        return value
    if value not in field.labels():
        raise ValidationError({name: "Prenez une ligne de la liste."})
    return value
