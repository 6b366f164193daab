"""Indicator 6: professionals trained, and professionals supported. Two figures, never summed."""

from collections import Counter
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import (
    Case as Choose,
    CharField,
    DateField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    When,
)
from django.db.models.functions import ExtractYear, NullIf
from django.db.models.lookups import LessThanOrEqual

from cms.documents.signatures.policies import READERS
from cms.partners.enums import PartnerKind
from cms.partners.models import Membership
from dashboards.indicators.enums import COUNTED
from dashboards.indicators.rules import definitions
from dashboards.indicators.rules.results import Breakdown, Figure, Result, Row, share, share_figure
from dashboards.indicators.selectors.cube import Cube, cube
from dashboards.indicators.selectors.cuts import Dimension, breakdown, breakdowns, two_way
from dashboards.indicators.selectors.lexicon import UNKNOWN, Lexicon, month_of, text
from dashboards.indicators.selectors.partners import structures
from dashboards.indicators.selectors.training import (
    GAIN,
    OPINION,
    WORKED,
    gain_figure,
    opinion_figure,
    participations,
    training_totals,
)
from dashboards.periods import Period
from formation.models import Enrolment, Professional, SupportAct
from formation.people.selectors.training import (
    EVER,
    makes_aware,
    makes_trained,
    refresh_since,
    rules_in_force,
    trained_enrolments,
)

AWARE, PARTLY = "aware", "partly"
HIRE_DELAY = "(%(expressions)s + interval '6 months')::date"
PERSONS, TEAMS, HIRES = "persons", "teams", "hires"
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
SEX = Dimension("by_sex", "Par sexe, dit librement", "choices", choices={"F": "Femmes", "M": "Hommes", "X": "Autre"})
SENIORITY = Dimension(
    "by_seniority",
    "Par ancienneté dans le métier",
    "choices",
    choices={"new": "Moins de 2 ans", "settled": "De 2 à 5 ans", "long": "De 6 à 10 ans", "most": "Plus de 10 ans"},
)
SUPPORT_MONTH = Dimension("by_support_month", "Accompagnés nommés, par mois du premier acte", "month")
SUPPORT_TERRITORY = Dimension("by_support_territory", "Accompagnés nommés, par département d’exercice", "territory")
SUPPORT_PROFESSION = Dimension("by_support_profession", "Accompagnés nommés, par profession")
SUPPORT_GROUP = Dimension(
    "by_support_group", "Accompagnés nommés, par groupe de professions", prefix="groupe_profession:"
)
SUPPORT_EMPLOYER = Dimension("by_support_employer", "Accompagnés nommés, par type d’employeur")
SUPPORT_KIND = Dimension("by_support_kind", "Accompagnés nommés, par nature de l’acte")
SUPPORT_REGION = Dimension("by_support_region", "Accompagnés nommés, par région d’exercice", "region")
SUPPORT_PARTNER = replace(
    PARTNER, name="by_support_partner", title="Accompagnés nommés, structures et autres employeurs"
)
SUPPORT_SEX = replace(SEX, name="by_support_sex", title="Accompagnés nommés, par sexe, dit librement")
SUPPORT_SENIORITY = replace(
    SENIORITY, name="by_support_seniority", title="Accompagnés nommés, par ancienneté dans le métier"
)
SUPPORT_CUTS = (
    SUPPORT_MONTH,
    SUPPORT_TERRITORY,
    SUPPORT_REGION,
    SUPPORT_GROUP,
    SUPPORT_PROFESSION,
    SUPPORT_EMPLOYER,
    SUPPORT_PARTNER,
    SUPPORT_SEX,
    SUPPORT_SENIORITY,
    SUPPORT_KIND,
)
TEAM_TYPE = Dimension("by_team_type", "Équipes, par type de structure")
TEAM_REGION = Dimension("by_team_region", "Équipes, par région", "region")
TEAM_CUTS = (TEAM_TYPE, TEAM_REGION)
CUTS = (MONTH, TERRITORY, REGION, GROUP, PROFESSION, EMPLOYER, PARTNER, SEX, SENIORITY)
CROSSED = (("by_group", "by_employer"), ("by_region", "by_group"), ("by_group", "by_seniority"))
TEAM_SHARE = Dimension(
    "by_team_share",
    "Structures, par part de l’équipe formée et à jour",
    "choices",
    choices={
        "none": "Personne",
        "quarter": "Moins d’un quart",
        "half": "D’un quart à la moitié",
        "most": "Plus de la moitié",
        "all": "Toute l’équipe",
    },
)
HIRE_READY = Dimension(
    "by_hire_ready",
    "Arrivés dans une équipe, six mois après",
    "choices",
    choices={"yes": "Formés", "no": "Pas encore formés"},
)
HIRE_TYPE = Dimension("by_hire_type", "Arrivés dans une équipe, par type de structure")
HIRE_CUTS = (HIRE_READY, HIRE_TYPE)


