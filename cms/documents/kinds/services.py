"""Documents that the network adds. What binds partners takes two people, what frees them takes one."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cms.decisions.services import decision_agree, decision_ask, decision_dismiss
from cms.documents.enums import OPEN_PROPOSALS, KindStep, Signer, VisibilityLevel
from cms.documents.kinds.models import KindDecision
from cms.documents.kinds.rules import kind_of
from cms.documents.kinds.selectors import FACTS, concerned, decision_waiting, kind_facts, manages, signatures_held
from cms.documents.pages.models import DocumentPage
from cms.documents.signatures.policies import SIGNER_ROLES
from cms.documents.signatures.services.reminders import SIGNATURE
from cms.documents.versions.models import Document
from cms.documents.visibility.selectors import reach_of
from cms.documents.visibility.services import visibility_change
from cms.home.models import HomePage
from cms.journal.rows import row_clean
from cms.journal.services import changes, journal_append
from cms.notify.inbox.services.obligations import Recipient, notification_close, notification_owe
from cms.users.models import User
from cms.users.roles import SEES_ALL_CASES
from cms.values.versions import version_keep

PART = "documents"
KIND = "document"
KIND_ASKED = "document_decision"
"""Kind of the notification to whoever may agree."""
MOST = 40
CODED = (*FACTS, "signed_by", "is_validated", "retired_on")
NOT_OPEN = "Cette action n’est pas ouverte à votre compte."
WITH_PRODUCT = "Ce document vient avec le produit : qui le signe et s’il sert est écrit dans les calculs."
FIRST_WORDS = "À écrire : à qui ce document s’adresse, et ce qu’il engage."


@transaction.atomic
def document_create(
    *,
    title: str,
    by: User,
    kind: str = "",
    introduction: str = FIRST_WORDS,
    signed_by: str = Signer.NOBODY,
    roles: Collection[str] = (),
    is_validated: bool = False,
    reason: str = "",
    **facts: Any,
) -> Document:
    """Add a document made of articles, with its page online, empty. `roles` alone read it, the whole network when none
    is named. It is read; that it be signed is asked, and somebody else agrees. Raises `ValidationError`.
    """
    manager_only()
    _facts_only(facts)
    if Document.objects.of_articles().count() >= MOST:
        raise ValidationError(f"{MOST} documents au plus : retirez-en un avant d’en ajouter.")
    row = Document(title=title.strip(), kind=kind or kind_of(title), is_validated=is_validated, **facts)
    row_clean(row)
    row.save(force_insert=True)
    _tell("create", row, changes({}, _snapshot(row), ("kind", *CODED)))
    _page_add(row, introduction.strip() or FIRST_WORDS, by)
    if roles:
        why = reason.strip() or "Depuis que ce document existe."
        visibility_change(target=row, level=VisibilityLevel.ROLES, roles=roles, reason=why, by=by)
    version_keep(part=PART, key=row.kind, before=None, after=kind_facts(row), reason=reason)
    if signed_by != Signer.NOBODY:
        kind_ask(document=row, step=KindStep.SIGN, signed_by=signed_by, reason=reason, by=by)
    return row


@transaction.atomic
def document_change(*, document: Document, by: User, reason: str = "", **facts: Any) -> Document:
    """Change the title, the delay, or whom it is shown to (`FACTS`). Raises `ValidationError`."""
    manager_only()
    _facts_only(facts)
    row = _locked(document)
    if row.is_builtin and any(facts.get(name, getattr(row, name)) != getattr(row, name) for name in FACTS[:1]):
        raise ValidationError({"title": WITH_PRODUCT})
    return _write(row, facts, "change", reason)


@transaction.atomic
def kind_ask(*, document: Document, step: str, by: User, reason: str, signed_by: str = "") -> KindDecision:
    """Ask for what takes two people. Nothing changes until another person agrees. Raises `ValidationError`."""
    manager_only()
    row = _locked(document)
    _check_step(row, step, signed_by)
    if decision_waiting(row):
        raise ValidationError("Une demande attend déjà une seconde personne pour ce document.")
    if not reason.strip():
        raise ValidationError({"reason": "Dites pourquoi : la personne qui décide le lira."})
    decision = KindDecision(
        document=row,
        step=step,
        signed_by=signed_by,
        reason=reason.strip(),
        asked_count=concerned(row, step, signed_by),
    )
    decision = decision_ask(decision, by=by, tell=_decision_tell)
    people = User.objects.filter(is_active=True, groups__name__in=[role.value for role in SEES_ALL_CASES])
    deciders = people.exclude(pk=by.pk).distinct().values_list("pk", flat=True)
    notification_owe(kind=KIND_ASKED, owed=[Recipient(decision.pk, person_id=pk) for pk in deciders])
    return decision


@transaction.atomic
def kind_agree(*, decision: KindDecision, by: User) -> KindDecision:
    """Agree, as another person; it holds at once, and partners are counted again. Raises `ValidationError`."""
    manager_only()
    row = _locked(decision.document)
    _check_step(row, decision.step, decision.signed_by)
    count = concerned(row, decision.step, decision.signed_by)
    done = decision_agree(decision, by=by, tell=_decision_tell, effect=lambda one: {"agreed_count": count})
    notification_close(kind=KIND_ASKED, object_id=done.pk)
    if done.step == KindStep.SIGN:
        # The delay runs from today: nobody is late of what was not asked.
        _write(row, {"signed_by": done.signed_by, "signed_from": timezone.localdate()}, "sign", done.reason)
    elif done.step == KindStep.ALONE:
        _write(row, {"is_validated": False}, "alone", done.reason)
    else:
        _retire(row, by, done.reason)
    return done


@transaction.atomic
def kind_dismiss(*, decision: KindDecision, by: User) -> KindDecision:
    """Set aside what was asked: whoever asked may as well. Nothing changes."""
    manager_only()
    done = decision_dismiss(decision, by=by, tell=_decision_tell)
    notification_close(kind=KIND_ASKED, object_id=done.pk)
    return done


@transaction.atomic
def document_unsign(*, document: Document, by: User, reason: str = "") -> Document:
    """Ask no signature any more: one person is enough. Signatures that were given stay."""
    manager_only()
    row = _locked(document)
    _added_only(row)
    if not row.must_be_acknowledged:
        raise ValidationError("Personne n’a à signer ce document.")
    return _free(row, by, "unsign", reason)


@transaction.atomic
def document_validate(*, document: Document, by: User, reason: str = "") -> Document:
    """Have another person validate each version to come: one person is enough to ask for it."""
    manager_only()
    row = _locked(document)
    if row.is_validated:
        raise ValidationError("Une autre personne valide déjà chaque version.")
    _undo(row, KindStep.ALONE, by)
    return _write(row, {"is_validated": True}, "validate", reason)


@transaction.atomic
def document_retire(*, document: Document, by: User, reason: str = "") -> Document | KindDecision:
    """Retire a document: at once when nobody ever signed it, else once another person agrees."""
    if signatures_held(document):
        return kind_ask(document=document, step=KindStep.RETIRE, reason=reason, by=by)
    manager_only()
    row = _locked(document)
    _check_step(row, KindStep.RETIRE, "")
    if waiting := decision_waiting(row):
        kind_dismiss(decision=waiting, by=by)
    return _retire(row, by, reason)


@transaction.atomic
def document_return(*, document: Document, by: User, reason: str = "") -> Document:
    """Put a retired document back: it is read, and signed by nobody until two people agree."""
    manager_only()
    row = _locked(document)
    if row.retired_on is None:
        raise ValidationError("Ce document est déjà en service.")
    _undo(row, KindStep.RETIRE, by)
    return _write(row, {"retired_on": None}, "return", reason)


def manager_only() -> None:
    """Raise `ValidationError` unless the actor coordinates. The database refuses too, without a clear message."""
    if not manages():
        raise ValidationError(NOT_OPEN, code="scope")


def _facts_only(facts: Mapping[str, Any]) -> None:
    if unknown := set(facts) - set(FACTS):
        raise TypeError(f"not facts of a document: {sorted(unknown)}")


def _added_only(row: Document) -> None:
    if row.is_builtin:
        raise ValidationError(WITH_PRODUCT)


def _check_step(row: Document, step: str, signed_by: str) -> None:
    """Raise `ValidationError` for what may not be asked, or may not be agreed to any more."""
    if step == KindStep.ALONE:
        if not row.is_validated:
            raise ValidationError("Ses versions se publient déjà sans seconde personne.")
        return
    _added_only(row)
    if row.retired_on:
        raise ValidationError("Ce document est retiré : remettez-le d’abord en service.")
    if step == KindStep.RETIRE and row.proposals.filter(state__in=OPEN_PROPOSALS).exists():
        raise ValidationError("Une version de ce document attend : publiez-la ou retirez-la d’abord.")
    if step != KindStep.SIGN:
        return
    if row.must_be_acknowledged:
        raise ValidationError("Ce document se signe déjà : levez d’abord la signature demandée.")
    if signed_by not in SIGNER_ROLES:
        raise ValidationError({"signed_by": "Choisissez qui signe."})
    reach = reach_of(row)
    if reach.level == VisibilityLevel.ROLES and SIGNER_ROLES[Signer(signed_by)] not in reach.roles:
        raise ValidationError("Qui signerait ne lit pas ce document : changez d’abord qui le lit.")


def _locked(document: Document) -> Document:
    return Document.objects.select_for_update().get(pk=document.pk)


def _free(row: Document, by: User, verb: str, reason: str, **values: Any) -> Document:
    """Ask no signature any more, and end what was owed for it."""
    _undo(row, KindStep.SIGN, by)
    values |= {"signed_by": Signer.NOBODY, "signed_from": None}
    _write(row, values, verb, reason)
    for pk in row.versions.values_list("pk", flat=True):
        notification_close(kind=SIGNATURE, object_id=pk)
    return row


def _retire(row: Document, by: User, reason: str) -> Document:
    return _free(row, by, "retire", reason, retired_on=timezone.localdate())


def _undo(row: Document, step: str, by: User) -> None:
    """End the agreement of two people, before the document says so: the database wants them in this order."""
    decision = KindDecision.objects.holding().filter(document=row, step=step).first()
    if decision is None:
        return
    decision.undone_by, decision.undone_at = by, timezone.now()
    decision.save(update_fields=["undone_by", "undone_at"])
    _decision_tell("undo", decision)


def _snapshot(row: Document) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("kind", *CODED)}


def _write(row: Document, values: dict[str, Any], verb: str, reason: str) -> Document:
    before, kept = _snapshot(row), kind_facts(row)
    for name, value in values.items():
        setattr(row, name, value)
    row_clean(row, changed=values)
    row.save(update_fields=list(values))
    _tell(verb, row, changes(before, _snapshot(row), CODED))
    version_keep(part=PART, key=row.kind, before=kept, after=kind_facts(row), reason=reason)
    return row


def _page_add(row: Document, introduction: str, by: User) -> None:
    """Put its page online, under the name of who adds it: only articles are left to write."""
    page = DocumentPage(kind=row.kind, slug=row.kind, title=row.title, introduction=introduction, owner=by)
    HomePage.objects.get(slug="accueil").add_child(instance=page)
    page.save_revision(user=by).publish(user=by)


def _tell(verb: str, row: Document, details: dict[str, Any]) -> None:
    journal_append(action=f"documents.kind.{verb}", kind=KIND, object_id=row.pk, details=details)


def _decision_tell(verb: str, row: KindDecision) -> None:
    count = row.asked_count if row.agreed_count is None else row.agreed_count
    details = {"decision": str(row.pk), "step": row.step, "signed_by": row.signed_by, "count": count}
    journal_append(action=f"documents.kind.decision_{verb}", kind=KIND, object_id=row.document_id, details=details)
