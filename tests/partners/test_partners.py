"""The file of a partner: who belongs to it, whom to call, what it takes in, its places, its suspensions."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.journal.models import JournalLine
from cms.partners.models import Contact, Membership, Partner, Place, StructureProfile, Suspension
from cms.partners.people.services import membership_open
from cms.users.roles import Role
from cms.values.selectors import values_of
from cms.wall import scope
from tests.admin.test_chain import post

TODAY = timezone.localdate()


@pytest.fixture
def house(acting_as):
    with acting_as("coordination"):
        return Partner.objects.get(code_name="Les Tilleuls")


@pytest.fixture
def browser(client_of):
    return client_of("coordination")


def url(page, partner, *pks):
    return reverse(f"partners_partner:{page}", args=[partner.pk, *pks])


def refused(browser, address, form, field):
    response = browser.post(address, form)
    assert response.status_code == 422
    errors = response.context["form"].errors
    assert list(errors) == [field], errors
    return " ".join(errors[field])


def test_nobody_ends_their_own_rights(client_of, house, cast, acting_as):
    with acting_as("direction"):
        own = membership_open(user=cast["coordination"], partner=house, role=Role.STRUCTURE_EDUCATOR, starts_on=TODAY)
    said = refused(client_of("coordination"), url("member_end", house, own.pk), {"ends_on": str(TODAY)}, "__all__")
    assert "Vos propres droits" in said


def test_a_right_ends_on_a_day(browser, house, cast, acting_as):
    with acting_as("coordination"):
        row = Membership.objects.get(user=cast["educator_a"])
    address = url("member_end", house, row.pk)
    assert "précède" in refused(browser, address, {"ends_on": "2020-01-01"}, "ends_on")
    assert browser.post(address, {"ends_on": str(TODAY - dt.timedelta(days=1))}).status_code == 302
    with acting_as("educator_a"):
        assert not scope.current().partners_as(Role.STRUCTURE_EDUCATOR)


def test_a_structure_is_suspended_then_taken_back(browser, house, acting_as):
    address = url("suspend", house)
    assert browser.post(address, {"starts_on": "2026-01-05", "reason": "Travaux"}).status_code == 302
    twice = {"starts_on": "2026-02-05", "reason": "Visite"}
    assert "Une autre suspension" in refused(browser, address, twice, "__all__")
    with acting_as("coordination"):
        row = Suspension.objects.get()
    end = url("suspension_end", house, row.pk)
    assert "précède" in refused(browser, end, {"ends_on": "2026-01-01"}, "ends_on")
    assert browser.post(end, {"ends_on": "2026-01-20"}).status_code == 302
    with acting_as("coordination"):
        assert Suspension.objects.get().ends_on == dt.date(2026, 1, 20)


def test_contacts_are_added_corrected_and_removed(browser, house, acting_as):
    assert "au moins" in refused(browser, url("contact_add", house), {"name": "Paule Ravel"}, "phone")
    post(browser, "partners_partner:contact_add", {"name": "Paule Ravel", "phone": "01 00 00 00 00"}, house.pk)
    with acting_as("coordination"):
        row = Contact.objects.get()
    fixed = {"name": "Paule Ravel", "email": "paule@havre.example"}
    assert browser.post(url("contact_change", house, row.pk), fixed).status_code == 302
    assert "paule@havre.example" in browser.get(url("inspect", house)).content.decode()
    assert browser.post(url("contact_remove", house, row.pk)).status_code == 302
    with acting_as("coordination"):
        assert not Contact.objects.exists()
    with acting_as("dpo"):
        told = JournalLine.objects.filter(action__startswith="partners.contact")
        assert [line.action.split(".")[-1] for line in told] == ["remove", "change", "add"]
        assert "Paule" not in str(list(told.values_list("details", "reason")))


def profile_form(**changed):
    return {
        "age_min": "12",
        "age_max": "16",
        "sexes": [value.pk for value in values_of("sexe")[:1]],
        "forms": ["forme:SEX"],
        "pledged_places": "3",
        "takes_at_night": "on",
        **changed,
    }


def test_the_profile_is_rewritten_and_told(browser, house, acting_as):
    assert browser.post(url("profile", house), profile_form()).status_code == 302
    with acting_as("coordination"):
        profile = StructureProfile.objects.get(partner=house)
        assert (profile.age_min, profile.takes_at_night) == (12, True)
        assert [form.pk for form in profile.forms.all()] == ["forme:SEX"]
    with acting_as("dpo"):
        line = JournalLine.objects.filter(action="partners.profile.set").first()
    assert line.details["coded"]["age_min"] == [11, 12]
    assert line.details["coded"]["forms"][1] == ["forme:SEX"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"age_min": "17", "age_max": "12"}, "__all__"),
        ({"age_max": "99"}, "__all__"),
        ({"age_min": ""}, "age_min"),
        ({"forms": ["sexe:F"]}, "forms"),
        ({"containment": "sexe:F"}, "containment"),
        ({"daily_price": "beaucoup"}, "daily_price"),
    ],
)
def test_a_wrong_profile_is_refused_whole(browser, house, acting_as, changed, field):
    refused(browser, url("profile", house), profile_form(**changed), field)
    with acting_as("coordination"):
        assert StructureProfile.objects.get(partner=house).age_min == 11


def test_a_place_is_closed_from_a_day(browser, house, files, acting_as):
    with acting_as("coordination"):
        free, taken, *_ = house.places.order_by("label")
        type(files["placement_a"]).objects.filter(pk=files["placement_a"].pk).update(place=taken)
    assert "occupe encore" in refused(browser, url("place_close", house, taken.pk), {"on": str(TODAY)}, "__all__")
    assert "choisissez" in refused(browser, url("place_close", house, free.pk), {"on": "2020-01-01"}, "on")
    assert browser.post(url("place_close", house, free.pk), {"on": str(TODAY)}).status_code == 302
    with acting_as("coordination"):
        still = set(Place.objects.filter(partner=house).on(TODAY).values_list("pk", flat=True))
        assert free.pk not in still
        assert taken.pk in still


@pytest.mark.parametrize("page", ["profile", "suspend", "places"])
def test_a_service_has_no_page_of_structures(browser, acting_as, page):
    with acting_as("coordination"):
        service = Partner.objects.get(code_name="Brigade 12")
    assert browser.get(url(page, service)).status_code == 404


def test_a_line_of_another_partner_is_not_reached(browser, house, cast, acting_as):
    with acting_as("coordination"):
        elsewhere = Membership.objects.get(user=cast["director_b"])
    assert browser.get(url("member_end", house, elsewhere.pk)).status_code == 404
    assert browser.post(url("member_end", house, elsewhere.pk), {"ends_on": str(TODAY)}).status_code == 404
