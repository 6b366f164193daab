"""Self-assessment: opened by the coordination, filled in by a team, sent by its director, carried over at need."""

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cms.documents.models import DocumentKind
from cms.documents.signatures.policies import READERS
from cms.documents.versions.selectors import version_in_force
from cms.files.models import Attachment
from cms.files.services import Upload, attachment_add
from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.partners.models import Partner
from cms.users.models import User
from cms.users.roles import SEES_ALL_CASES, Role
from cms.wall import scope
from referentiel.assessments.models import Assessment, Campaign, Evidence, Mark, PlanStep
from referentiel.assessments.selectors import codes_changed, imperatives_without_plan, levels_of, unmarked
from referentiel.enums import Level, MarkValue

NOT_OPEN = "Cette auto-évaluation est envoyée : elle ne change plus."


@transaction.atomic
def campaign_open(*, year: int, opens_on: dt.date, closes_on: dt.date, by: User) -> Campaign:
    """Open the self-assessments of a year, against the version in force. Raise `ValidationError`."""
    if scope.current().user_id != by.pk or not scope.current().has_role(*SEES_ALL_CASES):
        raise ValidationError("La coordination seule ouvre une campagne.")
    version = version_in_force(DocumentKind.REFERENTIEL)
    if version is None:
        raise ValidationError("Aucune version du référentiel n’est en vigueur.")
    row = Campaign(year=year, version=version, opens_on=opens_on, closes_on=closes_on, opened_by=by)
    row_clean(row)
    row.save(force_insert=True)
    journal_append(
        action="referentiel.campaign.open", kind="campaign", object_id=row.pk, details={"number": version.number}
    )
    return row


@transaction.atomic
def assessment_start(*, campaign: Campaign, partner: Partner, by: User) -> Assessment:
    """Begin the self-assessment of one's structure; the one begun already is returned. Raise `ValidationError`."""
    if scope.current().user_id != by.pk or partner.pk not in scope.current().partners_as(*READERS):
        raise ValidationError("Vous évaluez votre propre structure.")
    known = Assessment.objects.filter(campaign=campaign, partner=partner)
    if existing := known.first():
        return existing
    today = timezone.localdate()
    if not campaign.opens_on <= today <= campaign.closes_on:
        raise ValidationError("Cette campagne n’est pas ouverte aujourd’hui.")
    row = Assessment(
        campaign=campaign, partner=partner, version=campaign.version, started_by=by, started_at=timezone.now()
    )
    row_clean(row)
    row.save(force_insert=True)
    _tell("start", row)
    return row


@transaction.atomic
def marks_write(*, assessment: Assessment, values: Mapping[str, str], by: User) -> int:
    """Write the marks of some exigences. Return how many changed. An empty value leaves the mark as it is.

    Raise `ValidationError`, by exigence, for a code or a mark that cannot be.
    """
    _open(assessment)
    levels = levels_of(assessment.version)
    _check(values, levels)
    known = {row.code: row for row in assessment.marks.filter(code__in=values)}
    count = 0
    for code, value in values.items():
        row = known.get(code) or Mark(assessment=assessment, code=code)
        if not value or (row.value == value and not row.is_to_confirm):
            continue
        row.level, row.value, row.is_to_confirm = levels[code], value, False
        row.marked_by, row.marked_at = by, timezone.now()
        row.save()
        count += 1
    if count:
        _tell("mark", assessment, count=count)
    return count


def _check(values: Mapping[str, str], levels: Mapping[str, str]) -> None:
    errors = {}
    for code, value in values.items():
        if code not in levels:
            errors[code] = "Cette exigence n’est pas dans la version évaluée."
        elif value and value not in MarkValue.values:
            errors[code] = "Choisissez une réponse de la liste."
        elif value == MarkValue.NOT_CONCERNED and levels[code] == Level.IMPERATIVE:
            errors[code] = "Une exigence impérative concerne toutes les structures."
    if errors:
        raise ValidationError(errors)


@transaction.atomic
def step_write(*, assessment: Assessment, code: str, what: str, pilot: str, due_on: dt.date, proof: str) -> PlanStep:
    """Say what will be done about an exigence, who leads, by when, what will prove it. Raise `ValidationError`."""
    _open(assessment)
    _known(assessment, code)
    row = assessment.steps.filter(code=code).first() or PlanStep(assessment=assessment, code=code)
    row.what, row.pilot, row.due_on, row.proof = what.strip(), pilot.strip(), due_on, proof.strip()
    if due_on < timezone.localdate():
        raise ValidationError({"due_on": "Choisissez une date à venir."})
    row_clean(row)
    row.save()
    _tell("plan", assessment, code=code)
    return row


@transaction.atomic
def step_done(*, step: PlanStep, on: dt.date) -> PlanStep:
    """Say that an action was done; the last word of a plan, even once it is sent. Raise `ValidationError`."""
    if on > timezone.localdate():
        raise ValidationError({"done_on": "Cette date est à venir."})
    if not PlanStep.objects.filter(pk=step.pk).update(done_on=on):
        raise ValidationError("Vous suivez les actions de votre propre structure.")
    step.done_on = on
    _tell("done", step.assessment, code=step.code)
    return step


