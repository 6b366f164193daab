"""Indicator 6: professionals trained, and professionals supported. Two figures, never summed."""

from django.db.models import (
    Case as Choose,
    Count,
    F,
    IntegerField,
    Q,
    QuerySet,
    Sum,
    When,
)

from dashboards.indicators import definitions
from dashboards.indicators.cube import COUNTED, Cube, cube
from dashboards.indicators.lexicon import Lexicon, extra, month_of, region_of, text
from dashboards.indicators.results import Dimension, Figure, Result, breakdown, breakdowns, share
from dashboards.periods import Period
from formation.models import Enrolment, SupportAct
from formation.selectors import awareness_enrolments, trained_enrolments

AWARE, PARTLY = "aware", "partly"
PERSONS, TEAMS = "persons", "teams"
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
SUPPORT_GROUP = Dimension(
    "by_support_group", "Accompagnés nommés, par groupe de professions", prefix="groupe_profession:"
)
SUPPORT_EMPLOYER = Dimension("by_support_employer", "Accompagnés nommés, par type d’employeur")
SUPPORT_KIND = Dimension("by_support_kind", "Accompagnés nommés, par nature de l’acte")
SUPPORT_REGION = Dimension("by_support_region", "Accompagnés nommés, par région d’exercice", "region")
SUPPORT_CUTS = (SUPPORT_GROUP, SUPPORT_EMPLOYER, SUPPORT_KIND, SUPPORT_REGION)
TEAM_TYPE = Dimension("by_team_type", "Équipes, par type de structure")
TEAM_REGION = Dimension("by_team_region", "Équipes, par région", "region")
TEAM_CUTS = (TEAM_TYPE, TEAM_REGION)
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
    helped = cube(supported(period, lexicon), [cut.name for cut in SUPPORT_CUTS])
    groups = cube(teams(period, lexicon), (), columns=("head_count",), measures={"heads": "sum(head_count)"})
    persons, heads = helped.count(PERSONS), groups.measures(key=(TEAMS,)).get("heads", 0)
    return Result(
        definitions.PROFESSIONALS,
        headline=(
            Figure("I6.trained", "Professionnels formés", found.count(), line=COUNTED),
            Figure("I6.supported", "Professionnels accompagnés", persons + heads),
        ),
        companions=(
            *_companions(found, period),
            Figure("I6.persons", "Accompagnés nommés", persons, line=PERSONS),
            Figure(
                "I6.teams",
                "Équipes accompagnées",
                groups.count(TEAMS),
                note=f"{heads} personne{'s' if heads > 1 else ''}" if heads else "",
                line=TEAMS,
            ),
        ),
        breakdowns=(
            *breakdowns(found, CUTS, period, lexicon),
            *(breakdown(helped, cut, period, lexicon, line=PERSONS) for cut in SUPPORT_CUTS),
        ),
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


def supported(period: Period, lexicon: Lexicon) -> QuerySet[SupportAct]:
    """One row a person named in an act of support: the first act of the period."""
    return (
        SupportAct.objects.counted(period.first, period.last)
        .filter(professional__is_test=False)
        .annotate(
            line=text(PERSONS),
            by_support_group=extra("professional__profession__extra", "group"),
            by_support_employer=F("professional__employer_type_id"),
            by_support_kind=F("kind_id"),
            by_support_region=region_of("professional__territory"),
        )
        .order_by("professional_id", "happened_on", "id")
        .distinct("professional_id")
    )


def teams(period: Period, lexicon: Lexicon) -> QuerySet[SupportAct]:
    """One row a team supported without naming anybody: the act of the period with the most people."""
    return (
        SupportAct.objects.counted(period.first, period.last)
        .filter(professional=None, partner__is_test=False)
        .annotate(
            line=text(TEAMS),
            by_team_type=F("partner__structure_type_id"),
            by_team_region=region_of("partner__territory"),
        )
        .order_by("partner_id", "-head_count", "happened_on", "id")
        .distinct("partner_id")
    )
