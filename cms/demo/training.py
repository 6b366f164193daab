"""Training in the fictitious network: 31 sessions, 430 people, 780 participations, and acts of support."""

import datetime as dt
from decimal import Decimal
from random import Random

from cms.demo.evaluation import EVALUATED, answers_load, plan_load
from cms.demo.network import NAMES, Network
from cms.demo.plan import PARIS, pick
from cms.wall import scope
from formation.attendance.rules import Presence
from formation.attendance.services.signatures import excuse_tell, half_day_countersign, signature_give
from formation.attestations.services.attestations import attestations_issue
from formation.closure.services import session_close
from formation.enums import Moment, Period, Status, Way
from formation.models import Enrolment, HalfDay, Professional, Session
from formation.people.rules import PersonFacts
from formation.people.services.people import enrol, professional_register, waiting_ask
from formation.sessions.invitations.services import structures_invite
from formation.sessions.services.sessions import SessionFacts, session_plan
from formation.support.services import support_act_record

SESSIONS = 31
UPCOMING = 3
INVITED = 6
"""Structures invited to the last session to come."""
SIGNED = 2
"""Latest sessions whose trainees signed on their telephones; the others were recorded on paper."""
PEOPLE = 430
PARTICIPATIONS = 780
FROM_STRUCTURES = 0.62

MODULES = {
    "M1": 7, "M2": 7, "M3": 3, "M4": 4, "M5": 4, "M6": 3, "M8": 2, "M10": 2, "M11": 1, "M12": 1,
}  # fmt: skip
HALF_DAYS = {"M4": 2, "M8": 2}
"""Modules of a whole day; the others last half a day."""

PROFESSIONS = {
    "EDUC-SPE": 24, "MONIT": 14, "VEILLEUR": 8, "MAISON": 6, "CHEF-SERV": 7, "DIRECTION": 5, "PSYCHO": 5,
    "PERM-LVA": 4,    "ASS-SOC": 6, "AES": 4,
}  # fmt: skip
OUTSIDE = {
    "POLICE": ("POLICIER", 22), "GENDARMERIE": ("GENDARME", 18), "ASE": ("INSP-ASE", 16), "PJJ": ("EDUC-PJJ", 20),
    "EDUCATION": ("CPE", 10), "SANTE": ("INFIRM", 8), "JUSTICE": ("PARQUET", 6),
}  # fmt: skip


def training_load(*, network: Network, draw: Random, today: dt.date) -> None:
    trainer = network.accounts["trainer"]
    with scope.acting(network.coordination):
        people = [_professional(network, draw, number) for number in range(PEOPLE)]
    with scope.acting(trainer):
        sessions = [_session(network, draw, number, today) for number in range(SESSIONS + UPCOMING)]
    with scope.acting(network.coordination):
        for session, group in zip(sessions, _groups(draw, people), strict=False):
            for professional in group:
                enrol(session=session, professional=professional, by=network.coordination)
        own = professional_register(
            PersonFacts(
                last_name=network.accounts["trainee"].last_name,
                first_name=network.accounts["trainee"].first_name,
                email=network.accounts["trainee"].email,
                user=network.accounts["trainee"],
                profession_id="profession:EDUC-SPE",
                employer=network.structures[0],
                employer_type_id="type_employeur:STRUCTURE",
            ),
            by=network.coordination,
        )
        enrol(session=sessions[SESSIONS], professional=own, by=network.coordination)
        own_place = enrol(session=sessions[SESSIONS + 1], professional=own, by=network.coordination)
        waiting_ask(session=sessions[SESSIONS + 1], professional=people[0], by=network.coordination)
        _support(network, draw, today)
        invited = sessions[SESSIONS + UPCOMING - 1]
        structures_invite(session=invited, structures=network.structures[:INVITED], by=network.coordination)
    with scope.acting(trainer):
        for number, session in enumerate(sessions[:SESSIONS]):
            is_signed, is_evaluated = number >= SESSIONS - SIGNED, number >= SESSIONS - EVALUATED
            _hold(network, draw, session, is_signed=is_signed, is_evaluated=is_evaluated)
        excuse_tell(enrolment=own_place, half_days=list(sessions[SESSIONS + 1].half_days.all()), by=trainer)
    plan_load(network=network, today=today)


def _professional(network: Network, draw: Random, number: int) -> Professional:
    is_inside = number < PEOPLE * FROM_STRUCTURES
    if is_inside:
        employer, kind, profession = (
            network.structures[number % len(network.structures)],
            "STRUCTURE",
            pick(draw, PROFESSIONS),
        )
    else:
        kind = pick(draw, {key: weight for key, (_, weight) in OUTSIDE.items()})
        employer, profession = None, OUTSIDE[kind][0]
    return professional_register(
        PersonFacts(
            last_name=draw.choice(NAMES["last_names"]),
            first_name=draw.choice(NAMES["first_names"]),
            email=f"professionnel-{number}@{NAMES['email_domain']}",
            profession_id=f"profession:{profession}",
            employer=employer,
            employer_type_id=f"type_employeur:{kind}",
            territory_id=employer.territory_id if employer else draw.choice(["59", "13", "69", "75", "33"]),
        ),
        by=network.coordination,
    )


