"""Who a minor is, said by the service, then by the team; a photo; the notice to the police."""

import datetime as dt
import io

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from cases.files.identity.selectors import identity_missing, portrait_of
from cases.files.identity.services import SaidIdentity, identity_give, identity_take
from cases.files.services import identity_write
from cases.models import Case, CaseIdentity, IdentityGiven, Linking
from cms.files.models import Attachment
from cms.files.services import attachment_open
from cms.journal.models import JournalLine
from cms.wall.models import RevealReason
from cms.wall.reveals.services import reveal_open
from tests.cases.incidents.test_authority_pages import words_of
from tests.cases.incidents.test_runaways import NOTICE, runaway as runaway
from tests.cases.steps import journal_of, open_case, partner, refused_on, walled
from tests.cast.files import DEVICE, pdf, photo, upload
from tests.cast.linkings import ase_north

NAME = "Zoé-Inventée"


@pytest.fixture
def linking(cast, acting_as) -> Linking:
    """A structure just kept for a minor of the gendarmerie, whose identity nobody wrote."""
    from cases.arrival.services.linking import linking_open

    with acting_as("coordination"):
        case = open_case(cast)[1]
        return linking_open(case=case, partner=partner("Les Tilleuls"), by=cast["coordination"])


def give(cast, key, linking, service="Brigade 12", portrait=None, **said):
    return identity_give(
        case_id=linking.case_id,
        partner_id=partner(service).pk,
        said=SaidIdentity(**said),
        by=cast[key],
        portrait=portrait,
    )


def address(linking) -> str:
    return reverse("cases:linking_identity", args=[linking.pk])


def test_the_service_says_who_the_minor_is_as_soon_as_a_structure_is_kept(cast, acting_as, linking, client_of):
    browser = client_of("gendarme")
    page = browser.get(reverse("cases:linking", args=[linking.pk])).content.decode()
    assert "Il manque encore le nom, le prénom, la date de naissance et une photo" in page
    assert browser.post(address(linking), {}).status_code == 422
    assert browser.post(address(linking), {"birth_date": "1950-01-01"}).status_code == 422
    sent = {"last_name": NAME, "birth_date": "2010-05-04", "aliases": "Zed\nZoz", "phone": "06 00 00 00 00"}
    answer = browser.post(address(linking), sent | {"portrait": upload("moi.jpg", photo())})
    assert answer.status_code == 302
    with acting_as("gendarme"):
        assert identity_missing(linking.case_id) == ["le prénom"]
        # It reads back its own words alone, and no photo.
        assert IdentityGiven.objects.get().last_name == NAME
        assert not CaseIdentity.objects.exists()
        assert portrait_of(linking.case_id) is None
    page = browser.get(reverse("cases:linking", args=[linking.pk])).content.decode()
    assert "Il manque encore le prénom." in page
    assert NAME not in page + browser.get(address(linking)).content.decode()
    [details] = [details for action, details in journal_of(linking.case_id) if action == "cases.identity.give"]
    assert details["coded"]["parts"] == [None, ["last_name", "birth_date"]]
    assert NAME not in str(details)


def test_nobody_else_says_it_and_nobody_reads_what_others_said(cast, acting_as, linking, client_of):
    with acting_as("gendarme"):
        give(cast, "gendarme", linking, last_name=NAME)
    for key in ("director_a", "educator_a", "director_b", "ase", "transmitter"):
        with acting_as(key):
            assert not IdentityGiven.objects.filter(case_id=linking.case_id).exists()
            with refused_on(match="votre compte"):
                give(cast, key, linking, last_name="Intrus")
            with walled():
                IdentityGiven.objects.create(
                    case_id=linking.case_id,
                    partner=partner("Brigade 12"),
                    last_name="Intrus",
                    given_by=cast[key],
                    given_at=timezone.now(),
                )
        assert client_of(key).get(address(linking)).status_code == 404
    with acting_as("coordination"):
        assert not IdentityGiven.objects.exists()
        assert identity_missing(linking.case_id) == ["le prénom", "la date de naissance", "une photo"]
    with acting_as("gendarme"), refused_on("birth_date"):
        give(cast, "gendarme", linking, birth_date=timezone.localdate() + dt.timedelta(days=1))


def test_the_guardian_says_it_too(cast, acting_as, linking, client_of):
    from cases.arrival.services.guardians import linking_guardian_set

    with acting_as("coordination"):
        linking_guardian_set(linking=linking, guardian=ase_north(), by=cast["coordination"])
    assert client_of("ase").post(address(linking), {"first_name": "Lou"}).status_code == 302
    with acting_as("ase"):
        [said] = IdentityGiven.objects.all()
        assert (said.partner, str(said.first_name)) == (ase_north(), "Lou")
    with acting_as("gendarme"):
        assert not IdentityGiven.objects.exists()
        assert identity_missing(linking.case_id) == ["le nom", "la date de naissance", "une photo"]


