"""The first half-year of the fictitious network, closed and published by two people; what the State asks."""

import datetime as dt
from collections import Counter

from cms.partners.enums import PartnerKind
from cms.partners.models import Partner
from cms.users.models import User
from cms.wall import scope
from dashboards.indicators.rules.results import Result
from dashboards.indicators.selectors.cuts import most_first
from dashboards.periods import Period
from dashboards.reporting.periods.models import ClosedPeriod
from dashboards.reporting.periods.rules import thaw
from dashboards.reporting.periods.services import period_close_agree, period_close_ask
from dashboards.reporting.releases.services import release_agree, release_ask
from dashboards.reporting.state.services import committee_write, question_answer, question_ask
from dashboards.reporting.targets.services import target_set

TARGETS = {"I1": 260, "I2": 150, "I3": 80, "I4.authorities": 25, "I4.structures": 15, "I5": 40, "I6.trained": 450}


def period_before(today: dt.date) -> Period:
    """Return the first half of the year once it is over, or the whole year before: both are of the calendar."""
    if today > dt.date(today.year, 6, 30):
        return Period(dt.date(today.year, 1, 1), dt.date(today.year, 6, 30))
    return Period(dt.date(today.year - 1, 1, 1), dt.date(today.year - 1, 12, 31))


def comments_of(closed: ClosedPeriod) -> dict[str, str]:
    """Return what the coordination says beside the figures: what the tables show, whatever was drawn."""
    results = thaw(closed.content).results
    missing = Counter[str]()
    for row in next(grid for grid in results["I2"].grids if grid.code == "missing").rows:
        missing[row[2]] += row[3]
    said = {
        "I1": ("Les demandes viennent d’abord de", _most(results["I1"], "by_family")),
        "I2": ("Ce qui a manqué le plus souvent", [label for label, _ in missing.most_common(1)]),
        "I7": ("Modules les plus donnés dans la période", _most(results["I7"], "by_module")),
    }
    return {code: f"{words} : {' ; '.join(labels)}." for code, (words, labels) in said.items() if labels}


def _most(result: Result, cut: str) -> list[str]:
    """Return the words of the two largest lines of a breakdown, what is not filled in left out."""
    rows = [row for row in result.breakdown_always(cut).rows if row.key]
    return [row.label for row in most_first(rows)[:2]]


def reporting_load(*, accounts: dict[str, User], today: dt.date) -> None:
    first, second, reader = accounts["coordination"], accounts["direction"], accounts["state-reader"]
    period = period_before(today)
    title = f"{'1er semestre' if period.last.month == 6 else 'Année'} {period.first.year}"
    with scope.acting(first):
        for code, value in TARGETS.items():
            target_set(by=first, year=1, code=code, value=value)
        closed = period_close_ask(by=first, period=period, title=title)
    with scope.acting(second):
        closed = period_close_agree(by=second, closed=closed)
        release = release_ask(by=second, closed=closed, comments=comments_of(closed))
    with scope.acting(first):
        release_agree(by=first, release=release)
        _committees(first, today)
    _questions(first, reader, today)


def _committees(by: User, today: dt.date) -> None:
    committee_write(
        by=by,
        title="Comité de suivi de l’automne",
        held_on=today - dt.timedelta(days=20),
        begins_at=dt.time(14, 30),
        place="En visioconférence",
        agenda="Chiffres du semestre\nPlaces à ouvrir outre-mer",
        minutes="Les chiffres du semestre sont présentés.\nDeux départements sont à approcher en premier.",
    )
    committee_write(
        by=by,
        title="Comité de suivi de l’hiver",
        held_on=today + dt.timedelta(days=40),
        begins_at=dt.time(10, 0),
        place="Au ministère",
        agenda="Bilan de l’année\nPlan de formation",
    )


def _questions(first: User, reader: User, today: dt.date) -> None:
    with scope.acting(reader):
        body = Partner.objects.get(kind=PartnerKind.STATE)
        answered = question_ask(
            by=reader,
            partner=body,
            subject="Part des demandes reçues la nuit",
            body="Comment l’astreinte est-elle tenue le week-end ?",
        )
        question_ask(
            by=reader,
            partner=body,
            subject="Places outre-mer",
            body="Combien de places sont prévues outre-mer l’an prochain ?",
            due_on=today + dt.timedelta(days=9),
        )
    with scope.acting(first):
        question_answer(
            by=first,
            question=answered,
            answer="Deux personnes se relaient, à deux rangs ; chaque appel sans réponse passe au rang suivant.",
        )
        question_ask(
            by=first,
            partner=body,
            subject="Calendrier de l’avenant",
            body="Quand l’avenant à la convention peut-il être signé ?",
            due_on=today + dt.timedelta(days=15),
        )
