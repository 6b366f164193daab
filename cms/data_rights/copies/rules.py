"""What the copy of one minor's file holds. Other people stand by their function, structures by a number, and nothing
says where one is. Whatever was told in words, or could lead to a place, is read through before it leaves.
"""

import datetime as dt
import re
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from cases.extra.selectors import answer_words, answers_of
from cases.files.identity.selectors import identity_rows
from cases.files.services import IDENTITY
from cases.grid.selectors import read_of
from cases.models import (
    Case,
    CircuitStep,
    FilledGrid,
    Incident,
    Linking,
    Orientation,
    PeopleToAvoid,
    Placement,
    Sollicitation,
    StayReview,
)
from cases.requests.tonight.words import tonight_rows
from cms.partners.models import Partner, PartnerIdentity
from cms.users.models import User
from cms.vault.hashing import exact_hash
from cms.wall.reveals.services import sealed_row_open

READ_THROUGH = {"Lieu précis", "Récit"}
"""What the identity holds beside what the minor is: told by somebody, perhaps about somebody."""
PERSON, STRUCTURE = "[un professionnel]", "[une structure]"
LEAST_LETTERS = 3


@dataclass(frozen=True)
class Item:
    """One line of the copy. `is_read_through`: it leaves once somebody has read it and said so."""

    key: str
    section: str
    label: str
    value: str
    is_read_through: bool = False


def file_items(case_id: uuid.UUID) -> list[Item]:
    """Return every line of the copy, masked, for the coordination under a live reveal; the reading is journaled."""
    case = Case.objects.select_related(
        "sex", "age_precision", "identification_level", "nationality_zone", "prior_follow_up", "origin",
        "exploitation_place", "closing_reason", "adhesion", "containment", "legal_frame",
    ).get(pk=case_id)  # fmt: skip
    requests, decided, stays, given_up = _requests(case), _decisions(case), _stays(case), _linkings_given_up(case)
    incidents = _incidents(case, stays)
    numbers = _numbers(decided, [*stays, *given_up])
    items = [
        *_identity(case_id),
        *_facts(case),
        *(item for number, row in enumerate(requests, 1) for item in _asked(row, number)),
        *(item for row in decided for item in _decided(row, numbers)),
        *(item for row in given_up for item in _given_up(row, numbers)),
        *(item for row in stays for item in _stay(row, numbers)),
        *_steps(case),
        *(item for number, row in enumerate(incidents, 1) for item in _incident(row, number)),
    ]
    mask = _mask([*requests, *decided, *given_up, *stays, *incidents])
    return [replace(item, value=mask(item.value)) for item in items if item.value]


def _requests(case: Case) -> list[Sollicitation]:
    return list(
        Sollicitation.objects.filter(case=case)
        .select_related("requester_type", "nature", "urgency", "outcome", "current_place", "detail", "requester")
        .prefetch_related("forms__form", "messages", "shelters__kind", "grids__version", "extra_answers__field")
        .order_by("received_at")
    )


def _decisions(case: Case) -> list[Orientation]:
    return list(
        Orientation.objects.filter(case=case)
        .select_related("decision", "identification_level")
        .prefetch_related("proposals__answer", "proposals__refusal_reason", "proposals__partner")
        .order_by("decided_at")
    )


def _stays(case: Case) -> list[Placement]:
    return list(
        Placement.objects.filter(case=case)
        .select_related("partner", "legal_frame", "end_reason", "linking__journey", "after__exploitation")
        .prefetch_related("absences__runaway_return", "reviews__safety", "reviews__schooling", "reviews__next_goal")
        .order_by("arrived_at")
    )


def _linkings_given_up(case: Case) -> list[Linking]:
    return list(
        Linking.objects.filter(case=case, placement=None)
        .select_related("partner", "journey")
        .prefetch_related("agreements")
        .order_by("opened_at")
    )


def _incidents(case: Case, stays: Sequence[Placement]) -> list[Incident]:
    return list(
        Incident.objects.about(placements=[stay.pk for stay in stays], cases=[case.pk])
        .select_related("incident_type", "severity", "detail", "partner")
        .prefetch_related("notices__authority", "authority_waivers__authority", "events", "reviews")
        .order_by("occurred_at")
    )


def digest_of(items: Iterable[Item]) -> str:
    """Return a keyed hash of the items: whether the file still says what was read, without revealing it."""
    return exact_hash("\0".join(f"{item.key}\0{item.value}" for item in items), "rights.copy")


