"""What the portal shows of training: an entry of navigation and three blocks of the home page."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from cms.navigation.key_figures import KeyFigure
from cms.navigation.registry import nav_register, panel_register
from cms.users.roles import Role
from cms.wall.scope import Scope
from formation.enums import SessionState
from formation.home.selectors import own_enrolments
from formation.people.selectors.training import makes_trained, refresh_due_before, rules_in_force, team
from formation.sessions.invitations.selectors import sessions_concerning
from formation.sessions.models.sessions import Enrolment
from formation.sessions.selectors import sessions_run


def trainer_panel(current: Scope) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "sessions": list(sessions_run().upcoming(today)[:5]),
        "today": today,
        "plan_url": reverse("formation:plan"),
    }


def trainer_counts(current: Scope) -> dict[str, QuerySet]:
    """Return what is counted of the sessions that one runs, since the first of January."""
    today = timezone.localdate()
    first = today.replace(month=1, day=1)
    run = sessions_run().filter(is_test=False)
    held = run.ended_between(first, today)
    taught = Enrolment.objects.counted(first, today).filter(session__in=held.order_by().values("pk"))
    return {
        "coming": run.upcoming(today),
        "open": run.filter(state=SessionState.PLANNED, ends_on__lt=today),
        "held": held,
        "people": taught.filter(hours_present__gt=0),
        "trained": taught.filter(makes_trained(rules_in_force())),
    }


def trainer_figures(current: Scope, counts: Mapping[str, int]) -> dict[str, Any]:
    rules = rules_in_force()
    least = f"{rules.awareness_hours:g} heures"
    trains = f"Présence à {rules.trained_share} % des heures d’une session d’au moins {least}."
    url, since = reverse("formation:sessions"), "depuis le 1er janvier"
    return {
        "figures": [
            KeyFigure(
                "Sessions à venir", counts["coming"], url, "Sessions prévues que vous animez, aujourd’hui compris."
            ),
            KeyFigure(
                "Sessions à clore",
                counts["open"],
                url,
                "Sessions dont le dernier jour est passé et dont la feuille n’est pas close.",
            ),
            KeyFigure(
                "Sessions tenues", counts["held"], url, "Sessions closes que vous animez, à leur dernier jour.", since
            ),
            KeyFigure(
                "Participations",
                counts["people"],
                url,
                "Personnes présentes à vos sessions tenues, une fois par session.",
                since,
            ),
            KeyFigure(
                "Participations qui forment",
                counts["trained"],
                url,
                trains,
                since,
            ),
        ]
    }


def director_panel(current: Scope) -> dict[str, Any]:
    rules = rules_in_force()
    due = refresh_due_before(rules)
    people = list(team(rules))
    return {
        "total": len(people),
        "never": sum(person.last_trained_on is None for person in people),
        "due": sum(person.last_trained_on is not None and person.last_trained_on < due for person in people),
    }


def invitations_panel(current: Scope) -> dict[str, Any]:
    """Return, for a director, what awaits the team and their own training, in one query."""
    sessions = list(sessions_concerning(timezone.localdate()))
    invited = [session for session in sessions if session.invitation_id]
    return {"invitations": invited[:5], "sessions": [session for session in sessions if session.is_own][:3]}


def trainee_panel(current: Scope) -> dict[str, Any]:
    if current.has_role(Role.STRUCTURE_DIRECTOR):
        return {}
    rows = (
        own_enrolments()
        .filter(session__ends_on__gte=timezone.localdate())
        .order_by("session__starts_on")
        .prefetch_related(None)
    )
    return {"sessions": [row.session for row in rows[:3]]}


def register() -> None:
    panel_register("formation/home/invitations.html", invitations_panel, order=20, roles=(Role.STRUCTURE_DIRECTOR,))
    nav_register("Formation", "formation:catalogue", order=40)
    panel_register("formation/home/trainer.html", trainer_panel, order=10, roles=(Role.TRAINER,))
    panel_register(
        "formation/home/figures.html", trainer_figures, order=12, roles=(Role.TRAINER,), counts=trainer_counts
    )
    panel_register("formation/home/director.html", director_panel, order=50, roles=(Role.STRUCTURE_DIRECTOR,))
    panel_register("formation/home/trainee.html", trainee_panel, order=60)