@dataclass(frozen=True)
class House:
    """Structures whose teams have as many people known, and as many trained and not to renew."""

    houses: int
    known: int
    ready: int

    @property
    def share(self) -> str:
        """Class of the share; empty when nobody of the team is known."""
        if not self.known:
            return ""
        if self.ready in (0, self.known):
            return "all" if self.ready else "none"
        return "quarter" if self.ready * 4 < self.known else "half" if self.ready * 2 <= self.known else "most"


# Set side by side and grouped by house, not joined: PostgreSQL expects one house, and would read all for each of them.
HOUSES = """
SELECT count(*), known, ready
FROM (
  SELECT bool_or(is_house) AS is_house, coalesce(max(known), 0) AS known, coalesce(max(ready), 0) AS ready
  FROM (
    SELECT id, true, NULL::bigint, NULL::bigint FROM ({houses}) s(id)
    UNION ALL
    SELECT employer, NULL, count(*), count(*) FILTER (WHERE is_fresh)
    FROM ({known}) p(employer, is_fresh) GROUP BY employer
  ) u(id, is_house, known, ready)
  GROUP BY id) t
WHERE is_house GROUP BY known, ready"""


def population(period: Period, lexicon: Lexicon) -> QuerySet[Enrolment]:
    """Return one row a person: the first session that makes the person trained, else aware, else partly present."""
    rules = rules_in_force()
    trained, aware = makes_trained(rules), makes_aware(rules)
    return (
        participations(period)
        .annotate(
            line=Choose(When(trained, then=text(COUNTED)), When(aware, then=text(AWARE)), default=text(PARTLY)),
            rank=Choose(When(trained, then=0), When(aware, then=1), default=2, output_field=IntegerField()),
            by_month=month_of("session__ends_on"),
            by_territory=lexicon.place_of("professional__territory"),
            by_region=lexicon.region_of("professional__territory"),
            by_profession=F("profession_id"),
            by_group=lexicon.detail_key_of("profession_id", "group"),
            by_employer=F("employer_type_id"),
            by_partner=lexicon.detail_key_of("employer_type_id", "is_partner"),
            by_sex=NullIf(F("professional__sex"), text("")),
            by_seniority=_seniority("session__ends_on", "professional"),
        )
        .order_by("professional_id", "rank", "session__ends_on", "id")
        .distinct("professional_id")
    )


def _seniority(day: str, person: str) -> Choose:
    """Return the SQL of the class of years since the person began, on a day; NULL when it is not filled in."""
    years = ExtractYear(day) - F(f"{person}__working_since")
    return Choose(
        When(Q(**{f"{person}__working_since": None}), then=None),
        *(
            When(LessThanOrEqual(years, most), then=text(key))
            for key, most in (("new", 1), ("settled", 5), ("long", 10))
        ),
        default=text("most"),
        output_field=CharField(),
    )