def _identity(case_id: uuid.UUID) -> Iterator[Item]:
    for number, (label, value) in enumerate(identity_rows(case_id)):
        # After the columns of the identity come the fields that the network added: nobody knows what they hold.
        is_added = number >= len(IDENTITY)
        key = f"identity.added.{number}.{label}" if is_added else f"identity.{label}"
        yield Item(key, "Identité", label, str(value or ""), is_added or label in READ_THROUGH)


def _facts(case: Case) -> Iterator[Item]:
    def item(label: str, value: Any, is_read_through: bool = False) -> Item:
        return Item(f"case.{label}", "Situation", label, _value_words(value), is_read_through)

    yield item("Référence", case.reference)
    yield item("Ouverte le", case.opened_on)
    yield item("Close le", case.closed_on)
    yield item("Motif de clôture", case.closing_reason)
    yield item("Sexe", case.sex)
    yield item("Année de naissance", case.birth_year)
    yield item("Précision de l’âge", case.age_precision)
    yield item("Niveau d’identification", case.identification_level)
    yield item("Zone de nationalité", case.nationality_zone)
    yield item("Mineur non accompagné", case.is_unaccompanied)
    yield item("Suivi antérieur", case.prior_follow_up)
    yield item("Département d’origine", case.origin)
    yield item("Département d’exploitation", case.exploitation_place)
    yield item("Adhésion", case.adhesion)
    yield item("Niveau de contenance", case.containment)
    yield item("Formes d’exploitation", [row.form for row in case.forms.select_related("form")])
    yield item("Besoins", [row.need for row in case.needs.select_related("need")])
    yield item("Langues", [row.language for row in case.languages.select_related("language")])
    frames = list(case.legal_frames.select_related("frame", "decider"))
    yield item("Cadres juridiques", [f"{row.frame}, décidé le {_value_words(row.decided_at)}" for row in frames])
    decided = [f"{row.decider}, {row.court}, {row.number or 'sans numéro'}" for row in frames if row.decider_id]
    yield item("Décisions", decided, True)
    payers = case.linkings.exclude(payer=None).select_related("payer").order_by("opened_at")
    yield item("Autorités qui ont financé l’accueil", [row.payer.name for row in payers if row.payer], True)
    away = case.keep_aways.holding().select_related("territory", "reason")
    yield item("Lieux à éviter", [f"{row.territory} ({row.reason})" for row in away], True)
    people = PeopleToAvoid.objects.filter(case=case).first()
    yield item("Personnes à éviter", people and people.words, True)
    for answer in answers_of(case).filter(is_sealed=False):
        words = answer_words(answer.field, answer.code)
        yield Item(f"case.added.{answer.field.code}", "Situation", answer.field.label, words, True)


def _asked(row: Sollicitation, number: int) -> Iterator[Item]:
    """Name the service by its type. Who to call back, and on which line, belong to that person: they never leave."""
    section = f"Demande {number}, reçue le {_value_words(row.received_on)}"
    detail = getattr(row, "detail", None)
    for label, value, is_read_through in (
        ("Service demandeur", row.requester_type, False),
        ("Nature", row.nature, False),
        ("Urgence", row.urgency, False),
        ("Formes d’exploitation présumées", [form.form for form in row.forms.all()], False),
        ("Suite donnée", row.outcome, False),
        ("Département où vous vous trouviez", row.current_place, True),
        ("Ce que le service savait", [f"{label} : {value}" for label, value in tonight_rows(row)], False),
        ("Mises à l’abri", [f"{one.kind}, jusqu’au {_value_words(one.until)}" for one in row.shelters.all()], True),
        ("Initiales ou prénom d’emprunt", detail and detail.minor_label, True),
        ("Lieu précis", detail and detail.place, True),
        ("Récit", detail and detail.narrative, True),
        ("Messages entre la coordination et le service", [message.text for message in row.messages.all()], True),
    ):
        yield Item(f"asked.{row.pk}.{label}", section, label, _value_words(value), is_read_through)
    for answer in row.extra_answers.all():
        words = answer_words(answer.field, answer.value)
        yield Item(f"asked.{row.pk}.added.{answer.field.code}", section, answer.field.label, words, True)
    for grid in row.grids.all():
        yield Item(f"grid.{grid.pk}", section, "Grille de repérage", _grid(grid), True)


def _grid(grid: FilledGrid) -> str:
    """Return what was noted and what it was read as: a sign may tell who spoke, it is read through."""
    read = read_of(grid)
    noted = [f"{label} ({answer.lower()})" for signs in read.noted.values() for label, answer in signs]
    return f"{read.words.title}, le {_value_words(grid.filled_at)}. {' ; '.join(noted)}"


