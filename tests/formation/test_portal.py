"""The portal of training, as each person uses it."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.journal.models import JournalLine
from cms.journal.services import acting_as_journal
from formation.attendance.forms import mark_name
from formation.enums import SessionState, Status
from formation.models import Attendance, Enrolment, Professional, Session
from formation.people.rules import PersonFacts
from formation.people.services.people import enrol, professional_register
from tests.costs import counted
from tests.formation.conftest import days_pass

TODAY = timezone.localdate()


def text(answer):
    return answer.content.decode()


def rows(acting_as, queryset):
    with acting_as("coordination"):
        return list(queryset.all())


@pytest.mark.parametrize("key", ["coordination", "trainer", "director_a", "trainee", "gendarme", "state_reader"])
def test_everybody_reads_the_catalogue_and_a_module(client_of, sessions, key):
    browser = client_of(key)
    catalogue = text(browser.get("/formation/"))
    assert "Comprendre la traite" in catalogue
    assert "Prochaines sessions" in catalogue
    assert "Objectifs" in text(browser.get("/formation/modules/M4/"))
    page = text(browser.get(f"/formation/sessions/{sessions['trainer_b'].pk}/"))
    assert "14 libres sur 15" in page
    assert ("Klein" in page) == (key in ("coordination", "director_a"))


def test_an_unknown_module_or_session_is_404(client_of):
    browser = client_of("trainee")
    assert browser.get("/formation/modules/M99/").status_code == 404
    assert browser.get(f"/formation/sessions/{uuid.uuid4()}/").status_code == 404


PRIVATE = ["presences", "emargement", "ajouter", "clore", "annuler"]


@pytest.mark.parametrize("page", PRIVATE)
@pytest.mark.parametrize("key", ["trainer_b", "director_a", "trainee", "editor", "gendarme"])
def test_only_who_runs_a_session_opens_its_work(client_of, sessions, key, page):
    assert client_of(key).get(f"/formation/sessions/{sessions['trainer'].pk}/{page}/").status_code == 404


def test_a_refusal_is_kept_in_the_journal(client_of, sessions, cast):
    client_of("trainer_b").get(f"/formation/sessions/{sessions['trainer'].pk}/presences/")
    with acting_as_journal():
        line = JournalLine.objects.get(object_id=sessions["trainer"].pk, outcome="refused")
    assert line.actor_id == cast["trainer_b"].pk


@pytest.mark.parametrize("page", PRIVATE)
@pytest.mark.parametrize("key", ["trainer", "coordination"])
def test_who_runs_a_session_opens_its_work(client_of, sessions, key, page):
    assert client_of(key).get(f"/formation/sessions/{sessions['trainer'].pk}/{page}/").status_code == 200


@pytest.mark.parametrize(
    ("address", "keys"),
    [
        ("/formation/planifier/", {"trainer", "coordination"}),
        ("/formation/mes-sessions/", {"trainer", "coordination"}),
        ("/formation/mon-equipe/", {"director_a"}),
        ("/formation/mon-equipe/ajouter/", {"director_a"}),
    ],
)
def test_a_page_is_404_for_whoever_has_nothing_to_do_there(client_of, address, keys):
    for key in ("trainer", "coordination", "director_a", "trainee", "gendarme"):
        assert client_of(key).get(address).status_code == (200 if key in keys else 404)


def test_a_trainer_plans_a_session(client_of, acting_as, cast):
    day = TODAY + dt.timedelta(days=20)
    sent = {
        "module_code": "M4", "trainers": [str(cast["trainer"].pk)], "capacity": "12", "venue": "Lille",
        "territory": "59", "day_1": day.isoformat(), "morning_1": "3.5", "afternoon_1": "3.5",
    }  # fmt: skip
    answer = client_of("trainer").post("/formation/planifier/", sent)
    assert answer.status_code == 302
    with acting_as("trainer"):
        session = Session.objects.get(starts_on=day)
        assert session.half_days.count() == 2
        assert list(session.trainers.all()) == [cast["trainer"]]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day_1": ""}, "Indiquez le premier jour"),
        ({"day_1": "2026-02-31"}, "Cette date n’existe pas"),
        ({"morning_1": ""}, "Indiquez les heures"),
        ({"morning_1": "9"}, "inférieure ou égale à 5"),
        ({"morning_2": "3"}, "Indiquez la date"),
        ({"day_2": "2027-01-04", "morning_2": "3"}, "déjà indiqué"),
        ({"module_code": "X1"}, "Sélectionnez un choix valide"),
        ({"territory": "999"}, "Sélectionnez un choix valide"),
        ({"trainers": []}, "Cochez qui anime"),
        ({"capacity": "0"}, "supérieure ou égale à 1"),
    ],
)
def test_a_bad_plan_is_said_beside_the_field(client_of, acting_as, cast, changes, sentence):
    sent = {
        "module_code": "M1", "trainers": [str(cast["trainer"].pk)], "capacity": "12",
        "day_1": "2027-01-04", "morning_1": "3.5",
    }  # fmt: skip
    answer = client_of("trainer").post("/formation/planifier/", sent | changes)
    assert answer.status_code == 422
    assert sentence in text(answer).replace("\xa0", " ")
    with acting_as("coordination"):
        assert Session.objects.count() == 2


def sheet_of(session):
    return f"/formation/sessions/{session.pk}/presences/"


def test_the_whole_sheet_is_saved_at_once(client_of, acting_as, sessions, enrolments, half_days):
    days_pass(1)
    sent = {
        mark_name(half_day.pk, row.pk): Status.PRESENT for half_day in half_days for row in enrolments.values()
    } | {mark_name(half_days[0].pk, enrolments["Hugo"].pk): Status.EXCUSED}
    answer = client_of("trainer").post(sheet_of(sessions["trainer"]), sent, follow=True)
    assert "16 présences enregistrées" in text(answer)
    with acting_as("trainer"):
        assert Attendance.objects.filter(status=Status.PRESENT).count() == 15
        assert Attendance.objects.get(status=Status.EXCUSED).enrolment_id == enrolments["Hugo"].pk


def test_everybody_present_fills_the_empty_boxes_of_one_half_day(
    client_of, acting_as, sessions, enrolments, half_days
):
    sent = {mark_name(half_days[0].pk, enrolments["Hugo"].pk): Status.ABSENT, "everybody": str(half_days[0].pk)}
    assert client_of("trainer").post(sheet_of(sessions["trainer"]), sent).status_code == 302
    with acting_as("trainer"):
        marks = dict(Attendance.objects.values_list("enrolment__professional__first_name", "status"))
    assert marks == {"Hugo": "absent", "Nadia": "present", "Olivier": "present", "Yanis": "present"}


@pytest.mark.parametrize("status", ["asleep", "present"])
def test_a_forged_box_is_422_and_writes_nothing(client_of, acting_as, sessions, enrolments, half_days, status):
    with acting_as("coordination"):
        stranger = Enrolment.objects.get(session=sessions["trainer_b"])
    forged = enrolments["Hugo"] if status == "asleep" else stranger
    sent = {
        mark_name(half_days[0].pk, enrolments["Nadia"].pk): Status.PRESENT,
        mark_name(half_days[0].pk, forged.pk): status,
    }
    answer = client_of("trainer").post(sheet_of(sessions["trainer"]), sent)
    assert answer.status_code == 422
    assert ("Choisissez P, D, E ou A" if status == "asleep" else "non inscrite") in text(answer)
    assert rows(acting_as, Attendance.objects) == []


def test_a_late_correction_asks_the_coordination_for_its_reason(
    client_of, acting_as, cast, sessions, enrolments, half_days
):
    with acting_as("trainer"):
        Attendance.objects.create(
            enrolment=enrolments["Hugo"], half_day=half_days[0], status=Status.ABSENT, recorded_by=cast["trainer"],
            recorded_at=timezone.now() - dt.timedelta(hours=49),
        )  # fmt: skip
    sent = {mark_name(half_days[0].pk, enrolments["Hugo"].pk): Status.PRESENT}
    assert client_of("trainer").post(sheet_of(sessions["trainer"]), sent).status_code == 422
    browser = client_of("coordination")
    answer = browser.post(sheet_of(sessions["trainer"]), sent)
    assert answer.status_code == 422
    assert "Indiquez le motif" in text(answer)
    assert browser.post(sheet_of(sessions["trainer"]), sent | {"reason": "Feuille retrouvée"}).status_code == 302


def test_a_session_is_closed_when_its_sheet_is_full(client_of, acting_as, sessions, half_days):
    browser = client_of("trainer")
    address = f"/formation/sessions/{sessions['trainer'].pk}/clore/"
    assert "vous la clorez ensuite" in text(browser.post(address))
    days_pass(1)
    answer = browser.post(address)
    assert answer.status_code == 422
    assert "Il manque 16 présences" in text(answer)
    for half_day in half_days:
        browser.post(sheet_of(sessions["trainer"]), {"everybody": str(half_day.pk)})
    assert browser.post(address).status_code == 302
    with acting_as("trainer"):
        assert Session.objects.get(pk=sessions["trainer"].pk).state == SessionState.HELD


def test_a_trainer_adds_a_person(client_of, acting_as, sessions):
    sent = {
        "last_name": "Dubois", "first_name": "Inès", "email": "ines@exemple.fr", "profession": "profession:GENDARME",
        "employer_type": "type_employeur:GENDARMERIE", "employer_name": "Brigade de Rennes", "territory": "35",
    }  # fmt: skip
    browser = client_of("trainer")
    address = f"/formation/sessions/{sessions['trainer'].pk}/ajouter/"
    assert browser.post(address, sent).status_code == 302
    again = browser.post(address, sent)
    assert again.status_code == 422
    assert "déjà inscrite" in text(again)
    with acting_as("trainer"):
        row = Enrolment.objects.get(professional__email="ines@exemple.fr")
    assert row.employer_type_id == "type_employeur:GENDARMERIE"


@pytest.mark.parametrize(
    "changes",
    [{"profession": "type_acte:VISITE"}, {"email": "pas une adresse"}, {"last_name": ""}, {"territory": "0"}],
)
def test_a_bad_person_is_422(client_of, acting_as, sessions, changes):
    sent = {
        "last_name": "Dubois", "first_name": "Inès", "profession": "profession:GENDARME",
        "employer_type": "type_employeur:GENDARMERIE",
    }  # fmt: skip
    answer = client_of("trainer").post(f"/formation/sessions/{sessions['trainer'].pk}/ajouter/", sent | changes)
    assert answer.status_code == 422
    assert len(rows(acting_as, Professional.objects)) == 5


def test_a_director_enrols_the_team_and_takes_somebody_back(client_of, acting_as, sessions):
    with acting_as("coordination"):
        nadia, hugo = (Professional.objects.get(first_name=name) for name in ("Nadia", "Hugo"))
    browser = client_of("director_a")
    address = f"/formation/sessions/{sessions['trainer_b'].pk}/inscrire/"
    assert browser.post(address, {"people": [str(hugo.pk)]}).status_code == 422
    assert browser.post(address, {"people": []}).status_code == 422
    assert browser.post(address, {"people": [str(nadia.pk)]}).status_code == 302
    with acting_as("director_a"):
        row = Enrolment.objects.get(session=sessions["trainer_b"], professional=nadia)
    assert client_of("director_b").post(f"/formation/inscriptions/{row.pk}/annuler/").status_code == 404
    assert browser.post(f"/formation/inscriptions/{row.pk}/annuler/").status_code == 302
    with acting_as("director_a"):
        assert Enrolment.objects.get(pk=row.pk).cancelled_at is not None


def test_a_director_adds_a_person_to_the_own_team_alone(client_of, acting_as):
    with acting_as("coordination"):
        other = Professional.objects.get(first_name="Hugo").employer_id
    sent = {"last_name": "Roux", "first_name": "Paul", "profession": "profession:VEILLEUR"}
    browser = client_of("director_a")
    assert browser.post("/formation/mon-equipe/ajouter/", sent | {"employer": str(other)}).status_code == 422
    assert browser.post("/formation/mon-equipe/ajouter/", sent).status_code == 302
    page = text(browser.get("/formation/mon-equipe/"))
    assert "Paul Roux" in page
    assert "Hugo" not in page
    assert "À former" in page


def test_a_trainee_reads_the_own_presences(client_of, sessions, enrolments, half_days):
    sent = {mark_name(half_days[0].pk, enrolments["Yanis"].pk): Status.PRESENT}
    client_of("trainer").post(sheet_of(sessions["trainer"]), sent)
    page = text(client_of("trainee").get("/formation/ma-formation/"))
    assert "matin&nbsp;: présent" in page
    assert "3,5&nbsp;h suivies sur 14&nbsp;h" in page


def test_a_trainee_reads_the_own_training(client_of):
    page = text(client_of("trainee").get("/formation/ma-formation/"))
    assert "Emprise" in page
    assert "0&nbsp;h suivies sur 14&nbsp;h" in page
    assert "Aucune formation" in text(client_of("educator_a").get("/formation/ma-formation/"))


def test_the_home_page_says_what_waits(client_of):
    assert "Présences à relever" in text(client_of("trainer").get("/"))
    assert "3 à former" in text(client_of("director_a").get("/"))
    assert "Votre formation" in text(client_of("trainee").get("/"))


@pytest.fixture
def crowd(acting_as, cast, sessions):
    """`crowd(60)` fills the trainer's session up to sixty people of structure A."""

    def run(size):
        with acting_as("coordination"):
            Session.objects.filter(pk=sessions["trainer"].pk).update(capacity=100)
            employer = Professional.objects.get(first_name="Nadia").employer
            for number in range(Enrolment.objects.filter(session=sessions["trainer"]).count(), size):
                person = professional_register(
                    PersonFacts(
                        last_name=f"Nom{number}",
                        first_name="Essai",
                        employer=employer,
                        profession_id="profession:EDUC-SPE",
                    ),
                    by=cast["coordination"],
                )
                enrol(session=sessions["trainer"], professional=person, by=cast["coordination"])

    return run