GRIDS = (
    ("group_employer", "Groupe de professions et type d’employeur", (GROUP, EMPLOYER)),
    ("region_group", "Région d’exercice et groupe de professions", (REGION, GROUP)),
    ("group_seniority", "Groupe de professions et ancienneté", (GROUP, SENIORITY)),
)


def compute(period: Period, lexicon: Lexicon) -> Result:
    counts = cube(population(period, lexicon), [cut.name for cut in CUTS], crossed=CROSSED)
    helped = cube(supported(period, lexicon), [cut.name for cut in SUPPORT_CUTS])
    groups = cube(
        teams(period, lexicon),
        [cut.name for cut in TEAM_CUTS],
        columns=("head_count",),
        measures={"heads": "sum(head_count)"},
    )
    houses = _teams(period)
    hired = cube(hires(period, lexicon), [cut.name for cut in HIRE_CUTS])
    persons, heads = helped.count(PERSONS), groups.measures(key=(TEAMS,)).get("heads", 0)
    return Result(
        definitions.PROFESSIONALS,
        headline=(
            Figure("I6.trained", "Professionnels formés", counts.count(), line=COUNTED),
            Figure("I6.supported", "Professionnels accompagnés", persons + heads),
        ),
        companions=(
            *_companions(counts, period, houses),
            *_hires(hired),
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
            *breakdowns(counts, CUTS, period, lexicon),
            *(breakdown(helped, cut, period, lexicon, line=PERSONS) for cut in SUPPORT_CUTS),
            *(breakdown(groups, cut, period, lexicon, line=TEAMS) for cut in TEAM_CUTS),
            *(breakdown(hired, cut, period, lexicon, line=HIRES) for cut in HIRE_CUTS),
            _shares(houses),
        ),
        grids=tuple(two_way(name, title, counts, cuts, period, lexicon) for name, title, cuts in GRIDS),
        notes=("Une personne peut être formée et accompagnée : les deux chiffres ne s’additionnent pas.",),
    )


def _hires(hired: Cube) -> tuple[Figure, Figure]:
    return (
        Figure("I6.hires", "Arrivés dans une équipe six mois plus tôt", hired.count(HIRES), line=HIRES),
        share_figure(
            "I6.hires_ready",
            "Arrivés dans une équipe, formés au plus tard six mois après",
            hired.by("by_hire_ready", HIRES).get("yes", 0),
            hired.count(HIRES),
        ),
    )


def _companions(counts: Cube, period: Period, houses: list[House]) -> tuple[Figure, ...]:
    totals = training_totals(period)
    worked = totals[WORKED]
    team = sum(row.houses * row.ready for row in houses), sum(row.houses * row.known for row in houses)
    partners = counts.by("by_partner").get("true", 0)
    return (
        Figure("I6.aware", "Sensibilisés en moins de 3 heures (à part)", counts.count(AWARE), line=AWARE),
        Figure("I6.participations", "Participations", worked.n),
        Figure("I6.hours", "Heures-stagiaires", worked.amount or 0.0),
        Figure("I6.partners", "Formés des structures partenaires", share(partners, counts.count()), "percent"),
        Figure(
            "I6.hours_each",
            "Heures suivies par personne",
            round((worked.amount or 0.0) / worked.people, 1) if worked.people else 0.0,
            "hours",
        ),
        share_figure(
            "I6.team", "Équipes des structures : part des professionnels connus à jour d’une formation au moins", *team
        ),
        opinion_figure("I6.satisfaction", "Satisfaction moyenne", totals[OPINION]),
        gain_figure("I6.gain", "Gain de bonnes réponses entre avant et après", totals[GAIN]),
    )


def _teams(period: Period) -> list[House]:
    """Group the structures of the last day by the people known in their team: trained and not to renew, all."""
    rules = rules_in_force()
    fresh = trained_enrolments(refresh_since(period.as_of, rules), period.as_of, rules).filter(
        professional=OuterRef("pk")
    )
    people = Professional.objects.filter(employer__isnull=False, merged_into=None, is_test=False).order_by()
    known, known_params = (
        people.annotate(is_fresh=Exists(fresh)).values_list("employer_id", "is_fresh").query.sql_with_params()
    )
    hosts = structures(period.as_of).filter(line=COUNTED).order_by().values_list("pk")
    houses, host_params = hosts.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(HOUSES.format(houses=houses, known=known), [*host_params, *known_params])
        return [House(*row) for row in cursor.fetchall()]