@transaction.atomic
def evidence_add(
    *, assessment: Assessment, code: str, title: str, file: Upload, valid_until: dt.date | None, by: User
) -> tuple[Evidence, Attachment]:
    """Attach a proof to an exigence, and until when it is worth something. Raise `ValidationError`."""
    _open(assessment)
    _known(assessment, code)
    if valid_until and valid_until < timezone.localdate():
        raise ValidationError({"valid_until": "Cette preuve n’est plus valable : joignez-en une récente."})
    row = Evidence(assessment=assessment, code=code, valid_until=valid_until, added_by=by, added_at=timezone.now())
    row_clean(row)
    row.save(force_insert=True)
    attachment = attachment_add(kind="evidence", object_id=row.pk, file=file, title=title, by=by)
    _tell("evidence", assessment, code=code)
    return row, attachment


@transaction.atomic
def evidence_renew(
    *, evidence: Evidence, title: str, file: Upload, valid_until: dt.date | None, by: User
) -> tuple[Evidence, Attachment]:
    """Put a newer proof in the place of one that expires, even once the whole is sent: the older one stays. Raise
    `ValidationError`.
    """
    assessment = evidence.assessment
    if assessment.partner_id not in scope.current().partners_as(*READERS):
        raise ValidationError("Vous renouvelez les preuves de votre propre structure.")
    if valid_until and valid_until < timezone.localdate():
        raise ValidationError({"valid_until": "Cette preuve n’est plus valable : joignez-en une récente."})
    if Evidence.objects.filter(replaces=evidence).exists():
        raise ValidationError("Cette preuve est déjà remplacée : renouvelez la plus récente.")
    row = Evidence(
        assessment=assessment,
        code=evidence.code,
        replaces=evidence,
        valid_until=valid_until,
        added_by=by,
        added_at=timezone.now(),
    )
    row_clean(row)
    row.save(force_insert=True)
    attachment = attachment_add(kind="evidence", object_id=row.pk, file=file, title=title, by=by)
    _tell("renew", assessment, code=row.code)
    return row, attachment


@transaction.atomic
def assessment_submit(*, assessment: Assessment, by: User) -> Assessment:
    """Send the whole to the coordination: it is frozen. The director does so, once every exigence is marked and each
    imperative one under 4 has its action. Raise `ValidationError`.
    """
    row = _open(assessment)
    if row.partner_id not in scope.current().partners_as(Role.STRUCTURE_DIRECTOR):
        raise ValidationError("La direction de la structure envoie l’auto-évaluation.")
    if missing := unmarked(row):
        raise ValidationError(f"Il reste à répondre ou à confirmer : {', '.join(missing)}.")
    if missing := imperatives_without_plan(row):
        raise ValidationError(
            f"Dites ce que vous ferez pour chaque exigence impérative sous 4 : {', '.join(missing)}."
        )
    row.submitted_by, row.submitted_at = by, timezone.now()
    row.save(update_fields=["submitted_by", "submitted_at"])
    _tell("submit", row)
    return row


@transaction.atomic
def assessment_carry_over(*, assessment: Assessment) -> Assessment:
    """Go on against the version in force. Marks stay; those whose exigence changed are to confirm, those of one that
    is gone leave, with their action. Raise `ValidationError`.
    """
    row = _open(assessment)
    version = version_in_force(DocumentKind.REFERENTIEL)
    if version is None or version.pk == row.version_id:
        raise ValidationError("Cette auto-évaluation porte déjà sur la version en vigueur.")
    changed, gone = codes_changed(row.version, version)
    levels = levels_of(version)
    row.steps.filter(code__in=gone).delete()
    row.marks.filter(code__in=gone).delete()
    for mark in row.marks.filter(code__in=changed):
        mark.level, mark.is_to_confirm = levels[mark.code], True
        if mark.level == Level.IMPERATIVE and mark.value == MarkValue.NOT_CONCERNED:
            # An imperative exigence concerns everybody: there is nothing to confirm, it is answered anew.
            mark.delete()
            continue
        mark.save()
    row.version = version
    row.save(update_fields=["version"])
    _tell("carry_over", row, number=version.number)
    return row


def _open(assessment: Assessment) -> Assessment:
    """Return the row, locked: two people of a team, or a sending and a mark, wait for each other.

    Raise `ValidationError` once it is sent, or for another structure.
    """
    row = Assessment.objects.select_for_update(of=("self",)).select_related("version").get(pk=assessment.pk)
    if row.submitted_at is not None:
        raise ValidationError(NOT_OPEN)
    if row.partner_id not in scope.current().partners_as(*READERS):
        raise ValidationError("Vous évaluez votre propre structure.")
    return row


def _known(assessment: Assessment, code: str) -> None:
    if code not in levels_of(assessment.version):
        raise ValidationError("Cette exigence n’est pas dans la version évaluée.")


def _tell(verb: str, assessment: Assessment, **details: object) -> None:
    journal_append(
        action=f"referentiel.assessment.{verb}", kind="assessment", object_id=assessment.pk, details=details
    )
