"""Stays too near a place to keep away from: one statement finds them, and says what `case_reach` says of each."""

from django.db import connection

from cases.files.protection.enums import AwayLevel
from cases.files.protection.models import KeepAway
from cases.models import Case
from cases.stays.selectors import stays_to_move, stays_too_near
from cms.territory.models import Territory
from tests.cases.steps import days_ago, open_case, place

FAMILY = "motif_eloignement:ENTOURAGE"
ONE_BY_ONE = """
    SELECT p.id FROM cases_placement p JOIN cases_case c ON c.id = p.case_id
      JOIN partners_partner h ON h.id = p.partner_id
      JOIN case_reach(c.id, c.exploitation_place_id, away_km()) r ON r.code = h.territory_id AND r.is_forbidden
    WHERE p.ended_on IS NULL"""


def asked_one_by_one() -> set:
    with connection.cursor() as cursor:
        cursor.execute(ONE_BY_ONE)
        return {pk for (pk,) in cursor.fetchall()}


def found() -> set:
    return {stay.pk for stay in stays_to_move()}


def test_wherever_a_minor_was_exploited(cast, acting_as):
    with acting_as("coordination"):
        case = open_case(cast, received_at=days_ago(3))[1]
        stay = place(cast, case)
        seen = set()
        for code in [None, *Territory.objects.values_list("pk", flat=True)]:
            Case.objects.filter(pk=case.pk).update(exploitation_place_id=code)
            assert found() == asked_one_by_one(), code
            case.refresh_from_db()
            assert [each.pk for each in stays_too_near(case)] == [pk for pk in found() if pk == stay.pk], code
            seen.add(stay.pk in found())
        assert seen == {True, False}


def test_wherever_a_minor_must_not_be(cast, acting_as):
    """Each département, near or not, held to forbid, to avoid, or lifted since."""
    far = Territory.objects.get(pk="2A")
    with acting_as("coordination"):
        case = open_case(cast, received_at=days_ago(3))[1]
        stay = place(cast, case)
        Case.objects.filter(pk=case.pk).update(exploitation_place_id=far.pk)
        assert stay.pk not in found()
        seen = set()
        for number, code in enumerate(Territory.objects.values_list("pk", flat=True)):
            away = KeepAway.objects.create(
                case=case, territory_id=code, reason_id=FAMILY, radius_km=(0, 100, 1500)[number % 3]
            )
            assert found() == asked_one_by_one(), code
            seen.add(stay.pk in found())
            KeepAway.objects.filter(pk=away.pk).update(level=AwayLevel.AVOIDED)
            assert stay.pk not in found()
            assert found() == asked_one_by_one(), code
            KeepAway.objects.filter(pk=away.pk).update(level=AwayLevel.FORBIDDEN, lifted_on=days_ago(1).date())
            assert stay.pk not in found()
        assert seen == {True, False}
