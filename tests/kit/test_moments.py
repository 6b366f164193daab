"""Moments that Python reads and PostgreSQL cannot hold: refused at their field, wherever they are typed."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import DateTimeField, Field
from django.utils import timezone
from wagtail.admin.forms.models import formfield_for_dbfield
from wagtail.models import Page

from cases.common.admin.forms import moment
from cases.common.forms.fields import MomentField
from cms.kit.forms.fields import NOT_A_MOMENT
from cms.notify.duty.forms import DutyForm
from cms.values.forms import field_of

OUT_OF_REACH = ["0001-01-01T00:00:00+16:00", "9999-12-31T23:59:59-16:00", "0001-01-01T12:00", "9999-12-31T12:00"]
FAR = "2026-06-01T00:00:00+16:00"


def page_field(name: str) -> Field:
    return formfield_for_dbfield(Page._meta.get_field(name))


FIELDS = {
    "admin": lambda: moment("Le"),
    "column": lambda: field_of(DateTimeField("le")),
    "duty": lambda: DutyForm.base_fields["starts_at"],
    "page": lambda: page_field("go_live_at"),
    "portal": lambda: MomentField(),
}


@pytest.mark.parametrize("name", FIELDS)
def test_out_of_reach_is_refused_at_the_field(name):
    field = FIELDS[name]()
    for text in OUT_OF_REACH:
        with pytest.raises(ValidationError):
            field.clean(text)
    read = field.clean(FAR)
    assert timezone.is_aware(read)
    assert f"{timezone.localtime(read):%Y-%m-%d %H:%M}" == "2026-05-31 10:00"
    assert read.utcoffset().total_seconds() == 7200, "as the database can read it"


@pytest.mark.parametrize("given", [FAR.replace("2026", "2000"), *OUT_OF_REACH])
def test_the_api_never_fails_on_a_moment(cast, client_of, given):
    browser = client_of("coordination")
    for path, name in (("requests", "received_at__gte"), ("formation/attestations", "issued_at__gte")):
        answer = browser.get(f"/api/v1/{path}/", {name: given})
        assert (answer.status_code == 400) == (given in OUT_OF_REACH), (path, answer.content)
        if given in OUT_OF_REACH:
            assert NOT_A_MOMENT in answer.content.decode()
