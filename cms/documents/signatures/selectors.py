"""Where structures stand before a version: signed, to sign before a day, to put in order; and who has read it."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from cms.documents.enums import Signer
from cms.documents.signatures.models import Acknowledgement, Reading
from cms.documents.signatures.policies import FORCES, READERS, memberships_signing
from cms.documents.versions.models import Document, DocumentVersion
from cms.documents.versions.selectors import (
    WHAT_CHANGES,
    acknowledgement_last,
    chapters_of_version,
    delay_days,
    version_in_force,
    versions_accepted,
)
from cms.partners.enums import PartnerKind
from cms.partners.models import Convention, Membership, Partner


class State(StrEnum):
    SIGNED = "signed"
    TO_SIGN = "to_sign"
    LATE = "late"


@dataclass(frozen=True)
class DocumentStanding:
    """A document, the version in force, and one that waits for its date of effect."""

    document: Document
    in_force: DocumentVersion | None
    coming: DocumentVersion | None


def documents_standing() -> list[DocumentStanding]:
    """Documents made of articles, in their order, with the version in force and the next one, in two queries."""
    today = timezone.localdate()
    documents = list(Document.objects.of_articles())
    versions = DocumentVersion.objects.filter(document__in=documents).defer("content").order_by("sequence")
    in_force: dict[uuid.UUID, DocumentVersion] = {}
    coming: dict[uuid.UUID, DocumentVersion] = {}
    for version in versions:
        (in_force if version.effective_on <= today else coming)[version.document_id] = version
    return [DocumentStanding(row, in_force.get(row.pk), coming.get(row.pk)) for row in documents]


STATE_LABELS = {State.SIGNED: "Signé", State.TO_SIGN: "À signer", State.LATE: "À régulariser"}


@dataclass(frozen=True)
class ReadRate:
    """How many professionals of a structure read every chapter."""

    readers: int
    people: int

    @property
    def words(self) -> str:
        if not self.people:
            return "personne n’est rattaché"
        return f"{self.readers} sur {self.people} {'ont' if self.readers > 1 else 'a'} tout lu"


@dataclass(frozen=True)
class Adherence:
    """Where a structure stands. `signed`: its latest signature, of any version; `due_on`: the end of the delay."""

    partner: Partner
    signed: Acknowledgement | None
    state: State
    due_on: dt.date
    rate: ReadRate | None = None

    @property
    def is_up_to_date(self) -> bool:
        return self.state == State.SIGNED

    @property
    def label(self) -> str:
        return STATE_LABELS[self.state]


def partners_asked(signed_by: str, day: dt.date) -> QuerySet[Partner]:
    """Return the partners of whom a signature is asked: structures under a convention in force, or services of the
    book, those of police and gendarmerie alone for units.
    """
    if signed_by == Signer.NOBODY:
        return Partner.objects.none()
    if signed_by == Signer.STRUCTURES:
        return Partner.objects.structures().with_convention_on(day)
    services = Partner.objects.filter(kind=PartnerKind.REQUESTER).filter(Q(closed_on=None) | Q(closed_on__gt=day))
    return services.filter(requester_type__extra__family__in=FORCES) if signed_by == Signer.UNITS else services


def adherence_list(version: DocumentVersion, on: dt.date | None = None) -> list[Adherence]:
    """Partners of whom a signature is asked, with what they signed; those to put in order come first."""
    day = on or timezone.localdate()
    rows = adherences_of(list(partners_asked(version.document.signed_by, day)), version, day)
    order = (State.LATE, State.TO_SIGN, State.SIGNED)
    return sorted(rows, key=lambda row: (order.index(row.state), row.partner.code_name))


def adherence_of(partner: Partner, kind: str, day: dt.date) -> tuple[DocumentVersion, Adherence] | None:
    """Where one structure stands before the version in force, in three queries: for its file, without the rate."""
    majors = DocumentVersion.objects.filter(
        document=OuterRef("document"), sequence__lte=OuterRef("sequence"), is_major=True
    ).order_by("-sequence")
    bound = Convention.objects.in_force_on(day).filter(partner=partner).order_by("starts_on")
    version = (
        DocumentVersion.objects.filter(document__kind=kind, effective_on__lte=day)
        .annotate(
            first=Coalesce(Subquery(majors.values("sequence")[:1]), 1),
            since=Coalesce(Subquery(majors.values("effective_on")[:1]), F("effective_on")),
            bound_on=Subquery(bound.values("starts_on")[:1]),
        )
        .select_related("document")
        .order_by("-effective_on", "-sequence")
        .first()
    )
    if version is None:
        return None
    signed = acknowledgement_last(partner, version.document_id)
    if signed is not None and signed.version.sequence >= version.first:
        return version, Adherence(partner, signed, State.SIGNED, version.since)
    due_on = _last_day(
        version.since,
        version.bound_on,
        partner.opened_on,
        version.document.signed_from,
        days=delay_days(version.document),
    )
    return version, Adherence(partner, signed, State.TO_SIGN if day <= due_on else State.LATE, due_on)


def adherences_of(partners: Sequence[Partner], version: DocumentVersion, day: dt.date) -> list[Adherence]:
    ids = [partner.pk for partner in partners]
    signatures = Acknowledgement.objects.filter(version__document=version.document_id, partner__in=ids)
    versions = DocumentVersion.objects.filter(document=version.document_id).defer("content").in_bulk()
    # Two hundred hashes a signature are read by who asks for them.
    rows = signatures.defer("clause_hashes").order_by("version__sequence")
    latest = {row.partner_id: row for row in rows}
    for row in latest.values():
        row.version = versions[row.version_id]
    accepted = {row.pk: row for row in versions_accepted(version)}
    dues = _dues(partners, version, min(row.effective_on for row in accepted.values()), day)
    rates = read_rates(version, partners, day, set(accepted))
    adherences = []
    for partner in partners:
        signed = latest.get(partner.pk)
        due_on = dues[partner.pk]
        state = State.TO_SIGN if day <= due_on else State.LATE
        if signed is not None and signed.version_id in accepted:
            state = State.SIGNED
        adherences.append(Adherence(partner, signed, state, due_on, rates[partner.pk]))
    return adherences


@dataclass(frozen=True)
class SignatureDeadlines:
    """Last day of the delay of each partner, and the version that asked for a signature: its number, its effect."""

    days: dict[uuid.UUID, dt.date]
    number: str
    since: dt.date


def dues_of(partners: Sequence[Partner], version: DocumentVersion, day: dt.date) -> SignatureDeadlines:
    """Return the last day to sign of each partner, of which there is one at least.

    The delay runs from the effect of the last major version, from the convention, or from the day when the structure
    entered the book, whichever came last.
    """
    versions = versions_accepted(version).order_by("sequence")
    bound = Convention.objects.in_force_on(day).filter(partner=OuterRef("pk")).order_by("starts_on")
    rows = Partner.objects.filter(pk__in=[partner.pk for partner in partners]).order_by()
    annotated = rows.annotate(
        number=Subquery(versions.values("number")[:1]),
        since=Subquery(versions.values("effective_on")[:1]),
        bound=Subquery(bound.values("starts_on")[:1]),
    )
    facts = list(annotated.values_list("pk", "number", "since", "bound", "opened_on"))
    delay, (_, number, since, *_) = delay_days(version.document), facts[0]
    asked = version.document.signed_from
    days = {pk: _last_day(since, asked, *known, days=delay) for pk, _, _, *known in facts}
    return SignatureDeadlines(days, number, since)


def _dues(
    partners: Sequence[Partner], version: DocumentVersion, since: dt.date, day: dt.date
) -> dict[uuid.UUID, dt.date]:
    bound = Convention.objects.in_force_on(day).filter(partner__in=[partner.pk for partner in partners]).order_by()
    starts = dict(bound.values("partner_id").annotate(first=Min("starts_on")).values_list("partner_id", "first"))
    days, asked = delay_days(version.document), version.document.signed_from
    return {
        partner.pk: _last_day(since, asked, starts.get(partner.pk), partner.opened_on, days=days)
        for partner in partners
    }


def _last_day(since: dt.date, *known_from: dt.date | None, days: int) -> dt.date:
    """Return the last day to sign, included. The first of the delay is that of the effect, or the one from which the
    network knows the structure: nobody is late of what came before.
    """
    return max(since, *(day for day in known_from if day)) + dt.timedelta(days=days - 1)


def read_rates(
    version: DocumentVersion, partners: Sequence[Partner], day: dt.date, accepted: set[uuid.UUID]
) -> dict[uuid.UUID, ReadRate]:
    """Return the rate of each partner, in three queries for any number. Only what the scope shows is counted."""
    teams = _teams(partners, day)
    people = {user_id for team in teams.values() for user_id in team}
    done, whole = _chapters_read(accepted, people), set(chapters_of_version(version))
    return {
        partner.pk: ReadRate(
            sum(bool(whole) and whole <= done[user_id] for user_id in teams[partner.pk]), len(teams[partner.pk])
        )
        for partner in partners
    }


def _teams(partners: Sequence[Partner], day: dt.date) -> dict[uuid.UUID, set[uuid.UUID]]:
    roles = [role.value for role in READERS]
    ids = [partner.pk for partner in partners]
    rows = Membership.objects.on(day).filter(partner__in=ids, role__in=roles, user__is_active=True)
    teams: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for partner_id, user_id in rows.values_list("partner_id", "user_id"):
        teams[partner_id].add(user_id)
    return teams


def _chapters_read(accepted: set[uuid.UUID], people: set[uuid.UUID]) -> dict[uuid.UUID, set[str]]:
    rows = Reading.objects.filter(version__in=accepted, user__in=people).exclude(chapter=WHAT_CHANGES)
    done: dict[uuid.UUID, set[str]] = defaultdict(set)
    for user_id, chapter in rows.values_list("user_id", "chapter"):
        done[user_id].add(chapter)
    return done


@dataclass(frozen=True)
class TeamReading:
    """A professional of a structure, and whether each chapter was read, in the order of the version."""

    membership: Membership
    chapters: list[bool]


def team_readings(version: DocumentVersion, partner: Partner) -> list[TeamReading]:
    roles = [role.value for role in READERS]
    rows = Membership.objects.on(timezone.localdate()).filter(partner=partner, role__in=roles, user__is_active=True)
    members = {row.user_id: row for row in rows.select_related("user").order_by("user__last_name", "user__first_name")}
    accepted = set(versions_accepted(version).values_list("pk", flat=True))
    done, chapters = _chapters_read(accepted, set(members)), chapters_of_version(version)
    return [TeamReading(row, [code in done[row.user_id] for code in chapters]) for row in members.values()]


@dataclass(frozen=True)
class SignatureDue:
    """A person who signs for a structure that has still to sign, and the last day of its delay."""

    membership: Membership
    version: DocumentVersion
    due_on: dt.date


def signatures_awaited(kind: str, day: dt.date) -> list[SignatureDue]:
    """Whom to remind: each person who signs for a partner whose signature is asked, and missing."""
    version = version_in_force(kind, day)
    if version is None or not version.document.must_be_acknowledged:
        return []
    late = {row.partner.pk: row for row in adherence_list(version, day) if not row.is_up_to_date}
    signers = memberships_signing(version.document.signed_by, day).filter(partner__in=late, user__is_active=True)
    rows = signers.select_related("user", "partner").order_by("partner__code_name", "user__email")
    return [SignatureDue(row, version, late[row.partner_id].due_on) for row in rows]