def _decided(row: Orientation, numbers: dict[uuid.UUID, str]) -> Iterator[Item]:
    section = f"Orientation décidée le {_value_words(row.decided_on)}"
    answers = [
        f"{numbers[proposal.partner_id]} : {proposal.answer or 'sans réponse'}"
        + (f" ({proposal.refusal_reason})" if proposal.refusal_reason else "")
        for proposal in row.proposals.all()
    ]
    for label, value in (
        ("Décision", row.decision),
        ("Niveau d’identification", row.identification_level),
        ("Annulée le", row.cancelled_at),
        ("Réponses des structures", answers),
    ):
        yield Item(f"decided.{row.pk}.{label}", section, label, _value_words(value))


def _given_up(row: Linking, numbers: dict[uuid.UUID, str]) -> Iterator[Item]:
    """Return the lines of a mise en lien that no stay followed."""
    section = f"Mise en lien commencée le {_value_words(row.opened_at)}"
    journey = getattr(row, "journey", None)
    agreed = [
        f"{one.get_party_display()} : {one.get_reply_display()}, le {_value_words(one.agreed_on)}"
        for one in row.agreements.all()
    ]
    for label, value, is_read_through in (
        ("Structure", numbers[row.partner_id], False),
        ("Accords", agreed, False),
        ("Ce que les parties ont dit", [str(one.words) for one in row.agreements.all() if one.words], True),
        ("Protocole de sécurité", [str(check.words) for check in row.checks.all()], True),
        ("Abandonnée le", row.cancelled_at, False),
        ("Arrivée avant que tout soit signé", row.waiver_words, True),
        ("Rendez-vous de l’acheminement", journey and journey.leaves_at, False),
        ("Point de rencontre", journey and journey.meeting_point, True),
    ):
        yield Item(f"linking.{row.pk}.{label}", section, label, _value_words(value), is_read_through)


def _stay(row: Placement, numbers: dict[uuid.UUID, str]) -> Iterator[Item]:
    section = f"Séjour à partir du {_value_words(row.arrived_on)}"
    returns = [
        str(absence.runaway_return.told)
        for absence in row.absences.all()
        if hasattr(absence, "runaway_return") and absence.runaway_return.told
    ]
    absences = [
        f"{'fugue' if absence.is_runaway else 'absence'} du {_value_words(absence.starts_on)}"
        + (f" au {_value_words(absence.ends_on)}" if absence.ends_on else "")
        for absence in row.absences.all()
    ]
    after = getattr(row, "after", None)
    linking = getattr(row, "linking", None)
    journey = getattr(linking, "journey", None)
    for label, value, is_read_through in (
        ("Lieu d’accueil", numbers[row.partner_id], False),
        ("Cadre juridique", row.legal_frame, False),
        ("Fin du séjour", row.ended_on, False),
        ("Motif de fin", row.end_reason, False),
        ("Absences", absences, False),
        ("Retours de fugue", returns, True),
        ("Accord financier du", linking and linking.financed_on, False),
        ("Arrivée avant que tout soit signé", linking and linking.waiver_words, True),
        (
            "Ce que les parties ont dit",
            [str(one.words) for one in linking.agreements.all() if one.words] if linking else [],
            True,
        ),
        ("Protocole de sécurité", [str(check.words) for check in linking.checks.all()] if linking else [], True),
        ("Rendez-vous de l’acheminement", journey and journey.leaves_at, False),
        ("Point de rencontre", journey and journey.meeting_point, True),
        ("Bilans", [_review(review) for review in row.reviews.all()], False),
        (
            "Ce que l’équipe a écrit dans les bilans",
            [review.words for review in row.reviews.all() if review.words],
            True,
        ),
        ("Six mois après", after and after.exploitation, False),
        ("Comment on l’a su", after and after.words, True),
    ):
        yield Item(f"stay.{row.pk}.{label}", section, label, _value_words(value), is_read_through)


def _review(row: StayReview) -> str:
    care = "un soin à engager" if row.needs_care else "aucun soin à engager"
    summary = f"{row.safety}, {care}, scolarité : {row.schooling}, prochain objectif : {row.next_goal}"
    return f"{row.get_milestone_display()} ({summary})"


def _steps(case: Case) -> Iterator[Item]:
    """Measures of the circuits, without who answers for them; the notes are read through."""
    rows = CircuitStep.objects.filter(circuit__case=case).select_related("measure").order_by("due_on")
    for row in rows:
        section, key = "Circuit de protection", f"step.{row.pk}"
        yield Item(key, section, str(row.measure), row.get_state_display())
        yield Item(f"{key}.note", section, f"{row.measure}, note", row.note, True)


