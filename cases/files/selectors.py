"""Reading cases of minors. Row security filters; what is asked here is what a screen shows."""

import uuid

from django.db.models import BooleanField, F, Func

from cases.common.selectors import row_get
from cases.files.identity.rules.names import name_digest
from cases.files.models import Case
from cms.journal.enums import Outcome
from cms.journal.services import journal_append
from cms.wall import scope


def case_get(*, pk: uuid.UUID, action: str) -> Case:
    """Return the case; raise `Http404`, with the refusal recorded in the journal, when the actor may not see it."""
    rows = Case.objects.select_related("sex", "identification_level", "origin", "exploitation_place", "legal_frame")
    return row_get(rows.prefetch_related("forms__form"), "case", pk, action)


def cases_named(*, text: str) -> list[Case]:
    """List cases of minors known by exactly this name, however it is written; for the coordination alone.

    The journal records the search with the number of results, never with the name.
    """
    digest = name_digest(text)
    cases: list[Case] = []
    if digest and scope.current().sees_all_cases():
        cases = list(Case.objects.filter(names__digest=digest).order_by("-opened_on", "reference"))
    journal_append(action="case.search", kind="case", outcome=Outcome.READ, details={"count": len(cases)})
    return cases


def of_test(case: str) -> Func:
    """Match the rows of a test file, hidden or not: that of a stay that is over is, or that a token does not open."""
    return Func(F(case), function="case_is_test", output_field=BooleanField())