def _shares(houses: list[House]) -> Breakdown:
    """Count structures by class of share; one whose team is unknown is not filled in."""
    counts: Counter[str] = Counter()
    for row in houses:
        counts[row.share] += row.houses
    unknown = counts.pop("", 0)
    rows = [Row(key, label, counts[key]) for key, label in (TEAM_SHARE.choices or {}).items() if key in counts]
    if unknown:
        rows.append(Row("", UNKNOWN, unknown))
    return Breakdown(TEAM_SHARE.name, TEAM_SHARE.title, tuple(rows), unknown, line="")


def supported(period: Period, lexicon: Lexicon) -> QuerySet[SupportAct]:
    """Return one row a person named in an act of support: the first act of the period."""
    return (
        SupportAct.objects.counted(period.first, period.last)
        .filter(professional__is_test=False)
        .annotate(
            line=text(PERSONS),
            by_support_month=month_of("happened_on"),
            by_support_territory=lexicon.place_of("professional__territory"),
            by_support_profession=F("professional__profession_id"),
            by_support_partner=lexicon.detail_key_of("professional__employer_type_id", "is_partner"),
            by_support_sex=NullIf(F("professional__sex"), text("")),
            by_support_seniority=_seniority("happened_on", "professional"),
            by_support_group=lexicon.detail_key_of("professional__profession_id", "group"),
            by_support_employer=F("professional__employer_type_id"),
            by_support_kind=F("kind_id"),
            by_support_region=lexicon.region_of("professional__territory"),
        )
        .order_by("professional_id", "happened_on", "id")
        .distinct("professional_id")
    )


def teams(period: Period, lexicon: Lexicon) -> QuerySet[SupportAct]:
    """Return one row a team supported without naming anybody: the act of the period with the most people."""
    return (
        SupportAct.objects.counted(period.first, period.last)
        .filter(professional=None, partner__is_test=False)
        .annotate(
            line=text(TEAMS),
            by_team_type=F("partner__structure_type_id"),
            by_team_region=lexicon.region_of("partner__territory"),
        )
        .order_by("partner_id", "-head_count", "happened_on", "id")
        .distinct("partner_id")
    )


def hires(period: Period, lexicon: Lexicon) -> QuerySet[Membership]:
    """Return one row a person who joined the team of a structure and was still there six months later, a day of the
    period.

    `line` is the same for all; `by_hire_ready` says whether they were trained by then, before they came or since.
    """
    memberships = Membership.objects.filter(
        partner__kind=PartnerKind.STRUCTURE, partner__is_test=False, role__in=[role.value for role in READERS]
    )
    before = memberships.filter(
        user=OuterRef("user"), partner=OuterRef("partner"), starts_on__lt=OuterRef("starts_on")
    )
    trained = trained_enrolments(EVER, period.last).filter(
        professional__user=OuterRef("user"), session__ends_on__lte=OuterRef("due_on")
    )
    return (
        memberships.annotate(due_on=Func("starts_on", template=HIRE_DELAY, output_field=DateField()))
        .filter(
            ~Exists(before),
            Q(ends_on=None) | Q(ends_on__gte=F("due_on")),
            Q(revoked_at=None) | Q(revoked_at__date__gt=F("due_on")),
            due_on__gte=period.first,
            due_on__lte=period.last,
        )
        .annotate(
            line=text(HIRES),
            by_hire_ready=Choose(When(Exists(trained), then=text("yes")), default=text("no")),
            by_hire_type=F("partner__structure_type_id"),
        )
        .order_by("user_id", "partner_id", "starts_on", "id")
        .distinct("user_id", "partner_id")
    )
