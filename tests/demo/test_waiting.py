"""One request of the demonstration waits for a place, the minor sheltered: the screens that say so have something to
say.
"""

import datetime as dt

from django.utils import timezone

from cases.models import Shelter, Sollicitation
from cms.demo.waiting import request_leave_waiting
from tests.cases.steps import open_case, orient


def test_a_request_that_every_structure_refused_is_sheltered_until_the_next_noon(cast, acting_as, client_of):
    now = timezone.now()
    with acting_as("coordination"):
        request, _ = open_case(cast, received_at=now - dt.timedelta(days=7))
        orient(cast, request, decided_at=now - dt.timedelta(days=7) + dt.timedelta(hours=1))
        request = Sollicitation.objects.get(pk=request.pk)
        request_leave_waiting(request, by=cast["coordination"], now=now)
        shelter = Shelter.objects.get(sollicitation=request)
        assert shelter.kind_id == "abri_provisoire:FOYER"
        assert shelter.until > now
        assert not request.orientations.get().proposals.pending().exists()
    assert "foyer de l’enfance du département" in client_of("coordination").get("/admin/astreinte/").content.decode()