def _incident(row: Incident, number: int) -> Iterator[Item]:
    """Return the lines of an incident; one that is confidential is read through: its type may point at somebody."""
    section = f"Événement {number}, survenu le {_value_words(row.occurred_at)}"
    detail = getattr(row, "detail", None)
    notified = [notice.authority for notice in row.notices.all()]
    notes = [str(notice.note) for notice in row.notices.all() if notice.note]
    set_aside = [waiver.authority for waiver in row.authority_waivers.all()]
    why = [str(waiver.words) for waiver in row.authority_waivers.all() if waiver.words]
    for label, value, is_read_through in (
        ("Type", row.incident_type, row.is_confidential),
        ("Gravité", row.severity, row.is_confidential),
        ("Autorités informées", notified, row.is_confidential),
        ("Autorités non informées", set_aside, row.is_confidential),
        ("Ce qui en est noté", notes + why, True),
        ("Faits", detail and detail.narrative, True),
        ("Mesures prises", detail and detail.measures, True),
        ("Pourquoi cette gravité", detail and detail.severity_reason, True),
        ("Suivi", [event.words for event in row.events.all() if event.words], True),
        ("Ce qui a été compris ensuite", [review.lessons for review in row.reviews.all() if review.lessons], True),
    ):
        yield Item(f"incident.{row.pk}.{label}", section, label, _value_words(value), is_read_through)


def _value_words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, dt.datetime):
        return f"{timezone.localtime(value):%d/%m/%Y}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return str(value)


def _numbers(decided: list[Orientation], stays: list[Placement | Linking]) -> dict[uuid.UUID, str]:
    """Structure → « Structure 1 »: the same number all through the copy, and nothing else of it."""
    partners = [proposal.partner_id for row in decided for proposal in row.proposals.all()]
    partners += [row.partner_id for row in stays]
    return {pk: f"Structure {number}" for number, pk in enumerate(dict.fromkeys(partners), 1)}


def _mask(rows: list[Any]) -> Callable[[str], str]:
    """Return a function that masks the names known to the network: its people on this file, its structures, what
    is sealed of these. A name that nobody entered is for the reader's eye: this replaces no reading.
    """
    people = User.objects.in_bulk(set(_people(rows)))
    names = [name for user in people.values() for name in (f"{user.first_name} {user.last_name}", user.last_name)]
    callbacks = [row.detail.callback_name for row in rows if isinstance(row, Sollicitation) and hasattr(row, "detail")]
    phones = [row.detail.callback_phone for row in rows if isinstance(row, Sollicitation) and hasattr(row, "detail")]
    partners = {partner.pk: partner for partner in _partners(rows)}
    places = [partner.code_name for partner in partners.values()]
    for pk in partners:
        places += _sealed_words(pk)
    replaced = [(word, STRUCTURE) for word in places] + [(word, PERSON) for word in [*names, *callbacks, *phones]]
    # The longest first: « Alice Martin » before « Martin ».
    pairs = sorted({pair for pair in replaced if len(pair[0]) >= LEAST_LETTERS}, key=lambda pair: -len(pair[0]))
    patterns = [(re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE), by) for word, by in pairs]

    def masked(text: str) -> str:
        for pattern, by in patterns:
            text = pattern.sub(by, text)
        return text

    return masked


def _people(rows: list[Any]) -> Iterator[uuid.UUID]:
    names = ("submitted_by_id", "taken_by_id", "decided_by_id", "confirmed_by_id", "declared_by_id")
    for row in rows:
        yield from (pk for name in (*names, "acknowledged_by_id") if (pk := getattr(row, name, None)))
        if isinstance(row, Orientation):
            yield from (proposal.answered_by_id for proposal in row.proposals.all() if proposal.answered_by_id)


def _partners(rows: list[Any]) -> Iterator[Partner]:
    for row in rows:
        if isinstance(row, Orientation):
            yield from (proposal.partner for proposal in row.proposals.all())
        else:
            yield row.requester if isinstance(row, Sollicitation) else row.partner


def _sealed_words(partner_id: uuid.UUID) -> list[str]:
    """Real name and address of a structure, read to be taken out: they go nowhere else."""
    with sealed_row_open("partner", partner_id):
        row = PartnerIdentity.objects.filter(pk=partner_id).first()
    if row is None:
        return []
    lines = [row.real_name, row.address, *row.address.splitlines(), row.mail_address]
    return [line.strip() for line in lines if line.strip()]
