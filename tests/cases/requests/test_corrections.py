"""Facts of a request and forms of exploitation, corrected by the coordination."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, Sollicitation
from cases.requests.services.exploitation import sollicitation_forms_set
from cases.requests.services.sollicitations import sollicitation_close
from cms.journal.models import JournalLine

KEPT = (
    "requester_type", "detected_by", "channel", "nature", "urgency", "sex", "birth_year", "birth_month",
    "age_precision", "identification_level", "nationality_zone", "prior_follow_up", "origin", "exploitation_place",
    "current_place", "age_at_reception",
)  # fmt: skip


def form_of(row, **changed):
    columns = {name: row._meta.get_field(name).attname for name in KEPT}
    form = {name: getattr(row, column) for name, column in columns.items()}
    form["received_at"] = f"{timezone.localtime(row.received_at):%Y-%m-%dT%H:%M}"
    return {name: value for name, value in {**form, **changed}.items() if value is not None}


def edit(client_of, row, **changed):
    return client_of("coordination").post(reverse("cases_sollicitation:edit", args=[row.pk]), form_of(row, **changed))


def refused(response, field):
    assert response.status_code == 422
    errors = response.context["form"].errors
    assert list(errors) == [field], errors
    return " ".join(errors[field])


def stored(acting_as, row):
    with acting_as("coordination"):
        return type(row).objects.get(pk=row.pk)


@pytest.fixture
def alone(files):
    """A request that no situation holds yet."""
    return files["sollicitation_transmitted"]


def test_what_is_corrected_is_told_before_and_after(client_of, alone, acting_as):
    assert edit(client_of, alone, urgency="urgence:U3", origin="75").status_code == 302
    assert stored(acting_as, alone).urgency_id == "urgence:U3"
    with acting_as("dpo"):
        line = JournalLine.objects.get(action="cases.sollicitation.correct")
    assert line.details["coded"] == {"urgency_id": ["urgence:U2", "urgence:U3"], "origin_id": ["59", "75"]}


def test_a_corrected_birth_takes_the_age_with_it(client_of, alone, acting_as):
    assert edit(client_of, alone, birth_year="2011", birth_month="1").status_code == 302
    assert stored(acting_as, alone).age_at_reception == stored(acting_as, alone).received_on.year - 2011


def test_a_corrected_reception_moves_its_day(client_of, alone, acting_as):
    at = timezone.localtime(alone.received_at) - dt.timedelta(days=2)
    assert edit(client_of, alone, received_at=f"{at:%Y-%m-%dT%H:%M}").status_code == 302
    assert stored(acting_as, alone).received_on == at.date()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"age_at_reception": "3"}, "age_at_reception"),
        ({"birth_year": "2099"}, "birth_year"),
        ({"birth_year": "", "birth_month": "3"}, "birth_month"),
        ({"received_at": "2099-01-01T10:00"}, "received_at"),
        ({"urgency": "sexe:F"}, "urgency"),
        ({"origin": "<script>"}, "origin"),
    ],
)
def test_a_wrong_fact_is_refused_whole(client_of, alone, acting_as, changed, field):
    refused(edit(client_of, alone, **{"sex": "sexe:M", **changed}), field)
    assert stored(acting_as, alone).sex_id == "sexe:F"


def test_the_birth_of_the_situation_decides_the_age(client_of, files, acting_as):
    row = files["sollicitation_a"]
    form = {"birth_year": "", "birth_month": "", "age_at_reception": "12"}
    assert "La naissance écrite dans la situation" in refused(edit(client_of, row, **form), "age_at_reception")
    assert stored(acting_as, row).birth_year == 2010


def test_a_reception_does_not_follow_the_orientation(client_of, files):
    row = files["sollicitation_a"]
    at = timezone.localtime() - dt.timedelta(hours=1)
    said = refused(edit(client_of, row, received_at=f"{at:%Y-%m-%dT%H:%M}"), "received_at")
    assert "Une orientation" in said


def test_a_closed_request_is_not_corrected(client_of, alone, cast, acting_as):
    with acting_as("coordination"):
        sollicitation_close(sollicitation=alone, outcome_id="decision:DROIT-COMMUN", by=cast["coordination"])
    assert "n’est pas possible" in refused(edit(client_of, alone, urgency="urgence:U3"), "__all__")
    page = client_of("coordination").get(reverse("cases_sollicitation:inspect", args=[alone.pk])).content.decode()
    assert reverse("cases_sollicitation:edit", args=[alone.pk]) not in page


@pytest.mark.parametrize(
    ("space", "name", "model"),
    [("cases_sollicitation", "sollicitation_a", Sollicitation), ("cases_case", "case_a", Case)],
)
def test_one_form_is_the_principal(client_of, files, acting_as, space, name, model):
    browser, address = client_of("coordination"), reverse(f"{space}:forms", args=[files[name].pk])
    forms = {"forms": ["forme:DEL"], "main_form": "forme:DEL"}
    assert browser.post(address, forms).status_code == 302
    with acting_as("coordination"):
        assert list(model.objects.get(pk=files[name].pk).forms.values_list("form_id", "is_main")) == [
            ("forme:DEL", True)
        ]
    for wrong, field in (
        ({"forms": ["forme:DEL"], "main_form": "forme:SEX"}, "main_form"),
        ({"forms": ["forme:DEL"]}, "main_form"),
        ({"main_form": "forme:DEL"}, "forms"),
        ({"forms": ["sexe:F"], "main_form": "forme:DEL"}, "forms"),
    ):
        refused(browser.post(address, wrong), field)
    kind = space.removeprefix("cases_")
    with acting_as("dpo"):
        line = JournalLine.objects.get(action=f"cases.{kind}.forms")
    assert line.details["coded"] == {
        "forms": [["forme:DEL", "forme:SEX"], ["forme:DEL"]],
        "main_form": ["forme:SEX", "forme:DEL"],
    }


def test_the_service_that_asked_does_not_correct(files, cast, acting_as):
    with acting_as("gendarme"), pytest.raises(Exception, match="Cette action n’est pas ouverte"):
        sollicitation_forms_set(
            sollicitation=files["sollicitation_a"], by=cast["gendarme"], forms=["forme:DEL"], main_form="forme:DEL"
        )
