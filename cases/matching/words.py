"""The result of a search in words: why a structure is excluded, what favours it, what to check."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils import timezone

from cases.files.protection.models import KeepAway
from cases.guard.selectors import Reach
from cases.guard.words import away_words
from cases.matching.rules import Rules
from cases.matching.selectors.candidates import Candidate
from cases.matching.selectors.search import Search
from cms.kit.words import NBSP, actions_register
from cms.territory.models import Territory
from cms.territory.selectors import map_shapes
from cms.values.models import Value
from cms.values.words import DAY, length_words

ACTIONS = {
    "cases.matching.keep": "recherche de lieu gardée",
    "cases.matching_rules.change": "règles de recherche changées",
    "cases.places.confirm": "places confirmées",
}
"""What the actions of the journal are called on the screens."""


def register() -> None:
    actions_register(ACTIONS)


LISTS = ("motif_eloignement", "motif_refus", "langue", "contre_indication", "contenance")


@dataclass(frozen=True)
class Words:
    """Labels read once for a whole list: territories by code, as the map names them; values by key."""

    territories: dict[str, str]
    values: dict[str, str]
    offered: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    @classmethod
    def load(cls, *more: str) -> "Words":
        """Read the lists in one query; `more`: lists of which a form of the page offers the values (`offered`)."""
        rows = list(Value.objects.filter(list_id__in=(*LISTS, *more)))
        labels = {value.pk: value.label for value in rows}
        labels |= {f"contenance:{value.position}": value.label for value in rows if value.list_id == "contenance"}
        names = {shape.code: shape.name for shape in map_shapes().shapes}
        today = timezone.localdate()
        offered: dict[str, list[tuple[str, str]]] = {code: [] for code in more}
        for value in rows:
            if value.list_id in offered and value.is_active_on(today):
                offered[value.list_id].append((value.pk, str(value)))
        return cls(names, labels, offered)

    def value(self, key: str) -> str:
        return self.values.get(key, key).split(" :")[0]


@dataclass(frozen=True)
class Explanation:
    """A structure with its sentences."""

    candidate: Candidate
    against: tuple[str, ...]
    """Why it is excluded; empty when it may be asked."""
    favours: tuple[str, ...]
    cautions: tuple[str, ...]
    travel: str = ""
    """How far the minor is from it: neither for nor against, since what takes away also protects."""


def exploitation_words(place: Territory | None, search: Search, *, has_aways: bool) -> str:
    """Say the place of exploitation and whether a distance is checked: from it, from places to avoid, or from none."""
    if place:
        return f"{place}, {search.away_km}{NBSP}km au moins, hors départements voisins"
    checked = "la distance est vérifiée depuis les lieux à éviter" if has_aways else "aucune distance n’est vérifiée"
    return f"non précisé{NBSP}: {checked}"


def keep_away_words(away: KeepAway) -> str:
    radius = f", {away.radius_km}{NBSP}km au moins" if away.radius_km else " et départements voisins"
    return f"{away.territory}{radius} ({away.get_level_display()})"


def explain(candidate: Candidate, search: Search, rules: Rules, words: Words) -> Explanation:
    return Explanation(
        candidate,
        tuple(_against(code, candidate, search, words) for code in candidate.excluded),
        tuple(sentence for sentence in _favours(candidate, search, rules, words) if sentence),
        tuple(sentence for sentence in _cautions(candidate, search, rules, words) if sentence),
        f"à {candidate.travel_km}{NBSP}km du lieu où se trouve le mineur" if candidate.travel_km else "",
    )


def _against(code: str, c: Candidate, search: Search, words: Words) -> str:
    if code == "away":
        return _away(c, words)
    if code == "suspended":
        return f"suspendue jusqu’au {_day(c.suspended_until)}" if c.suspended_until else "suspendue"
    if code == "imperative":
        return _imperative(c)
    if code == "age":
        return f"accueille de {c.age_min} à {c.age_max}{NBSP}ans, le mineur a {search.age}{NBSP}ans"
    if code == "containment":
        return f"niveau insuffisant{NBSP}: {words.value(f'contenance:{c.containment}').lower()}"
    if code == "contraindication":
        named = [words.value(f"contre_indication:{need}").lower() for need in c.contraindications]
        return f"ne peut pas accueillir{NBSP}: {', '.join(named)}"
    if code == "refused":
        reason = f"{NBSP}: {words.value(c.refusal_reason).lower()}" if c.refusal_reason else ""
        return f"a refusé le {_moment_day(c.answered_at)}{reason}"
    if code == "place":
        return _no_place(c, search)
    if code == "delay":
        return _too_late(c, search)
    return PLAIN[code]


PLAIN = {
    "overseas": "de l’autre côté d’une mer",
    "convention": "aucune convention en vigueur",
    "profile": "profil d’accueil non renseigné",
    "sex": "n’accueille pas ce sexe",
    "form": "n’accueille pas cette forme d’exploitation",
    "habilitation": "habilitation qui ne répond pas au cadre juridique",
    "night": "n’accueille pas la nuit",
    "siblings": "n’accueille pas les fratries",
    "signature": "référentiel non signé, ou à régulariser",
    "training": "équipe non formée, ou à recycler",
    "asked": "déjà interrogée, réponse attendue",
    "answered": "a déjà répondu pour ce mineur",
}


def _imperative(c: Candidate) -> str:
    marks = [f"{code} notée {value}" for code, _, value in (item.partition(":") for item in c.failing)]
    if len(marks) == 1:
        return f"exigence impérative {marks[0]}"
    return f"exigences impératives {', '.join(marks[:-1])} et {marks[-1]}"


def _too_late(c: Candidate, search: Search) -> str:
    if search.is_night:
        return f"{_admits(c)}{NBSP}: trop tard pour cette nuit"
    if not search.admission_days:
        return f"{_admits(c)}{NBSP}: trop tard pour aujourd’hui"
    return f"{_admits(c)}{NBSP}: trop tard pour une demande sous {length_words(search.admission_days * DAY)}"


def _admits(c: Candidate) -> str:
    return f"admet en {c.admission_days}{NBSP}jour{_s(c.admission_days or 0)}"


def _away(c: Candidate, words: Words) -> str:
    reach = Reach(
        c.away_code or "", c.away_reason or "", c.away_radius or 0, True, c.is_same, c.is_adjacent, c.away_km or 0
    )
    return away_words(reach, words.value(reach.reason_id), words.territories.get(reach.code, ""))


def _no_place(c: Candidate, search: Search) -> str:
    if not c.opened:
        return "aucune place ouverte au réseau"
    parts = [f"{c.used} occupée{_s(c.used)}"]
    if c.held:
        parts.append(f"{c.held} retenue{_s(c.held)} par une proposition")
    if c.blocked:
        parts.append(f"{c.blocked} empêchée{_s(c.blocked)}")
    start = f"{c.free} place{_s(c.free)} libre{_s(c.free)} pour {search.together}" if c.free else "aucune place libre"
    return f"{start} ({c.opened} ouverte{_s(c.opened)}{NBSP}: {', '.join(parts)})"


def _favours(c: Candidate, search: Search, rules: Rules, words: Words) -> Iterator[str]:
    if c.away_km is not None and not c.is_avoided and "away" not in c.excluded:
        place = words.territories.get(c.away_code or "", "")
        yield f"à {c.away_km}{NBSP}km du lieu à éviter le plus proche ({place})"
    if c.free:
        yield f"{c.free} place{_s(c.free)} libre{_s(c.free)}" + (
            f", confirmée{_s(c.free)} {_since(c.confirmed_at, search.at)}" if _is_fresh(c, search, rules) else ""
        )
    if search.age is not None and "age" not in c.excluded and c.age_min is not None:
        yield f"{c.age_min} à {c.age_max}{NBSP}ans{NBSP}: oui"
    if c.is_form_chosen:
        yield "a choisi d’accueillir cette forme d’exploitation"
    if c.languages:
        yield f"parle {', '.join(words.value(language) for language in c.languages)}"
    if c.trained_on:
        yield f"équipe formée le {_day(c.trained_on)}"
    if c.signed_at:
        yield f"référentiel signé le {_moment_day(c.signed_at)}"
    if search.is_night and c.takes_at_night:
        yield "accueille la nuit et le week-end"
    if search.together > 1 and c.takes_siblings:
        yield "accueille les fratries"
    if "PSY" in search.needs and c.has_psychologist:
        yield "psychologue dans l’équipe"


def _cautions(c: Candidate, search: Search, rules: Rules, words: Words) -> Iterator[str]:
    if c.is_avoided:
        yield f"près d’un lieu à éviter{NBSP}: {words.territories.get(c.away_code or '', '')}"
    if c.is_overseas and "overseas" not in c.excluded:
        yield "de l’autre côté d’une mer"
    if c.opened and not _is_fresh(c, search, rules):
        since = f"confirmées {_since(c.confirmed_at, search.at)}" if c.confirmed_at else "jamais confirmées"
        yield f"places {since}{NBSP}: à vérifier au téléphone"
    if c.bound_until and (days := (c.bound_until - search.day).days) <= 30 and "convention" not in c.excluded:
        end = f"dans {days}{NBSP}jour{_s(days)}" if days else "aujourd’hui"
        yield f"convention qui prend fin {end}"
    if not c.signed_at and "signature" not in c.excluded:
        yield "référentiel non signé, ou à régulariser"
    if not c.trained_on and "training" not in c.excluded:
        yield "équipe non formée, ou à recycler"
    if search.languages and not c.languages:
        yield "ne parle aucune langue du mineur"
    if search.age is None:
        yield "âge inconnu, à vérifier avec la structure"
    yield _delay_caution(c, search)
    if c.recent:
        yield f"{c.recent} arrivée{_s(c.recent)} en {rules.fair_days}{NBSP}jours"


def _delay_caution(c: Candidate, search: Search) -> str:
    """Say a delay that nobody knows, or that the rules let through though it is too long."""
    if search.admission_days is None or "delay" in c.excluded:
        return ""
    if c.admission_days is None:
        return f"délai d’admission inconnu{NBSP}: à vérifier au téléphone"
    return _admits(c) if c.admission_days > search.admission_days else ""


def _is_fresh(c: Candidate, search: Search, rules: Rules) -> bool:
    return c.confirmed_at is not None and c.confirmed_at >= search.at - dt.timedelta(hours=rules.fresh_hours)


def _since(moment: dt.datetime | None, now: dt.datetime) -> str:
    if moment is None:
        return ""
    hours = int((now - moment).total_seconds() // 3600)
    if hours < 1:
        return "à l’instant"
    return f"il y a {hours}{NBSP}h" if hours < 48 else f"il y a {hours // 24}{NBSP}jours"


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _moment_day(moment: dt.datetime | None) -> str:
    return _day(timezone.localdate(moment)) if moment else ""


def _s(number: int) -> str:
    return "s" if number > 1 else ""
