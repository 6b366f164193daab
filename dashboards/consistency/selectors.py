"""« À corriger »: inconsistencies in the files, each line leading to the screen where it is corrected."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from cases.enums import Frame
from cases.extra.selectors import answers_missing, incomplete
from cases.models import LegalFrame, Placement
from cases.stays.selectors import stays_under_expired
from cms.partners.models import Contact, Convention, Partner, Place
from cms.values.settings import setting_value
from formation.enums import SessionState
from formation.models import CounterSignature, HalfDay, Session

SHOWN = 50
"""Lines shown under each title; the number says how many there are."""


@dataclass(frozen=True)
class CheckLine:
    """One thing to put right: what is shown of it, what is wrong, and where it is corrected."""

    label: str
    hint: str
    url: str


@dataclass(frozen=True)
class Check:
    """`rows` finds what is wrong on a day, `line` says one of them."""

    code: str
    title: str
    advice: str
    rows: Callable[[dt.date], QuerySet]
    line: Callable[[Any], CheckLine]


@dataclass(frozen=True)
class CheckResult:
    check: Check
    count: int
    lines: tuple[CheckLine, ...] = ()


def unframed(day: dt.date) -> QuerySet[Placement]:
    """Return the stays longer than the delay of minors whose legal frame is not settled."""
    since = day - dt.timedelta(days=setting_value("figures.frame_days"))
    settled = LegalFrame.objects.filter(case_id=OuterRef("case_id"), replaced_at=None).exclude(frame_id=Frame.NONE)
    rows = Placement.objects.real().confirmed().present_on(day).of_minors()
    return rows.filter(~Exists(settled), legal_frame_id=Frame.NONE, arrived_on__lt=since)


def unsheeted(day: dt.date) -> QuerySet[Session]:
    """Return the sessions held with a half-day whose sheet is not countersigned, and the first of these half-days."""
    signed = CounterSignature.objects.filter(half_day_id=OuterRef("pk"))
    missing = HalfDay.objects.filter(~Exists(signed), session_id=OuterRef("pk"))
    rows = Session.objects.real().filter(Exists(missing), state=SessionState.HELD, ends_on__lt=day)
    return rows.annotate(half_day=Subquery(missing.order_by("day", "begins_at").values("pk")[:1]))


def overfull(day: dt.date) -> QuerySet[Partner]:
    """Return the structures that house more minors than they have places open."""
    stays = Placement.objects.real().present_on(day).filter(partner_id=OuterRef("pk"))
    places = Place.objects.on(day).filter(partner_id=OuterRef("pk"))
    return (
        Partner.objects.structures()
        .filter(is_test=False)
        .annotate(present=_count(stays), open_places=_count(places))
        .filter(present__gt=F("open_places"))
    )


def _count(rows: QuerySet) -> Coalesce:
    counted = rows.order_by().values("partner_id").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def unreachable(day: dt.date) -> QuerySet[Partner]:
    """Return the partners under convention that have no contact."""
    contacts = Contact.objects.filter(partner_id=OuterRef("pk"))
    in_force = Convention.objects.in_force_on(day).filter(partner_id=OuterRef("pk"))
    return Partner.objects.filter(Exists(in_force), ~Exists(contacts), is_test=False, closed_on=None)


def unconfirmed(day: dt.date) -> QuerySet[Placement]:
    """Return the arrivals that should have been confirmed by now: until then they count nowhere."""
    since = day - dt.timedelta(days=setting_value("figures.entry_days"))
    return Placement.objects.real().filter(confirmed_at=None, ended_on=None, arrived_on__lt=since)


def late_entries(day: dt.date) -> QuerySet[Placement]:
    """Return the arrivals of the last ninety days confirmed long after they happened."""
    late = dt.timedelta(days=setting_value("figures.entry_days"))
    rows = Placement.objects.real().confirmed().filter(arrived_on__gt=day - dt.timedelta(days=90))
    return rows.filter(confirmed_at__gt=F("arrived_at") + late)


def _stay(hint: Callable[[Placement], str]) -> Callable[[Placement], CheckLine]:
    return lambda row: CheckLine(row.case.reference, hint(row), reverse("cases_placement:inspect", args=[row.pk]))


def _partner(hint: Callable[[Any], str], screen: str = "inspect") -> Callable[[Partner], CheckLine]:
    return lambda row: CheckLine(str(row), hint(row), reverse(f"partners_partner:{screen}", args=[row.pk]))


def _ended(row: Placement) -> str:
    convention = row.convention
    if convention is None:
        return ""
    if convention.denounced_on:
        return f"convention dénoncée le {convention.denounced_on:%d/%m/%Y}"
    return f"convention échue depuis le {convention.ends_on:%d/%m/%Y}"


CHECKS = (
    Check(
        "frame",
        "Mineur présent sans cadre juridique",
        "Ouvrez la situation, puis inscrivez la mesure prise ou relancez l’autorité.",
        lambda day: unframed(day).select_related("case").order_by("arrived_on"),
        lambda row: CheckLine(
            row.case.reference,
            f"arrivé le {row.arrived_on:%d/%m/%Y}",
            reverse("cases_case:inspect", args=[row.case_id]),
        ),
    ),
    Check(
        "expired",
        "Convention terminée, mineurs encore présents",
        "Renouvelez la convention, ou préparez un autre accueil.",
        stays_under_expired,
        _stay(_ended),
    ),
    Check(
        "overfull",
        "Plus de mineurs que de places ouvertes",
        "Vérifiez les séjours en cours, puis les places de la structure.",
        lambda day: overfull(day).order_by("code_name"),
        _partner(lambda row: f"{row.present} présents pour {row.open_places} places"),
    ),
    Check(
        "sheet",
        "Session tenue sans feuille contresignée",
        "Le formateur contresigne chaque demi-journée ; sans cela, personne n’est compté comme formé.",
        lambda day: unsheeted(day).order_by("ends_on"),
        lambda row: CheckLine(
            row.title, f"terminée le {row.ends_on:%d/%m/%Y}", reverse("formation:board", args=[row.half_day])
        ),
    ),
    Check(
        "case_fields",
        "Situation où une réponse obligatoire manque",
        "Complétez les champs ajoutés par le réseau dans les faits de la situation.",
        lambda day: incomplete("case").annotate(missing=answers_missing("case")).order_by("opened_on"),
        lambda row: CheckLine(row.reference, " ; ".join(row.missing), reverse("cases_case:edit", args=[row.pk])),
    ),
    Check(
        "request_fields",
        "Demande en cours où une réponse obligatoire manque",
        "Demandez-la au service, puis complétez la demande. Elle n’a jamais retenu une urgence.",
        lambda day: (
            incomplete("sollicitation").annotate(missing=answers_missing("sollicitation")).order_by("received_at")
        ),
        lambda row: CheckLine(
            row.reference, " ; ".join(row.missing), reverse("cases_sollicitation:edit", args=[row.pk])
        ),
    ),
    Check(
        "contact",
        "Partenaire sous convention sans personne à joindre",
        "Ajoutez un contact à la fiche du partenaire.",
        lambda day: unreachable(day).order_by("code_name"),
        _partner(lambda row: row.get_kind_display()),
    ),
    Check(
        "unconfirmed",
        "Arrivée prévue et jamais confirmée",
        "La structure confirme l’arrivée, ou la coordination met fin au séjour : jusque-là, il ne compte pas.",
        lambda day: unconfirmed(day).select_related("case").order_by("arrived_on"),
        _stay(lambda row: f"attendue le {row.arrived_on:%d/%m/%Y}"),
    ),
    Check(
        "late",
        "Arrivée saisie tard",
        "Le chiffre du mois a changé après coup : vérifiez la date, puis voyez avec la structure.",
        lambda day: late_entries(day).select_related("case").order_by("-arrived_on"),
        _stay(
            lambda row: (
                f"arrivée le {row.arrived_on:%d/%m/%Y}, saisie le {timezone.localdate(row.confirmed_at):%d/%m/%Y}"
            )
        ),
    ),
)


def consistency_counts(day: dt.date) -> dict[str, int]:
    """Count the lines that each check finds, in one statement."""
    parts = [
        check.rows(day)
        .order_by()
        .values(check_code=Value(check.code))
        .annotate(n=Count("pk"))
        .values_list("check_code", "n")
        for check in CHECKS
    ]
    return dict(parts[0].union(*parts[1:], all=True))


def consistency_board(day: dt.date) -> list[CheckResult]:
    """List every check with its first lines, those that find something first."""
    counts = consistency_counts(day)
    results = [
        CheckResult(
            check,
            counts.get(check.code, 0),
            tuple(check.line(row) for row in check.rows(day)[:SHOWN]) if counts.get(check.code) else (),
        )
        for check in CHECKS
    ]
    return sorted(results, key=lambda item: item.count == 0)
