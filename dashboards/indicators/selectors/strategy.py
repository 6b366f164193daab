"""Indicator 7, qualitative: measures of the strategy of continuous training."""

from django.db import connection
from django.db.models import (
    BooleanField,
    Case as Choose,
    Count,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
)

from cases.models import IncidentTask, Placement
from cms.documents.models import DocumentKind
from dashboards.indicators.enums import COUNTED
from dashboards.indicators.rules import definitions
from dashboards.indicators.rules.results import Figure, Result, share_figure
from dashboards.indicators.selectors.cube import cube
from dashboards.indicators.selectors.cuts import Dimension, breakdowns, two_way
from dashboards.indicators.selectors.documents import document_figure
from dashboards.indicators.selectors.lexicon import MODULE as MODULE_PREFIX, Lexicon, month_of, region_of, text
from dashboards.indicators.selectors.partners import structures
from dashboards.periods import Period
from formation.enums import SessionState
from formation.models import Enrolment, HalfDay, Session
from formation.people.selectors.training import EVER, Rules, makes_trained, refresh_since, rules_in_force
from formation.year_plan.selectors import plan_measured

PLANNED, CANCELLED = "planned", "cancelled"
MONTH = Dimension("by_month", "Sessions tenues, par mois", "month")
MODULE = Dimension("by_module", "Sessions tenues, par module", prefix=MODULE_PREFIX)
TERRITORY = Dimension("by_territory", "Sessions tenues, par département", "territory")
REGION = Dimension("by_region", "Sessions tenues, par région", "region")
CUTS = (MONTH, MODULE, TERRITORY, REGION)


def population(period: Period, lexicon: Lexicon) -> QuerySet[Session]:
    """Return the sessions that end in the period; `counted` when they were held."""
    hours = HalfDay.objects.filter(session_id=OuterRef("pk")).order_by().values("session_id")
    return (
        Session.objects.real()
        .filter(ends_on__range=(period.first, period.last))
        .annotate(  # type: ignore[no-redef] # `hours` is declared on the model for whoever reads it
            line=Choose(
                When(state=SessionState.HELD, then=text(COUNTED)),
                When(state=SessionState.CANCELLED, then=text(CANCELLED)),
                default=text(PLANNED),
            ),
            hours=Subquery(hours.annotate(n=Sum("hours")).values("n")),
            by_month=month_of("ends_on"),
            by_module=F("module_code"),
            by_territory=F("territory_id"),
            by_region=region_of("territory"),
        )
    )


def compute(period: Period, lexicon: Lexicon) -> Result:
    counts = cube(
        population(period, lexicon),
        [cut.name for cut in CUTS],
        columns=("hours",),
        measures={"hours": "sum(hours)"},
        crossed=(("by_region", "by_module"), ("by_month", "by_module")),
    )
    held, planned, cancelled = counts.count(), counts.count(PLANNED), counts.count(CANCELLED)
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
            Figure("I7.hours", "Heures de formation données", float(counts.measures().get("hours") or 0)),
            *_structures(period),
            _actions(period),
        ),
        breakdowns=breakdowns(counts, CUTS, period, lexicon),
        grids=(
            two_way("region_module", "Région et module", counts, (REGION, MODULE), period, lexicon),
            two_way("month_module", "Mois et module", counts, (MONTH, MODULE), period, lexicon),
        ),
    )


def _structures(period: Period) -> tuple[Figure, Figure, Figure]:
    """Return the shares of structures whose team was trained: in the period, before the first stay, lately."""
    rules = rules_in_force()
    teams = _teams(period, rules)
    label = f"Structures dont l’équipe a été formée depuis moins de {rules.refresh_months} mois"
    return (
        share_figure("I7.teams", "Structures dont l’équipe a été formée dans la période", teams["taught"], teams["n"]),
        share_figure("I7.before", "Structures formées avant leur premier accueil", teams["before"], teams["housed"]),
        share_figure("I7.refreshed", label, teams["refreshed"], teams["n"]),
    )


def _actions(period: Period) -> Figure:
    """Count the actions of retours d’expérience that name a module, of incidents declared in the period."""
    tasks = IncidentTask.objects.filter(
        is_action=True,
        incident__is_test=False,
        incident__declared_on__range=(period.first, period.last),
    ).exclude(module_code="")
    counted = tasks.aggregate(n=Count("pk"), done=Count("done_at"))
    return Figure(
        "I7.actions",
        "Actions de formation décidées après un retour d’expérience",
        counted["n"],
        note=f"dont {counted['done']} faite{'s' if counted['done'] > 1 else ''}",
    )


# Set side by side and grouped by house, not joined: PostgreSQL expects one house, and would read all for each of them.
TEAMS = """
SELECT count(*), count(*) FILTER (WHERE is_taught), count(housed_on),
  count(*) FILTER (WHERE first_trained <= housed_on), count(*) FILTER (WHERE last_trained >= %s)
FROM (
  SELECT bool_or(is_house) AS is_house, bool_or(is_taught) AS is_taught, min(first_trained) AS first_trained,
    max(last_trained) AS last_trained, min(housed_on) AS housed_on
  FROM (
    SELECT id, true, NULL::boolean, NULL::date, NULL::date, NULL::date FROM ({houses}) s(id)
    UNION ALL
    SELECT employer, NULL, bool_or(was_there AND day >= %s), min(day) FILTER (WHERE is_trained),
      max(day) FILTER (WHERE is_trained AND day <= %s), NULL
    FROM ({taught}) e(employer, day, was_there, is_trained) GROUP BY employer
    UNION ALL
    SELECT partner, NULL, NULL, NULL, NULL, min(day) FROM ({arrivals}) a(partner, day) GROUP BY partner
  ) u(id, is_house, is_taught, first_trained, last_trained, housed_on)
  GROUP BY id) t
WHERE is_house"""


def _teams(period: Period, rules: Rules) -> dict[str, int]:
    """Count structures of the last day: all, taught in the period, that housed, taught before they first housed, not
    due for a refresher. Teams and arrivals are grouped once: looking them up house by house took a second a thousand.
    """
    parts = {
        "houses": structures(period.as_of).filter(line=COUNTED).order_by().values_list("pk"),
        "taught": Enrolment.objects.counted(EVER, period.last)
        .filter(employer__isnull=False)
        .order_by()
        .annotate(was_there=_true(Q(hours_present__gt=0)), is_trained=_true(makes_trained(rules)))
        .values_list("employer_id", "session__ends_on", "was_there", "is_trained"),
        # Not `real`: a new request would have this indicator counted again.
        "arrivals": Placement.objects.of_real_files().confirmed().order_by().values_list("partner_id", "arrived_on"),
    }
    read = {name: rows.query.sql_with_params() for name, rows in parts.items()}
    days = [refresh_since(period.as_of, rules), period.first, period.as_of]
    (_, houses), (_, taught), (_, arrivals) = read.values()
    with connection.cursor() as cursor:
        statement = TEAMS.format(**{name: sql for name, (sql, _) in read.items()})
        cursor.execute(statement, [days[0], *houses, *days[1:], *taught, *arrivals])
        return dict(zip(("n", "taught", "housed", "before", "refreshed"), cursor.fetchone(), strict=True))


def _true(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())