@pytest.mark.parametrize(
    ("name", "body"), [("moi.pdf", pdf()), ("moi.heic", photo("HEIF")), ("moi.jpg", b"rien"), ("moi.jpg", b"")]
)
def test_a_portrait_is_a_photo_and_nothing_else(acting_as, linking, client_of, name, body):
    answer = client_of("gendarme").post(address(linking), {"last_name": NAME, "portrait": upload(name, body)})
    assert answer.status_code == 422
    with acting_as("coordination"):
        assert not Attachment.objects.on("case", linking.case_id).exists()
        # Nothing half done: the name is not kept without the photo that came with it.
        assert "le nom" in identity_missing(linking.case_id)


def test_a_portrait_is_sealed_and_says_nothing_of_the_telephone(cast, acting_as, linking):
    with acting_as("gendarme"):
        give(cast, "gendarme", linking, portrait=upload("moi.jpg", photo()))
    with acting_as("coordination"):
        portrait = portrait_of(linking.case_id)
        assert (portrait.is_identifying, portrait.is_portrait) == (True, True)
        assert NAME not in portrait.neutral_name
        reveal_open(kind="case", object_id=linking.case_id, by=cast["coordination"], reason=RevealReason.CORRECTION)
        body = b"".join(attachment_open(portrait))
        assert DEVICE.encode() not in body
        with Image.open(io.BytesIO(body)) as picture:
            assert not picture.getexif()


def test_the_coordination_takes_over_what_was_said(cast, acting_as, linking, client_of):
    with acting_as("gendarme"):
        give(cast, "gendarme", linking, last_name=NAME, first_name="Lou", birth_date=dt.date(2010, 5, 4))
    file = reverse("cases_case:inspect", args=[linking.case_id])
    assert "Reprendre l’identité dite" in client_of("coordination").get(file).content.decode()
    with acting_as("coordination"):
        case = Case.objects.get(pk=linking.case_id)
        identity_write(case=case, by=cast["coordination"], last_name="Autre")
        assert identity_take(case=case, by=cast["coordination"]) == 1
        assert identity_take(case=case, by=cast["coordination"]) == 0
        case.refresh_from_db()
        assert (case.birth_year, case.birth_month) == (2010, 5)
        reveal_open(kind="case", object_id=case.pk, by=cast["coordination"], reason=RevealReason.CORRECTION)
        sealed = CaseIdentity.objects.get(pk=case.pk)
        assert (sealed.last_name, sealed.first_name) == ("Autre", "Lou")
        assert f"Lou {NAME}" in sealed.aliases
    assert "Reprendre l’identité dite" not in client_of("coordination").get(file).content.decode()
    with acting_as("gendarme"), refused_on(match="votre compte"):
        identity_take(case=case, by=cast["gendarme"])


def test_the_notice_carries_the_name_and_the_photo_that_the_team_gave(cast, acting_as, rows, runaway, client_of):
    stay = rows["placement_a"]
    director = client_of("director_a")
    sent = {"first_name": NAME, "portrait": upload("moi.png", photo("PNG"))}
    assert director.post(reverse("cases:stay_identity_give", args=[stay.pk]), sent).status_code == 302
    photo_url = reverse("cases:stay_portrait", args=[stay.pk])
    assert director.get(photo_url)["Location"] == reverse("cases:stay_identity", args=[stay.pk])
    with acting_as("director_a"):
        reveal_open(kind="case", object_id=stay.case_id, by=cast["director_a"], reason=RevealReason.CONTACT)
    given = director.get(photo_url)
    assert given["Content-Disposition"].startswith('attachment; filename="piece-')
    assert "Télécharger la photo" in director.get(reverse("cases:stay_identity", args=[stay.pk])).content.decode()
    answer = director.post(reverse("cases:incident_notice", args=[runaway.pk]), NOTICE)
    said = words_of(answer.content)
    assert "MARQUEUR-NOM-A" in said
    assert "non connu" not in said.split("Téléphone")[0]
    assert "Photo : ci-dessus" in said
    with pikepdf.open(io.BytesIO(answer.content)) as document:
        assert document.Root.MarkInfo.Marked
        assert list(document.pages[0].get_images())
    with acting_as("direction"):
        lines = JournalLine.objects.filter(action="files.attachment.read", object_id=stay.case_id)
        assert lines.filter(actor_id=cast["director_a"].pk).count() >= 2
    assert client_of("director_b").get(photo_url).status_code == 404


def test_a_missing_identity_shows_and_holds_nothing(acting_as, rows, linking, client_of):
    stay = client_of("director_a").get(reverse("cases:stay", args=[rows["placement_a"].pk])).content.decode()
    assert "Identité à compléter" in stay
    file = client_of("coordination").get(reverse("cases_linking:inspect", args=[linking.pk])).content.decode()
    assert "Identité à demander" in file
    with acting_as("coordination"):
        missing = Linking.objects.missing_of(linking.pk)
        assert not [code for code in missing if "identity" in code]
