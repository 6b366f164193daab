"""The search of a place computed again, slowly and plainly, from the objects themselves."""

import math
from dataclasses import dataclass

from cases.matching.enums import Failing, Overseas, Weight
from cases.matching.rules import Rules
from cases.matching.selectors.places import places_of
from cases.matching.selectors.search import Search
from cases.models import KeepAway, PlaceConfirmation
from cms.partners.models import Convention, Partner, Suspension
from cms.territory.models import Territory
from cms.territory.selectors import neighbours_of
from referentiel.models import ConfirmedMark, Derogation


def km_between(first: Territory, second: Territory) -> float:
    """Great circle between two chief points, on a sphere of 6 371 km."""
    one, two = math.radians(first.lat), math.radians(second.lat)
    half = (
        math.sin((two - one) / 2) ** 2
        + math.cos(one) * math.cos(two) * math.sin(math.radians(second.lon - first.lon) / 2) ** 2
    )
    return 2 * 6371 * math.asin(min(1, math.sqrt(half)))


@dataclass(frozen=True)
class Verdict:
    excluded: frozenset[str]
    tier: int
    score: int


def verdict(partner: Partner, search: Search, rules: Rules) -> Verdict:
    """For a structure that never signed, was never trained nor asked: what the search says of its profile and
    place.
    """
    home, profile, places = partner.territory, partner.profile, places_of(partner, search.at)
    aways = _aways(search)
    inside = [
        (forbids, km) for place, radius, forbids, km in _measured(aways, home) if _is_inside(place, home, radius, km)
    ]
    sexes, forms = _keys(profile.sexes), _keys(profile.forms)
    contra = {value.code for value in profile.contraindications.all()} & set(search.needs)
    is_sea = home.zone != search.zone or (home.zone != "metro" and home.region_id != search.region)
    suits = profile.habilitation_id in search.habilitations
    together = 1 if search.is_apart else search.count
    out = {
        "away": any(forbids for forbids, _ in inside),
        "overseas": is_sea and rules.overseas == Overseas.REFUSE,
        "suspended": Suspension.objects.on(search.day).filter(partner=partner).exists(),
        "imperative": rules.imperative == Failing.EXCLUDES and bool(failing(partner, search)),
        "convention": not Convention.objects.in_force_on(search.day).filter(partner=partner).exists(),
        "age": search.age is not None and not profile.age_min <= search.age <= profile.age_max,
        "sex": bool(search.sex and sexes and search.sex not in sexes),
        "form": bool(search.forms and forms and not forms & set(search.forms)),
        "containment": search.containment is not None
        and profile.containment is not None
        and profile.containment.position > search.containment,
        "contraindication": bool(contra),
        "habilitation": bool(rules.habilitation == Weight.REQUIRED and search.habilitations and not suits),
        "night": rules.night == Weight.REQUIRED and search.is_night and not profile.takes_at_night,
        "delay": rules.delay == Weight.REQUIRED and _is_late(profile.admission_days, search.admission_days),
        "siblings": rules.siblings == Weight.REQUIRED and together > 1 and not profile.takes_siblings,
        "signature": rules.signature == Weight.REQUIRED,
        "training": rules.training == Weight.REQUIRED,
        "place": places.free < together,
    }
    told = PlaceConfirmation.objects.filter(partner=partner).order_by("-confirmed_at").first()
    is_stale = told is None or (search.at - told.confirmed_at).total_seconds() > rules.fresh_hours * 3600
    is_avoided = bool(inside) and not out["away"]
    nearest = _nearest(aways, home)
    travel = _travel(search, home)
    points = [
        (rules.siblings_points, rules.siblings != Weight.IGNORED and together > 1 and profile.takes_siblings),
        (rules.habilitation_points, rules.habilitation != Weight.IGNORED and suits),
        (rules.night_points, rules.night != Weight.IGNORED and search.is_night and profile.takes_at_night),
        (rules.language_points, bool(_keys(profile.languages) & set(search.languages))),
        (rules.form_points, bool(forms & set(search.forms))),
        (
            rules.containment_points,
            search.containment is not None
            and profile.containment is not None
            and profile.containment.position == search.containment,
        ),
        (rules.psychologist_points, "PSY" in search.needs and profile.has_psychologist),
        (
            rules.delay_points,
            rules.delay != Weight.IGNORED and _in_time(profile.admission_days, search.admission_days),
        ),
        (rules.place_points, min(places.free, 3)),
        (rules.far_points, min(10, nearest // 100)),
        (-rules.avoided_points, is_avoided),
        (-rules.travel_points, min(10, travel // 100)),
    ]
    return Verdict(
        excluded=frozenset(code for code, is_out in out.items() if is_out),
        tier=2 * (is_sea and rules.overseas == Overseas.LAST) + is_stale,
        score=sum(weight * int(times) for weight, times in points),
    )


def failing(partner: Partner, search: Search) -> set[str]:
    """Imperative exigences whose latest confirmed mark is 1 or 2, and from which nothing derogates that day."""
    latest = {}
    for mark in ConfirmedMark.objects.filter(partner=partner).order_by("decided_at"):
        latest[mark.code] = mark
    waived = {
        row.code
        for row in Derogation.objects.filter(partner=partner)
        if row.agreed_at and not row.revoked_at and row.starts_on <= search.day <= row.ends_on
    }
    return {
        code
        for code, mark in latest.items()
        if mark.level == "imperative" and mark.value in ("1", "2") and code not in waived
    }


def _aways(search: Search) -> list[tuple[Territory, int, bool]]:
    rows = KeepAway.objects.holding().filter(case_id=search.case_id).select_related("territory")
    found = [(row.territory, row.radius_km, row.level == "forbidden") for row in rows]
    if search.exploitation:
        found.append((Territory.objects.get(pk=search.exploitation), search.away_km, True))
    return found


def _measured(aways, home):
    return [(place, radius, forbids, km_between(place, home)) for place, radius, forbids in aways]


def _is_inside(place: Territory, home: Territory, radius: int, km: float) -> bool:
    return place.pk == home.pk or home.pk in neighbours_of(place.pk) or km < radius


def _nearest(aways, home) -> int:
    """Kilometres that the ranking reads: to the place that weighs most, one that forbids before one that only
    warns.
    """
    measured = [
        (not (forbids and _is_inside(place, home, radius, km)), not _is_inside(place, home, radius, km), km)
        for place, radius, forbids, km in _measured(aways, home)
    ]
    return round(min(measured)[2]) if measured else 0


def _travel(search: Search, home: Territory) -> int:
    return round(km_between(Territory.objects.get(pk=search.place), home)) if search.place else 0


def _in_time(days: int | None, wanted: int | None) -> bool:
    return wanted is None if days is None or wanted is None else days <= wanted


def _is_late(days: int | None, wanted: int | None) -> bool:
    return days is not None and wanted is not None and days > wanted


def _keys(values) -> set[str]:
    return set(values.values_list("pk", flat=True))
