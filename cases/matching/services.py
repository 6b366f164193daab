"""Write the search behind an orientation, the rules of matching, the free places that structures confirm."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from cases.common.rules.listeners import Listeners
from cases.common.services import manager_only, past, row_create
from cases.matching.models import Matching, MatchingRules, PlaceConfirmation
from cases.matching.rules import Rules
from cases.matching.selectors.candidates import Candidate, RulesVersion, candidates_for, rules_in_force
from cases.matching.selectors.places import places_of
from cases.matching.selectors.search import Search, search_for
from cases.matching.words import Words, explain
from cases.proposals.models import Orientation
from cases.requests.models import Sollicitation
from cms.journal.rows import row_clean
from cms.journal.services import changes, journal_append
from cms.partners.conventions.services import extra_places_open
from cms.partners.enums import PartnerKind
from cms.partners.models import Partner, Place
from cms.users.models import User

KEPT = 300
"""Structures kept with an orientation, in their rank; those that were asked are always kept."""


@dataclass(frozen=True)
class SearchResult:
    """A search, the rules that answered it, and its answer."""

    search: Search
    version: RulesVersion
    candidates: list[Candidate]


def structures_find(
    sollicitation: Sollicitation, at: dt.datetime | None = None, *, is_apart: bool = False
) -> SearchResult:
    """Rank every structure of the address book for this minor, in one statement, under the actor's scope.

    `is_apart`: the brothers and sisters are separated on purpose.
    """
    manager_only()
    search, version = search_for(sollicitation, at, is_apart=is_apart), rules_in_force()
    return SearchResult(search, version, candidates_for(search, version.rules))


def structures_check(
    sollicitation: Sollicitation, structures: Sequence[Partner], derogation: str, *, is_apart: bool = False
) -> SearchResult:
    """Check the structures about to be asked, and lock them: their last place is not promised twice.

    Raises `ValidationError` for a structure that the rules exclude. What protects the minor (a place to keep away
    from, a suspension) cannot be set aside; for the rest `derogation` says why.
    """
    ids = sorted(structure.pk for structure in structures)
    list(Partner.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    result = structures_find(sollicitation, is_apart=is_apart)
    words = Words.load()
    excluded = [candidate for candidate in result.candidates if candidate.partner_id in ids and candidate.excluded]
    for candidate in excluded:
        why = " ; ".join(explain(candidate, result.search, result.version.rules, words).against)
        if candidate.is_protective:
            raise ValidationError({"structures": f"{candidate.code_name} ne peut pas être interrogée : {why}."})
        if not derogation:
            sentence = f"{candidate.code_name} est écartée : {why}. Dites pourquoi vous l’interrogez quand même."
            raise ValidationError({"derogation": sentence})
    return result


def matching_keep(
    *, orientation: Orientation, result: SearchResult, structures: Sequence[Partner], derogation: str
) -> Matching:
    """Store with an orientation what the search answered, so that the choice can be explained later."""
    consulted = {structure.pk for structure in structures}
    candidates = [row for rank, row in enumerate(result.candidates) if rank < KEPT or row.partner_id in consulted]
    matching = Matching(
        orientation=orientation,
        sollicitation_id=orientation.sollicitation_id,
        made_at=result.search.at,
        rules_number=result.version.number,
        search=result.search.as_data(),
        candidates=[row.as_data() for row in candidates],
        derogation=derogation,
    )
    row_create(
        matching,
        kind="orientation",
        action="cases.matching.keep",
        coded=("rules_number",),
        sealed=("derogation",) if derogation else (),
        object_id=orientation.pk,
    )
    return matching


@transaction.atomic
def matching_rules_change(*, rules: Rules, reason: str, by: User) -> MatchingRules:
    """Put a new version of the rules in force for the searches to come; those already answered keep theirs."""
    manager_only()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cases.matching_rules'))")
    before = rules_in_force()
    if before.rules == rules:
        raise ValidationError("Ces règles sont déjà en vigueur.")
    row = MatchingRules(
        number=before.number + 1, rules=rules.as_data(), reason=reason, changed_at=timezone.now(), changed_by=by
    )
    row_clean(row)
    row.save(force_insert=True)
    old, new = before.rules.as_data(), rules.as_data()
    changed = [name for name in new if new[name] != old[name]]
    details = changes({name: old[name] for name in changed}, {name: new[name] for name in changed}, changed)
    journal_append(action="cases.matching_rules.change", details={"number": [before.number, row.number], **details})
    return row


@transaction.atomic
def places_confirm_after(*, partner: Partner, check: Callable[[], None], free: int, by: User) -> PlaceConfirmation:
    """Confirm places once `check` found that nobody did since the last reading: two at once wait for one another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"cases.places:{partner.pk}"])
    check()
    return places_confirm(partner=partner, free=free, by=by)


@transaction.atomic
def places_confirm(*, partner: Partner, free: int, by: User, at: dt.datetime | None = None) -> PlaceConfirmation:
    """Note how many places are free, for the structure or for the coordination on the telephone.

    Raises `ValidationError` for more than the network counts: a place is opened first.
    """
    if partner.kind != PartnerKind.STRUCTURE:
        raise ValidationError({"partner": "Seule une structure d’accueil a des places."})
    at = past("confirmed_at", at or timezone.now())
    usable = places_of(partner, at).usable
    if free > usable:
        many = f"{usable} places libres" if usable > 1 else f"{usable} place libre"
        raise ValidationError(
            {"free": f"Le réseau vous connaît {many} au plus. Ouvrez d’abord une place supplémentaire, plus bas."}
        )
    row = PlaceConfirmation(partner=partner, free=free, blocked=usable - free, confirmed_at=at, confirmed_by=by)
    row_create(row, kind="partner", action="cases.places.confirm", coded=("free", "blocked"), object_id=partner.pk)
    return row


on_extra_places_opened = Listeners()
"""Called with `partner` once it has opened extra places: the coordination is to be told."""


@transaction.atomic
def extra_places_declare(
    *, partner: Partner, by: User, count: int = 1, ends_on: dt.date | None = None, note: str = ""
) -> list[Place]:
    """Open extra places in a structure for the night or a few days, and tell the coordination.

    Whoever opens one says what is free: the search ranks the structure as told just now. Raises `ValidationError` as
    `extra_places_open` does.
    """
    places = extra_places_open(partner=partner, count=count, ends_on=ends_on, note=note)
    places_confirm(partner=partner, free=places_of(partner).free, by=by)
    on_extra_places_opened.tell(partner=partner)
    return places
