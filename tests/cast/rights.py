"""Requests of the register: `request_a` about the minor of Les Tilleuls, `request_dpo` kept by data protection."""

import datetime as dt

from django.utils import timezone

from cases.models import Case
from cms.data_rights.enums import Asker, IdentityCheck, Right
from cms.data_rights.models import RightsRequest
from cms.data_rights.register.services import request_identity, request_link, request_register
from cms.users.models import User
from cms.wall import scope
from tests.cast.references import number_of


def rights() -> None:
    dpo = User.objects.get(email="dpo@havre.example")
    with scope.acting(User.objects.get(email="coordination@havre.example")):
        case = Case.objects.get(reference__endswith=number_of(1))
    today = timezone.localdate()
    with scope.acting(dpo):
        request = _register(dpo, "A", right=Right.ACCESS, received_on=today - dt.timedelta(days=3))
        request_identity(request=request, by=dpo, how=IdentityCheck.DECISION, on=today)
        request_link(request=request, by=dpo, case_id=case.pk)
        _register(dpo, "D", right=Right.ERASURE, received_on=today - dt.timedelta(days=2))


def _register(by: User, marker: str, **facts) -> RightsRequest:
    return request_register(
        by=by,
        asker=Asker.PARENT,
        name=f"MARQUEUR-DEMANDEUR-{marker}",
        contact=f"MARQUEUR-CONTACT-{marker}",
        words=f"MARQUEUR-VOEU-{marker}",
        **facts,
    )


def requests() -> dict[str, RightsRequest]:
    with scope.acting(User.objects.get(email="dpo@havre.example")):
        return {
            "request_a": RightsRequest.objects.get(right=Right.ACCESS),
            "request_dpo": RightsRequest.objects.get(right=Right.ERASURE),
        }
