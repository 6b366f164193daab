"""Indicator 6: professionals trained, and professionals supported. Two figures, never summed."""

from django.db.models import (
    Case as Choose,
    Count,
    F,
    IntegerField,
    Max,
    Q,
    QuerySet,
    Sum,
    When,
)

from dashboards.indicators import definitions
from dashboards.indicators.cube import COUNTED, Cube, cube
from dashboards.indicators.lexicon import Lexicon, extra, month_of, region_of, text
from dashboards.indicators.results import Dimension, Figure, Result, breakdowns, share
from dashboards.periods import Period
from formation.models import Enrolment, SupportAct
from formation.selectors import awareness_enrolments, trained_enrolments

AWARE, PARTLY = "aware", "partly"
MONTH = Dimension("by_month", "Par mois", "month")
TERRITORY = Dimension("by_territory", "Par département d’exercice", "territory")
REGION = Dimension("by_region", "Par région d’exercice", "region")
PROFESSION = Dimension("by_profession", "Par profession")
GROUP = Dimension("by_group", "Par groupe de professions", prefix="groupe_profession:")
EMPLOYER = Dimension("by_employer", "Par type d’employeur")
PARTNER = Dimension(
    "by_partner",
    "Structures partenaires et autres employeurs",
    "choices",
    choices={"true": "Structure partenaire", "false": "Autre employeur"},
)
CUTS = (MONTH, TERRITORY, REGION, GROUP, PROFESSION, EMPLOYER, PARTNER)


def participations(period: Period) -> QuerySet[Enrolment]:
    """Participations of the period, trainers apart, with `hours_total` of the session and `hours_present`."""
    return Enrolment.objects.counted(period.first, period.last).with_hours().filter(hours_present__gt=0)


def population(period: Period, lexicon: Lexicon) -> QuerySet[Enrolment]:
    """One row a person: the first session that makes the person trained, else aware, else partly present."""
    trained = Q(pk__in=trained_enrolments(period.first, period.last).order_by().values("pk"))
    aware = Q(pk__in=awareness_enrolments(period.first, period.last).order_by().values("pk"))
    return (
        participations(period)
        .annotate(
            line=Choose(When(trained, then=text(COUNTED)), When(aware, then=text(AWARE)), default=text(PARTLY)),
            rank=Choose(When(trained, then=0), When(aware, then=1), default=2, output_field=IntegerField()),
            by_month=month_of("session__ends_on"),
            by_territory=F("professional__territory_id"),
            by_region=region_of("professional__territory"),
            by_profession=F("profession_id"),
            by_group=extra("profession__extra", "group"),
            by_employer=F("employer_type_id"),
            by_partner=extra("employer_type__extra", "is_partner"),
        )
        .order_by("professional_id", "rank", "session__ends_on", "id")
        .distinct("professional_id")
    )


def compute(period: Period, lexicon: Lexicon) -> Result:
    found = cube(population(period, lexicon), [cut.name for cut in CUTS])
    persons, teams, heads = supported(period)
    return Result(
        definitions.PROFESSIONALS,
        headline=(
            Figure("I6.trained", "Professionnels formés", found.count(), line=COUNTED),
            Figure("I6.supported", "Professionnels accompagnés", persons + heads),
        ),
        companions=(
            *_companions(found, period),
            Figure("I6.persons", "Accompagnés nommés", persons),
            Figure("I6.teams", "Équipes accompagnées", teams, note=f"{heads} personnes" if heads else ""),
        ),
        breakdowns=breakdowns(found, CUTS, period, lexicon),
        notes=("Une personne peut être formée et accompagnée : les deux chiffres ne s’additionnent pas.",),
    )


def _companions(found: Cube, period: Period) -> tuple[Figure, ...]:
    worked = participations(period).aggregate(n=Count("pk"), hours=Sum("hours_present"))
    partners = found.by("by_partner").get("true", 0)
    return (
        Figure("I6.aware", "Sensibilisés en moins de 3 heures (à part)", found.count(AWARE), line=AWARE),
        Figure("I6.participations", "Participations", worked["n"]),
        Figure("I6.hours", "Heures-stagiaires", float(worked["hours"] or 0)),
        Figure("I6.partners", "Formés des structures partenaires", share(partners, found.count()), "percent"),
    )


def supported(period: Period) -> tuple[int, int, int]:
    """Named persons supported, teams supported, and the people in those teams (largest head count of each)."""
    acts = SupportAct.objects.filter(is_test=False, happened_on__range=(period.first, period.last))
    persons = acts.aggregate(n=Count("professional", filter=Q(professional__is_test=False), distinct=True))["n"]
    teams = (
        acts.filter(professional=None, partner__is_test=False)
        .order_by()
        .values("partner_id")
        .annotate(heads=Max("head_count"))
        .aggregate(n=Count("partner_id"), people=Sum("heads"))
    )
    return persons, teams["n"], teams["people"] or 0