def _session(network: Network, draw: Random, number: int, today: dt.date) -> Session:
    """Sessions in order of time: the first 31 are past, the others to come; one of these is today."""
    ahead = {SESSIONS: 0, SESSIONS + 1: 9, SESSIONS + 2: 23}
    day = today + dt.timedelta(days=ahead[number]) if number in ahead else today - dt.timedelta(days=710 - 23 * number)
    module = pick(draw, MODULES) if number not in ahead else "M4"
    periods = [Period.MORNING, Period.AFTERNOON][: HALF_DAYS.get(module, 1)]
    return session_plan(
        SessionFacts(
            module_code=module,
            starts_on=day,
            ends_on=day,
            half_days=[(day, period, Decimal("3.5")) for period in periods],
            trainers=[network.accounts["trainer"]],
            territory_id=draw.choice(["75", "59", "69", "13", "33", "44", "31", "974"]),
            is_remote=number % 6 == 5,
            # The second session to come has a single place: somebody waits for it.
            capacity=1 if number == SESSIONS + 1 else 30,
        ),
        planned_by=network.accounts["trainer"],
    )


def _groups(draw: Random, people: list[Professional]) -> list[list[Professional]]:
    """780 participations of 430 people: everybody once, then some again, never twice in a session."""
    queue = [*people, *draw.sample(people, PARTICIPATIONS - len(people))]
    size, remainder = divmod(len(queue), SESSIONS)
    groups, start = [], 0
    for number in range(SESSIONS):
        end = start + size + (number < remainder)
        groups.append(list(dict.fromkeys(queue[start:end])))
        start = end
    return groups


def _hold(network: Network, draw: Random, session: Session, *, is_signed: bool, is_evaluated: bool) -> None:
    trainer = network.accounts["trainer"]
    enrolments = list(session.enrolments.select_related("professional"))
    half_days = list(session.half_days.all())
    if is_evaluated:
        answers_load(session, enrolments, half_days, Moment.BEFORE)
    for half_day in half_days:
        marks = {enrolment.pk: _mark(draw, half_day) for enrolment in enrolments}
        for enrolment in enrolments if is_signed else ():
            if marks[enrolment.pk] not in (Status.ABSENT, Status.EXCUSED):
                _sign(draw, half_day, enrolment.professional)
        hour = 13 if half_day.period == Period.MORNING else 18
        at = dt.datetime.combine(half_day.day, dt.time(hour), PARIS)
        half_day_countersign(half_day=half_day, marks=marks, by=trainer, at=at)
    session_close(session=session, by=trainer)
    if is_evaluated:
        present = Enrolment.objects.filter(session=session, attendances__status=Status.PRESENT).distinct()
        answers_load(session, list(present), half_days, Moment.AFTER)
    attestations_issue(session=session, by=trainer, at=at + dt.timedelta(hours=1))


def _sign(draw: Random, half_day: HalfDay, person: Professional) -> None:
    """Sign on a telephone, mostly before the beginning; one person in eight comes late."""
    minutes = draw.randint(16, 40) if draw.random() < 0.125 else draw.randint(-15, 5)
    way = Way.CODE if draw.random() < 0.2 else Way.QR
    at = half_day.begins_at + dt.timedelta(minutes=minutes)
    signature_give(half_day=half_day, way=way, email=person.email, name=str(person), at=at)


def _mark(draw: Random, half_day: HalfDay) -> Status | Presence:
    """Draw a mark; one person in a hundred leaves an hour before the end. Who signs late counts since then."""
    status = Status(pick(draw, {Status.PRESENT: 93, Status.ABSENT: 3, Status.EXCUSED: 3, Status.LEFT_EARLY: 1}))
    if status != Status.LEFT_EARLY:
        return status
    return Presence(status, left_at=half_day.ends_at - dt.timedelta(hours=1))


def _support(network: Network, draw: Random, today: dt.date) -> None:
    for number in range(48):
        support_act_record(
            partner=network.structures[number % 20],
            kind_id=f"type_acte:{draw.choice(['SITUATION', 'VISITE', 'APP', 'SUPERVISION', 'ASTREINTE'])}",
            happened_on=today - dt.timedelta(days=draw.randint(5, 600)),
            head_count=draw.randint(1, 9),
            by=network.coordination,
        )
