"""Indicator 7, qualitative: what measures the strategy of continuous training."""

from django.db.models import Case as Choose, Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Sum, When

from cases.models import Placement
from cms.documents.models import DocumentKind
from dashboards.indicators import definitions
from dashboards.indicators.cube import COUNTED, cube
from dashboards.indicators.documents import document_figure
from dashboards.indicators.lexicon import Lexicon, month_of, text
from dashboards.indicators.partners import structures
from dashboards.indicators.professionals import participations
from dashboards.indicators.results import Dimension, Figure, Result, breakdowns, share_figure
from dashboards.periods import Period
from formation.enums import SessionState
from formation.models import HalfDay, Session
from formation.selectors import EVER, Rules, refresh_since, rules_in_force, trained_enrolments
from formation.selectors.year_plan import plan_measured

PLANNED, CANCELLED = "planned", "cancelled"
MONTH = Dimension("by_month", "Sessions tenues, par mois", "month")
MODULE = Dimension("by_module", "Sessions tenues, par module")
TERRITORY = Dimension("by_territory", "Sessions tenues, par département", "territory")
CUTS = (MONTH, MODULE, TERRITORY)


def population(period: Period, lexicon: Lexicon) -> QuerySet[Session]:
    """Sessions that end in the period; `counted` when they were held."""
    hours = HalfDay.objects.filter(session_id=OuterRef("pk")).order_by().values("session_id")
    return (
        Session.objects.real()
        .filter(ends_on__range=(period.first, period.last))
        .annotate(
            line=Choose(
                When(state=SessionState.HELD, then=text(COUNTED)),
                When(state=SessionState.CANCELLED, then=text(CANCELLED)),
                default=text(PLANNED),
            ),
            hours=Subquery(hours.annotate(n=Sum("hours")).values("n")),
            by_month=month_of("ends_on"),
            by_module=F("module_code"),
            by_territory=F("territory_id"),
        )
    )


def compute(period: Period, lexicon: Lexicon) -> Result:
    found = cube(
        population(period, lexicon), [cut.name for cut in CUTS], columns=("hours",), measures={"hours": "sum(hours)"}
    )
    held, planned, cancelled = found.count(), found.count(PLANNED), found.count(CANCELLED)
    rules = rules_in_force()
    teams, months = _teams(period, rules), rules.refresh_months
    plan = plan_measured(period.first, period.last)
    # Without a published plan, what was planned session by session stands for it.
    done = (plan.held, plan.planned) if plan.planned else (held, held + planned + cancelled)
    return Result(
        definitions.STRATEGY,
        headline=(Figure("I7", "Sessions tenues", held, line=COUNTED),),
        companions=(
            document_figure("I7.document", "Stratégie publiée", DocumentKind.TRAINING_STRATEGY, period.as_of),
            share_figure("I7.achieved", "Plan réalisé", *done),
            Figure("I7.plan", "Sessions du plan annuel publié, pour les trimestres entiers", plan.planned),
            Figure("I7.target", "Personnes visées par ce plan", plan.target),
            Figure("I7.reached", "Personnes formées aux modules de ce plan", plan.people),
            Figure("I7.planned", "Sessions encore prévues", planned, line=PLANNED),
            Figure("I7.cancelled", "Sessions annulées", cancelled, line=CANCELLED),
            Figure("I7.hours", "Heures de formation données", float(found.measures().get("hours") or 0)),
            share_figure(
                "I7.teams", "Structures dont l’équipe a été formée dans la période", teams["taught"], teams["n"]
            ),
            share_figure(
                "I7.before", "Structures formées avant leur premier accueil", teams["before"], teams["housed"]
            ),
            share_figure(
                "I7.refreshed",
                f"Structures dont l’équipe a été formée depuis moins de {months} mois",
                teams["refreshed"],
                teams["n"],
            ),
        ),
        breakdowns=breakdowns(found, CUTS, period, lexicon),
    )


def _teams(period: Period, rules: Rules) -> dict[str, int]:
    """Structures counted on the last day: all, taught in the period, that housed, taught before they first housed, not
    due for a refresher.
    """
    arrivals = Placement.objects.real().confirmed().filter(partner_id=OuterRef("pk")).order_by()
    first = arrivals.values("partner_id").annotate(day=Min("arrived_on")).values("day")
    team = {"employer_id": OuterRef("pk")}
    taught = participations(period).filter(**team)
    fresh = trained_enrolments(refresh_since(period.as_of, rules), period.as_of, rules).filter(**team)
    trained_first = trained_enrolments(EVER, period.last, rules).filter(
        **team, session__ends_on__lte=OuterRef("housed_on")
    )
    return (
        structures(period.as_of)
        .filter(line=COUNTED)
        .annotate(housed_on=Subquery(first))
        .annotate(is_taught=Exists(taught), was_ready=Exists(trained_first), is_fresh=Exists(fresh))
        .aggregate(
            n=Count("pk"),
            taught=Count("pk", filter=Q(is_taught=True)),
            housed=Count("pk", filter=Q(housed_on__isnull=False)),
            before=Count("pk", filter=Q(was_ready=True)),
            refreshed=Count("pk", filter=Q(is_fresh=True)),
        )
    )
