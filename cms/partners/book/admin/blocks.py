"""What the file of a partner shows, and the actions that each of its lines allows."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import BaseExpression
from django.urls import reverse
from django.utils import timezone

from cms.admin.parts import under
from cms.kit.blocks import Action, Cell, Facts, Listing
from cms.kit.words import NBSP, day
from cms.partners.book.models import Partner, Place, StructureProfile, Suspension
from cms.partners.conventions.models import Convention
from cms.partners.enums import PartnerKind
from cms.partners.oncall.admin import line_block
from cms.partners.people.models import Contact, Membership

SEALED = "Gardés sous scellé : « Voir l’adresse » demande pourquoi, « Modifier » les remplace."


def dates(convention: Convention) -> tuple[str, str]:
    return day(convention.starts_on), day(convention.denounced_on or convention.ends_on)


def step(partner: Partner, label: str, page: str, row_pk: UUID | None = None, *, is_main: bool = False) -> Action:
    pks = [partner.pk, row_pk] if row_pk else [partner.pk]
    return Action(label, reverse(f"partners_partner:{page}", args=pks), is_main)


def partner_blocks(partner: Partner) -> list[Facts | Listing]:
    blocks: list[Facts | Listing] = [
        card_block(partner),
        contacts_block(partner),
        under("Conventions", conventions_block(partner)),
        under("Personnes", members_block(partner)),
    ]
    if partner.kind == PartnerKind.STRUCTURE:
        taken_in = (line_block(partner), profile_block(partner), places_block(partner), suspensions_block(partner))
        blocks += [under("Accueil", block) for block in taken_in]
        blocks += [under("Référentiel", block) for build in _structure_blocks if (block := build(partner))]
    return [*blocks, sight_block(partner)]


def sight_block(partner: Partner) -> Listing:
    """Return who reads this file, as `wall.sql` of the book says."""
    rows = [("La coordination, la direction", "toute la fiche"), ("Les personnes rattachées", "leur propre carte")]
    if partner.kind == PartnerKind.STRUCTURE:
        rows.append(("Nom réel et adresse, sous scellé", "les ouvrir s’écrit au journal"))
    else:
        rows.append(("Toute personne connectée", "son nom, dans les listes"))
    return Listing("Qui peut la voir", ("Qui", "Quoi"), rows, "", is_aside=True)


_structure_blocks: list[Callable[[Partner], Facts | Listing | None]] = []


def structure_block_register(build: Callable[[Partner], Facts | Listing | None]) -> None:
    """Register a block that an upper app adds to the file of a structure, from its `ready()`."""
    _structure_blocks.append(build)


_first_actions: list[Callable[[Partner], Action]] = []


def partner_action_register(action: Callable[[Partner], Action]) -> None:
    """Register an action that an upper app adds before the others, from its `ready()`."""
    _first_actions.append(action)


def partner_actions(partner: Partner) -> list[Action]:
    convention = Action("Ouvrir une convention", f"{reverse('partners_convention:add')}?partner={partner.pk}")
    actions = [
        *(action(partner) for action in _first_actions),
        step(partner, "Ajouter un contact", "contact_add"),
        convention,
    ]
    if partner.kind == PartnerKind.STRUCTURE:
        actions += [
            step(partner, "Voir l’adresse", "reveal"),
            step(partner, "Profil d’accueil", "profile"),
            step(partner, "Astreinte de la structure", "oncall"),
            step(partner, "Ouvrir des places", "places"),
            step(partner, "Suspendre", "suspend"),
        ]
    return actions


_facts: dict[str, Callable[[], BaseExpression]] = {}


def partner_fact_register(name: str, build: Callable[[], BaseExpression]) -> None:
    """Register what an upper app reads of a partner, a subquery over `OuterRef("pk")`, from its `ready()`."""
    _facts[name] = build


def partner_facts(partner: Partner) -> dict[str, Any]:
    """All of them in one query, once a page: the file of a partner is long enough already."""
    known: dict[str, Any] = getattr(partner, "_facts", {})
    if not known:
        today = timezone.localdate()
        rows: dict[str, QuerySet[Any]] = {
            "has_people": Membership.objects.on(today),
            "is_bound": Convention.objects.in_force_on(today),
            "has_places": Place.objects.lasting().on(today),
            "is_suspended": Suspension.objects.on(today),
        }
        own = {name: Exists(found.filter(partner_id=OuterRef("pk"))) for name, found in rows.items()}
        others = {name: build() for name, build in _facts.items()}
        known = dict(Partner.objects.filter(pk=partner.pk).values(**own, **others).get())
        partner._facts = known  # type: ignore[attr-defined]
    return known


def partner_next_step(partner: Partner) -> str:
    """Return the first thing that is missing for the partner to work with the network."""
    today = timezone.localdate()
    if partner.closed_on and partner.closed_on <= today:
        return "Ce partenaire est sorti du carnet : il ne reçoit plus rien."
    facts = partner_facts(partner)
    has_people, is_bound, has_places = (facts[name] for name in ("has_people", "is_bound", "has_places"))
    if facts["is_suspended"]:
        return "Suspendue : aucun mineur n’y est orienté tant que la suspension dure (voir « Suspensions »)."
    if not has_people:
        return "Prochaine étape : invitez une personne, sans quoi personne ne répond pour ce partenaire."
    if partner.kind != PartnerKind.STRUCTURE:
        return "Tout est en place : vérifiez de temps en temps les rattachements et les contacts."
    if not is_bound:
        return (
            "Prochaine étape : ouvrez une convention ou faites-la signer, pour que les séjours soient conventionnés."
        )
    if not hasattr(partner, "profile"):
        return "Prochaine étape : remplissez le profil d’accueil, qui sert à choisir les structures."
    if not has_places:
        return "Prochaine étape : ouvrez des places."
    return "Tout est en place : la structure peut être interrogée pour une orientation."


def card_block(partner: Partner) -> Facts:
    rows = [
        ("Nature", partner.get_kind_display()),
        ("Type", partner.structure_type or partner.requester_type),
        ("Département", partner.territory),
        ("Organisme gestionnaire", partner.manager_name),
        ("Numéro FINESS ou SIRET", partner.establishment_number),
        ("Au carnet depuis", day(partner.opened_on)),
        ("Sortie du carnet", day(partner.closed_on)),
    ]
    if partner.kind == PartnerKind.STRUCTURE:
        rows.append(("Nom réel et adresse", SEALED))
    return Facts("Carte du réseau", rows)


def conventions_block(partner: Partner) -> Listing:
    rows = [
        (
            Cell(row.reference, reverse("partners_convention:inspect", args=[row.pk])),
            row.get_stage_display(),
            *dates(row),
        )
        for row in partner.conventions.all()
    ]
    return Listing("Conventions", ("Référence", "Étape", "Effet", "Fin"), rows, "Aucune convention.")


def is_ending(row: Any, today: dt.date) -> bool:
    """Say whether a row with dates may still have its end brought forward."""
    is_over = getattr(row, "revoked_at", None) is not None
    return not is_over and (row.ends_on is None or row.ends_on >= today)


def members_block(partner: Partner) -> Listing:
    today = timezone.localdate()
    memberships: list[Membership] = list(partner.memberships.select_related("user"))
    rows = [
        (
            row.user,
            row.user.email,
            row.get_role_display(),
            row.can_sign,
            row.may_answer,
            day(row.starts_on),
            day(row.ends_on),
        )
        for row in memberships
    ]
    actions = [
        [step(partner, "Mettre fin", "member_end", row.pk)] if is_ending(row, today) else [] for row in memberships
    ]
    headings = ("Personne", "Adresse électronique", "Rôle", "Signe", "Délégation", "Du", "Au")
    return Listing("Personnes rattachées", headings, rows, "Personne n’est rattaché.", actions)


def contacts_block(partner: Partner) -> Listing:
    contacts: list[Contact] = list(partner.contacts.all())
    rows = [(row.name, row.position, row.phone, row.email) for row in contacts]
    actions = [
        [step(partner, "Corriger", "contact_change", row.pk), step(partner, "Retirer", "contact_remove", row.pk)]
        for row in contacts
    ]
    headings = ("Nom", "Fonction", "Téléphone", "Adresse électronique")
    return Listing("Contacts", headings, rows, "Aucun contact : ajoutez quelqu’un à appeler.", actions)


def profile_block(partner: Partner) -> Facts:
    profile: StructureProfile | None = getattr(partner, "profile", None)
    if profile is None:
        return Facts("Profil d’accueil", [("Critères", "À remplir : la structure n’est pas encore décrite.")])
    return Facts(
        "Profil d’accueil",
        [
            ("Âges", f"de {profile.age_min} à {profile.age_max}{NBSP}ans"),
            ("Sexes accueillis", names(profile.sexes)),
            ("Formes d’exploitation acceptées", names(profile.forms)),
            ("Langues parlées", names(profile.languages)),
            ("Ne peut pas accueillir", names(profile.contraindications)),
            ("Niveau de contenance", profile.containment),
            ("Habilitation", profile.habilitation),
            ("Places promises au réseau", profile.pledged_places),
            ("Délai d’admission", "" if profile.admission_days is None else f"{profile.admission_days}{NBSP}jours"),
            ("Prix de journée", "" if profile.daily_price is None else f"{profile.daily_price} €".replace(".", ",")),
            ("Accueil de nuit et de week-end", profile.takes_at_night),
            ("Accueil de fratries", profile.takes_siblings),
            ("Psychologue dans l’équipe", profile.has_psychologist),
        ],
    )


def names(values: Any) -> str:
    return ", ".join(value.label for value in values.all())


def places_block(partner: Partner) -> Listing:
    today = timezone.localdate()
    places = [row for row in partner.places.all() if is_ending(row, today)]
    rows = [(row.label, day(row.starts_on), day(row.ends_on), row.note) for row in places]
    actions = [[step(partner, "Fermer", "place_close", row.pk)] if row.ends_on is None else [] for row in places]
    headings = ("Repère", "Ouverte du", "Jusqu’au", "Mot de la structure")
    return Listing("Places", headings, rows, "Aucune place ouverte.", actions)


def suspensions_block(partner: Partner) -> Listing:
    today = timezone.localdate()
    suspensions = list(partner.suspensions.all())
    rows = [(day(row.starts_on), day(row.ends_on), row.reason) for row in suspensions]
    actions = [
        [step(partner, "Mettre fin", "suspension_end", row.pk)] if is_ending(row, today) else [] for row in suspensions
    ]
    return Listing("Suspensions", ("Du", "Au", "Motif"), rows, "Aucune suspension.", actions)
