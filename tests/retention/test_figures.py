"""Erasing all that is due changes no figure: headlines, companions, breakdowns, cohorts, trace, for any period."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from cases.files.services import identity_write
from cases.models import Case, CaseIdentity, Incident, Proposal, Sollicitation, SollicitationDetail
from cms.partners.models import Partner
from cms.users.models import User
from dashboards.figures.selectors.report import counted_ids, figures_for
from dashboards.periods import Period
from formation.enums import Period as HalfDayPeriod, SessionState, Status
from formation.models import Attendance, Enrolment, HalfDay, Professional, Session, SessionTrainer, SupportAct
from tests.cases.steps import settle
from tests.dashboards.indicators.test_oracle import scatter
from tests.dashboards.world import at
from tests.plugins.extent import sampled
from tests.retention.steps import AGED, erase_what_is_due, signed_rule, time_passes

KINDS = ("case", "case_unfollowed", "sollicitation", "sollicitation_words", "incident", "professional", "account")
KIND_OF_ACT = "type_acte:VISITE"
PERIODS = [
    Period(dt.date(2018, 1, 1), dt.date(2026, 12, 31)),
    Period(dt.date(2025, 1, 1), dt.date(2025, 12, 31)),
    Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30)),
    Period(dt.date(2025, 11, 1), dt.date(2026, 3, 31)),
    *(Period(dt.date(2026, month, 1), dt.date(2026, month, 28)) for month in sampled(range(1, 8), [4])),
]


def figures(world) -> list:
    """Everything that a report says, apart from the moment at which it was worked out."""
    reports = [figures_for(world.by, period) for period in PERIODS]
    return [(report.results, report.funnel, report.quality) for report in reports]


def trained(world, *, teacher: User) -> list[Professional]:
    """A session held, with somebody present and, on the same sheet, who taught it: the second one is never counted."""
    ended = dt.date(2026, 3, 10)
    session = Session.objects.create(
        module_code="M1", title="Essai", starts_on=ended, ends_on=ended, state=SessionState.HELD
    )
    half_day = HalfDay.objects.create(session=session, day=ended, period=HalfDayPeriod.MORNING, hours=Decimal("3.5"))
    SessionTrainer.objects.create(session=session, trainer=teacher)
    people = [
        Professional.objects.create(last_name="Zqformee", first_name="Zqune", email="zq@essai.example"),
        Professional.objects.create(last_name="Zqformateur", first_name="Zqun", user=teacher),
    ]
    for who in people:
        enrolment = Enrolment.objects.create(session=session, professional=who, profession_id=None)
        Attendance.objects.create(
            enrolment=enrolment,
            half_day=half_day,
            status=Status.PRESENT,
            recorded_by=world.by,
            recorded_at=timezone.now(),
        )
    SupportAct.objects.create(professional=people[0], kind_id=KIND_OF_ACT, happened_on=ended, recorded_by=world.by)
    return people


def counted(world) -> list[dict[str, list[str]]]:
    """Keys of the rows behind each headline, from which the trace code of an export is drawn."""
    found = [counted_ids(world.by, period) for period in PERIODS]
    return [{code: sorted(keys) for code, keys in of_period.items()} for of_period in found]


def close_everything(world) -> None:
    """What is over is closed, as the coordination does: an open request keeps its file."""
    now = timezone.now()
    open_rows = Sollicitation.objects.exclude(state="closed").filter(reference__startswith="S-T")
    open_rows.update(state="closed", closed_at=now, outcome_id="decision:RESEAU")
    Incident.objects.filter(reference__startswith="I-T").update(state="closed", closed_at=now)


@pytest.mark.sampled
@pytest.mark.parametrize("seed", sampled([1, 2, 3], [1]))
def test_no_figure_changes_when_all_that_is_due_is_erased(world, seed):
    scatter(world, seed)
    cases = list(Case.objects.filter(reference__startswith="M-T"))
    double = world.case(person_key=cases[0].person_key, sex_id="sexe:F", birth_year=2010)
    world.orientation(world.sollicitation(at(dt.date(2026, 2, 3)), case=double), at(dt.date(2026, 2, 5)))
    world.sollicitation(at(dt.date(2026, 3, 1), 23))
    housed = Partner.objects.get(code_name="Les Tilleuls")
    for day in (3, 9, 21):
        world.incident(housed, at(dt.date(2026, 4, day)))
    for case in cases[:5]:
        identity_write(case=case, by=world.by, last_name="Zqnom", first_name="Zqprenom")
    former = User.objects.get(email="former-member@havre.example")
    people = trained(world, teacher=former)
    close_everything(world)
    settle()  # the arrivals are held to their linkings, which go with the files
    time_passes(40, tables=f"{AGED} users_user partners_membership")
    for kind in KINDS:
        signed_rule(kind, 1)
    before = figures(world)
    rows = counted(world)
    keys = set(Case.objects.filter(reference__startswith="M-T").values_list("person_key", flat=True))
    ours, persons = list(Case.objects.filter(reference__startswith="M-T").values_list("pk", flat=True)), len(keys)

    batch = erase_what_is_due()
    erase_what_is_due()  # who had an account is due once the account itself is erased

    assert figures(world) == before
    assert counted(world) == rows
    erased = Case.objects.filter(reference__startswith="X-", pk__in=ours)
    assert erased.count() == len(ours) > len(cases)
    assert batch.row_count > 25
    now = set(erased.values_list("person_key", flat=True))
    assert len(now) == persons
    assert not now & keys
    assert not erased.exclude(birth_year=None).exists()
    assert not CaseIdentity.objects.filter(case__in=erased).exists()
    assert not SollicitationDetail.objects.filter(sollicitation__reference__startswith="X-").exists()
    assert not Proposal.objects.filter(orientation__case__in=erased).exclude(sheet={}).exists()
    names = {row.last_name for row in Professional.objects.filter(pk__in=[who.pk for who in people])}
    assert names == {"Anonyme"}
    former.refresh_from_db()
    assert (str(former), former.is_active) == ("Ancien membre", False)