PAGES = {
    "trainer": (
        "/formation/sessions/{}/presences/",
        "/formation/sessions/{}/emargement/",
        "/formation/sessions/{}/",
        "/formation/mes-sessions/",
        "/",
        "/api/v1/formation/attendance/",
    ),
    "director_a": ("/formation/sessions/{}/", "/formation/mon-equipe/", "/"),
    "trainee": ("/formation/ma-formation/", "/formation/", "/", "/api/v1/formation/sessions/"),
}


def test_queries_do_not_grow(client_of, sessions, crowd):
    browsers = {key: client_of(key) for key in PAGES}

    def costs(size: int) -> dict[tuple[str, str], int]:
        crowd(size)
        return {(key, page): cost(browsers[key], page) for key, pages in PAGES.items() for page in pages}

    def cost(browser, page: str) -> int:
        address = page.format(sessions["trainer"].pk)
        browser.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address).status_code == 200, address
        return len(counted(captured))

    few = costs(10)
    assert costs(60) == few
    assert max(few.values()) <= 15, few


def test_a_sheet_of_sixty_is_recorded_in_few_queries(client_of, acting_as, sessions, crowd, half_days):
    crowd(60)
    browser = client_of("trainer")
    assert browser.post(sheet_of(sessions["trainer"]), {"everybody": str(half_days[0].pk)}).status_code == 302
    assert len(rows(acting_as, Attendance.objects)) == 60
