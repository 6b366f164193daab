import pytest
from django.contrib.admin.utils import quote
from wagtail.snippets.models import get_snippet_models

from cases.models import CircuitTemplate, UnmetNeed
from cms.partners.models import Convention, Partner
from cms.proconnect.models import AccountRequest
from cms.users.models import User
from cms.values.models import Value
from formation.models import Session

NOBODY_ELSE = ("editor", "trainer", "dpo", "tech_admin")
"""Accounts with access to the admin and no right on business rows."""
OUTSIDE = ("director_a", "educator_a", "gendarme", "ase", "transmitter", "state_reader", "trainee", "former_member")
"""Accounts without access to the admin."""

FILES = (
    "sollicitation_a",
    "case_a",
    "orientation_a",
    "linking_a",
    "circuit_a",
    "placement_a",
    "incident_a",
    "unverified",
    "voice",
)


@pytest.fixture
def rows(files, acting_as):
    """One row of each registered snippet model, as the coordination sees it."""
    with acting_as("coordination"):
        found = {type(files[name]): files[name] for name in FILES}
        found[UnmetNeed] = UnmetNeed.objects.create(
            sollicitation=files["sollicitation_b"],
            reason_id="motif_sans_solution:PLACE",
            noted_at=files["sollicitation_b"].received_at,
            noted_by=User.objects.get(email="coordination@havre.example"),
        )
        found[CircuitTemplate] = CircuitTemplate.objects.get(label="Sortie de détention")
        found[Partner] = Partner.objects.get(code_name="Les Tilleuls")
        found[Convention] = Convention.objects.filter(partner=found[Partner]).first()
        found[AccountRequest] = AccountRequest.objects.get()
        found[Value] = Value.objects.get(pk="nature:PEC")
        found[Session] = Session.objects.first() or Session.objects.create(
            module_code="M1", title="MARQUEUR-SESSION", starts_on="2026-03-02", ends_on="2026-03-03"
        )
    return found


def viewsets():
    return [model.snippet_viewset for model in get_snippet_models()]


def addresses(viewset, row):
    """Every address of a viewset and of its chooser, with the row where one is asked."""
    from django.urls import reverse

    pk = quote(row.pk)
    spaces = [(viewset.url_namespace, viewset.get_urlpatterns())]
    chooser = viewset.chooser_viewset
    spaces.append((chooser.url_namespace, chooser.get_urlpatterns()))
    for namespace, patterns in spaces:
        for pattern in patterns:
            names = list(pattern.pattern.converters)
            kwargs = {name: pk if name == "pk" else "00000000-0000-4000-8000-000000000000" for name in names}
            yield f"{namespace}:{pattern.name}", reverse(f"{namespace}:{pattern.name}", kwargs=kwargs)
