"""The plan of a year: its aims, its lines, its publication."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.users.models import User
from formation.common.policies import runs_all_sessions
from formation.curriculum.selectors import module_in_force
from formation.year_plan.models import YearPlan, YearPlanLine


@transaction.atomic
def year_plan_write(*, year: int, aims: str) -> YearPlan:
    """Open the plan of a year, or change its aims. Raise `ValidationError` for a year out of reason."""
    _check_actor()
    plan = YearPlan.objects.select_for_update().filter(year=year).first() or YearPlan(year=year)
    is_new = plan._state.adding
    if not is_new and plan.aims == aims.strip():
        return plan
    plan.aims = aims.strip()
    row_clean(plan)
    plan.save()
    details = {"year": year, "is_new": is_new}
    journal_append(action="formation.yearplan.write", kind="yearplan", object_id=plan.pk, details=details)
    return plan


@transaction.atomic
def year_plan_line_set(
    *,
    plan: YearPlan,
    module_code: str,
    quarter: int,
    sessions: int,
    people: int,
    audience_id: str | None = None,
    region_id: str | None = None,
) -> YearPlanLine:
    """Write how many sessions, for how many people: a line that exists takes the new numbers, zero removes it.

    Raise `ValidationError` for a module that is not in the published curriculum, or people without a session.
    """
    _check_actor()
    if module_in_force(module_code) is None:
        raise ValidationError({"module_code": "Ce module n’est pas au programme publié. Choisissez-en un autre."})
    if people and not sessions:
        raise ValidationError({"sessions": "Des personnes à former demandent au moins une session."})
    place = {
        "plan": YearPlan.objects.select_for_update().get(pk=plan.pk),
        "module_code": module_code,
        "quarter": quarter,
        "audience_id": audience_id or None,
        "region_id": region_id or None,
    }
    line = YearPlanLine.objects.filter(**place).first() or YearPlanLine(**place, sessions=0, people=0)
    before = [line.sessions, line.people]
    line.sessions, line.people = sessions, people
    row_clean(line)
    line.save()
    details = {
        "module": module_code,
        "quarter": quarter,
        "audience": audience_id,
        "region": region_id,
        "numbers": [before, [sessions, people]],
    }
    journal_append(action="formation.yearplan.line", kind="yearplan", object_id=plan.pk, details=details)
    return line


@transaction.atomic
def year_plan_publish(*, plan: YearPlan, by: User) -> YearPlan:
    """Publish a plan: the network reads it, and indicator 7 measures it. Later changes show at once."""
    _check_actor()
    row = YearPlan.objects.select_for_update().get(pk=plan.pk)
    if row.published_at:
        raise ValidationError("Ce plan est déjà publié.")
    if not row.lines.filter(sessions__gt=0).exists():
        raise ValidationError("Ce plan n’a encore aucune session : ajoutez une ligne d’abord.")
    row.published_at, row.published_by = timezone.now(), by
    row.save(update_fields=["published_at", "published_by"])
    journal_append(action="formation.yearplan.publish", kind="yearplan", object_id=row.pk, details={"year": row.year})
    return row


def _check_actor() -> None:
    if not runs_all_sessions():
        raise ValidationError("Seule la coordination écrit le plan de l’année.")
