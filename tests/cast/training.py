"""Training of the cast: two trainers, each with a session; people of both structures, one trainee with an account."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from cms.partners.models import Partner
from cms.users.models import User
from cms.wall import scope
from formation.enums import Period
from formation.models import Professional, Session
from formation.people.rules import PersonFacts
from formation.people.services.people import enrol, professional_register
from formation.sessions.invitations.services import structures_invite
from formation.sessions.services.sessions import SessionFacts, session_plan

TEAM_A = (("Nadia", "Bensaïd"), ("Olivier", "Perrot"), ("Sarah", "Klein"))
TEAM_B = (("Hugo", "Marchand"),)


def training() -> None:
    """Write after `people()`: the session of the trainer began yesterday and ends today; the other is to come."""
    today = timezone.localdate()
    users = {user.email.partition("@")[0].replace("-", "_"): user for user in User.objects.all()}
    with scope.acting(users["coordination"]):
        team_a = [_member(*name, "Les Tilleuls", users["coordination"]) for name in TEAM_A]
        team_b = [_member(*name, "Aubépine", users["coordination"]) for name in TEAM_B]
        trainee = professional_register(
            PersonFacts(
                last_name="Faure",
                first_name="Yanis",
                email=users["trainee"].email,
                profession_id="profession:EDUC-RUE",
                employer_name="Prévention Nord",
                employer_type_id="type_employeur:ASSOCIATION",
            ),
            by=users["coordination"],
        )
    mine = _session(users["trainer"], "M4", [today - dt.timedelta(days=1), today])
    other = _session(users["trainer_b"], "M1", [today + dt.timedelta(days=10)])
    with scope.acting(users["coordination"]):
        for person in [*team_a[:2], *team_b, trainee]:
            enrol(session=mine, professional=person, by=users["coordination"])
        enrol(session=other, professional=team_a[2], by=users["coordination"])
        houses = Partner.objects.filter(code_name__in=["Les Tilleuls", "Aubépine"])
        structures_invite(session=other, structures=list(houses), by=users["coordination"])


def _member(first_name: str, last_name: str, structure: str, by: User) -> Professional:
    return professional_register(
        PersonFacts(
            last_name=last_name,
            first_name=first_name,
            profession_id="profession:EDUC-SPE",
            employer=Partner.objects.get(code_name=structure),
            employer_type_id="type_employeur:STRUCTURE",
        ),
        by=by,
    )


def _session(trainer: User, module_code: str, days: list[dt.date]) -> Session:
    periods = (Period.MORNING, Period.AFTERNOON)
    with scope.acting(trainer):
        return session_plan(
            SessionFacts(
                module_code=module_code,
                starts_on=days[0],
                ends_on=days[-1],
                half_days=[(day, period, Decimal("3.5")) for day in days for period in periods],
                trainers=[trainer],
                territory_id="35",
                venue="Rennes, salle municipale",
            ),
            planned_by=trainer,
        )
