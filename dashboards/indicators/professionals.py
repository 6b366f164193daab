"""Indicator 6: professionals trained, and professionals supported. Two figures, never summed."""

from django.db.models import (
    Avg,
    Case as Choose,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    FloatField,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import ExtractYear, NullIf
from django.db.models.lookups import LessThanOrEqual

from cms.documents.policies import READERS
from cms.partners.enums import PartnerKind
from cms.partners.models import Membership
from dashboards.indicators import definitions
from dashboards.indicators.cube import COUNTED, Cube, cube
from dashboards.indicators.lexicon import Lexicon, month_of, region_of, text
from dashboards.indicators.partners import structures
from dashboards.indicators.results import Dimension, Figure, Result, breakdown, breakdowns, share, share_figure
from dashboards.periods import Period
from formation.enums import Moment, SessionState
from formation.models import AnswerSheet, Enrolment, Professional, Satisfaction, SupportAct
from formation.selectors import EVER, makes_aware, makes_trained, refresh_since, rules_in_force, trained_enrolments

AWARE, PARTLY = "aware", "partly"
HIRE_DELAY = "(%(expressions)s + interval '6 months')::date"
FEWEST = 5
"""Opinions under which the mean is not said: somebody would be recognised."""
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
CUTS = (MONTH, TERRITORY, REGION, GROUP, PROFESSION, EMPLOYER, PARTNER, SEX, SENIORITY)
HIRE_READY = Dimension(
    "by_hire_ready",
    "Arrivés dans une équipe, six mois après",
    "choices",
    choices={"yes": "Formés", "no": "Pas encore formés"},
)
HIRE_TYPE = Dimension("by_hire_type", "Arrivés dans une équipe, par type de structure")
HIRE_CUTS = (HIRE_READY, HIRE_TYPE)


def participations(period: Period) -> QuerySet[Enrolment]:
    """Participations of the period, trainers apart, with `hours_total` of the session and `hours_present`."""
    return Enrolment.objects.counted(period.first, period.last).with_hours().filter(hours_present__gt=0)


def population(period: Period, lexicon: Lexicon) -> QuerySet[Enrolment]:
    """One row a person: the first session that makes the person trained, else aware, else partly present."""
    rules = rules_in_force()
    trained, aware = makes_trained(rules), makes_aware(rules)
    return (
        participations(period)
        .annotate(
            line=Choose(When(trained, then=text(COUNTED)), When(aware, then=text(AWARE)), default=text(PARTLY)),
            rank=Choose(When(trained, then=0), When(aware, then=1), default=2, output_field=IntegerField()),
            by_month=month_of("session__ends_on"),
            by_territory=F("professional__territory_id"),
            by_region=region_of("professional__territory"),
            by_profession=F("profession_id"),
            by_group=lexicon.detail_of("profession_id", "group"),
            by_employer=F("employer_type_id"),
            by_partner=lexicon.detail_of("employer_type_id", "is_partner"),
            by_sex=NullIf(F("professional__sex"), text("")),
            by_seniority=_seniority(),
        )
        .order_by("professional_id", "rank", "session__ends_on", "id")
        .distinct("professional_id")
    )


def _seniority() -> Choose:
    """SQL: class of years since the person began, on the last day of the session; NULL when nobody said."""
    years = ExtractYear("session__ends_on") - F("professional__working_since")
    return Choose(
        When(professional__working_since=None, then=None),
        *(
            When(LessThanOrEqual(years, most), then=text(key))
            for key, most in (("new", 1), ("settled", 5), ("long", 10))
        ),
        default=text("most"),
        output_field=CharField(),
    )


def compute(period: Period, lexicon: Lexicon) -> Result:
    found = cube(population(period, lexicon), [cut.name for cut in CUTS])
    helped = cube(supported(period, lexicon), [cut.name for cut in SUPPORT_CUTS])
    groups = cube(teams(period, lexicon), (), columns=("head_count",), measures={"heads": "sum(head_count)"})
    hired = cube(hires(period, lexicon), [cut.name for cut in HIRE_CUTS])
    persons, heads = helped.count(PERSONS), groups.measures(key=(TEAMS,)).get("heads", 0)
    return Result(
        definitions.PROFESSIONALS,
        headline=(
            Figure("I6.trained", "Professionnels formés", found.count(), line=COUNTED),
            Figure("I6.supported", "Professionnels accompagnés", persons + heads),
        ),
        companions=(
            *_companions(found, period),
            Figure("I6.hires", "Arrivés dans une équipe six mois plus tôt", hired.count(HIRES), line=HIRES),
            share_figure(
                "I6.hires_ready",
                "Arrivés dans une équipe, formés au plus tard six mois après",
                hired.by("by_hire_ready", HIRES).get("yes", 0),
                hired.count(HIRES),
            ),
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
            *(breakdown(hired, cut, period, lexicon, line=HIRES) for cut in HIRE_CUTS),
        ),
        notes=("Une personne peut être formée et accompagnée : les deux chiffres ne s’additionnent pas.",),
    )


def _companions(found: Cube, period: Period) -> tuple[Figure, ...]:
    worked = participations(period).aggregate(
        n=Count("pk"), hours=Sum("hours_present"), people=Count("professional", distinct=True)
    )
    team, opinion, gain = _team(period), _opinion(period), _gain(period)
    partners = found.by("by_partner").get("true", 0)
    return (
        Figure("I6.aware", "Sensibilisés en moins de 3 heures (à part)", found.count(AWARE), line=AWARE),
        Figure("I6.participations", "Participations", worked["n"]),
        Figure("I6.hours", "Heures-stagiaires", float(worked["hours"] or 0)),
        Figure("I6.partners", "Formés des structures partenaires", share(partners, found.count()), "percent"),
        Figure(
            "I6.hours_each",
            "Heures suivies par personne",
            round(float(worked["hours"] or 0) / worked["people"], 1) if worked["people"] else 0.0,
            "hours",
        ),
        share_figure("I6.team", "Équipes des structures : part des professionnels connus à jour", *team),
        Figure("I6.satisfaction", "Satisfaction moyenne", *opinion),
        Figure("I6.gain", "Gain de bonnes réponses entre avant et après", *gain),
    )


def _team(period: Period) -> tuple[int, int]:
    """Of the people known in the teams of structures counted on the last day: trained and not to renew, all."""
    houses = structures(period.as_of).filter(line=COUNTED).order_by().values("pk")
    people = Professional.objects.filter(employer__in=houses, merged_into=None, is_test=False)
    rules = rules_in_force()
    fresh = trained_enrolments(refresh_since(period.as_of, rules), period.as_of, rules).filter(
        professional=OuterRef("pk")
    )
    found = people.annotate(is_fresh=Exists(fresh)).aggregate(n=Count("pk"), up=Count("pk", filter=Q(is_fresh=True)))
    return found["up"], found["n"]


def _opinion(period: Period) -> tuple[str, str, str]:
    """Mean of the four marks over the sessions that end in the period; said from five opinions."""
    rows = Satisfaction.objects.filter(
        session__is_test=False, session__state=SessionState.HELD, session__ends_on__range=(period.first, period.last)
    )
    mean = (F("aims") + F("useful") + F("teaching") + F("recommended")) / Value(4.0)
    found = rows.aggregate(n=Count("pk"), mean=Avg(mean, output_field=FloatField()))
    if found["n"] < FEWEST:
        return "pas assez d’avis", "text", ""
    return f"{found['mean']:.1f} sur 5".replace(".", ","), "text", f"{found['n']} avis"


def _gain(period: Period) -> tuple[str, str, str]:
    """Points of percent, over the participations that answered before and after."""
    sheets = AnswerSheet.objects.exclude(knowledge=None)
    before = sheets.filter(enrolment=OuterRef("enrolment"), moment=Moment.BEFORE).values("knowledge")
    counted = Enrolment.objects.counted(period.first, period.last).order_by().values("pk")
    rows = sheets.filter(moment=Moment.AFTER, enrolment__in=counted).annotate(was=Subquery(before)).exclude(was=None)
    found = rows.aggregate(n=Count("pk"), points=Avg(F("knowledge") - F("was"), output_field=FloatField()))
    if not found["n"]:
        return "pas de réponse", "text", ""
    return f"{found['points']:+.0f} points", "text", f"{found['n']} réponses avant et après"


def supported(period: Period, lexicon: Lexicon) -> QuerySet[SupportAct]:
    """One row a person named in an act of support: the first act of the period."""
    return (
        SupportAct.objects.counted(period.first, period.last)
        .filter(professional__is_test=False)
        .annotate(
            line=text(PERSONS),
            by_support_group=lexicon.detail_of("professional__profession_id", "group"),
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


def hires(period: Period, lexicon: Lexicon) -> QuerySet[Membership]:
    """One row a person who joined the team of a structure and was still there six months later, a day of the period.

    `line` is the same for all; `by_hire_ready` says whether they were trained by then, before they came or since.
    """
    kept = Membership.objects.filter(
        partner__kind=PartnerKind.STRUCTURE, partner__is_test=False, role__in=[role.value for role in READERS]
    )
    before = kept.filter(user=OuterRef("user"), partner=OuterRef("partner"), starts_on__lt=OuterRef("starts_on"))
    trained = trained_enrolments(EVER, period.last).filter(
        professional__user=OuterRef("user"), session__ends_on__lte=OuterRef("due_on")
    )
    return (
        kept.annotate(due_on=Func("starts_on", template=HIRE_DELAY, output_field=DateField()))
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
