"""Fields that the network adds: sealed first, counted once two people agreed, never in the way of an urgent call."""

import io

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.urls import reverse

from cases.extra.forms import extra_form_fields
from cases.extra.rules import choices_read, code_of
from cases.extra.selectors import answer_rows, answers_of, fields_on_screens, incomplete
from cases.extra.services import (
    extra_answers_write,
    extra_field_change,
    extra_field_retire,
    extra_seal,
    extra_unseal_agree,
    extra_unseal_ask,
)
from cases.files.identity.selectors import sealed_extra_rows
from cases.models import Case, ExtraAnswer, ExtraField
from cms.wall import scope
from cms.wall.models import RevealReason
from cms.wall.reveals.services import reveal_open
from dashboards.tables.selectors import data_set, span_period, table_build, wanted_read
from tests.cases.extra.steps import field_create, require
from tests.cases.steps import open_case, send
from tests.journal.sql import as_owner
from tests.portal.test_home import text_of

TRUST, GUARDIAN = "personne_de_confiance", "tuteur_designe"
"""Fields of the cast: a text about each request, asked of everybody; a text about each situation."""


@pytest.fixture
def coordination(cast):
    with scope.acting(cast["coordination"]):
        yield cast["coordination"]


def unsealed(cast, **changes) -> ExtraField:
    """A field whose answers are counted, agreed by two people."""
    with scope.acting(cast["coordination"]):
        field = field_create(cast["coordination"], **changes)
        extra_unseal_ask(field=field, by=cast["coordination"], reason="Prévoir les interprètes")
    with scope.acting(cast["direction"]):
        return extra_unseal_agree(field=field, by=cast["direction"])


def row_of(name: str) -> tuple:
    """The row as the database keeps it, read by its owner."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.is_sealed, a.sealed, a.code FROM cases_extraanswer a "
            "JOIN cases_extrafield f ON f.id = a.field_id WHERE f.code = %s ORDER BY a.id DESC LIMIT 1",
            [name],
        )
        return cursor.fetchone()


def test_an_answer_is_sealed_unless_two_people_agreed(cast, coordination):
    field = field_create(coordination)
    request = send(coordination, extra={field.code: "oui"})
    assert answer_rows(answers_of(request)) == [("Interprète demandé", "Oui")]
    is_sealed, token, code = row_of(field.code)
    assert is_sealed
    assert token.startswith("hv1:")
    assert code == ""


def test_one_person_never_lifts_the_seal_alone(cast, coordination):
    field = field_create(coordination)
    with pytest.raises(ValidationError, match="Dites à quoi"):
        extra_unseal_ask(field=field, by=coordination, reason=" ")
    extra_unseal_ask(field=field, by=coordination, reason="Compter")
    with pytest.raises(ValidationError, match="autre personne"):
        extra_unseal_agree(field=field, by=coordination)
    with pytest.raises(IntegrityError):
        ExtraField.objects.filter(pk=field.pk).update(is_sealed=False, unseal_agreed_by=coordination)


@pytest.mark.parametrize("facts", [{"label": "Religion"}, {"help": "Dites sa religion."}])
def test_what_two_people_let_be_counted_keeps_its_words(cast, facts):
    field = unsealed(cast, kind="choice", choices=choices_read(["Une fois", "Deux fois"], []))
    with scope.acting(cast["coordination"]):
        with pytest.raises(ValidationError, match="telle qu’elle est écrite"):
            extra_field_change(field=field, by=cast["coordination"], **facts)
        more = choices_read(["Une fois", "Deux fois", "Trois fois"], field.choices)
        extra_field_change(field=field, by=cast["coordination"], choices=more, position=3)
        field = ExtraField.objects.get(pk=field.pk)
        assert not field.is_sealed
        assert len(field.labels()) == 3
        renamed = [{**item, "label": f"Religion {item['code']}"} for item in field.choices]
        for changed in (*([{name: text}] for name, text in facts.items()), [{"choices": renamed}]):
            with pytest.raises(IntegrityError), transaction.atomic():
                ExtraField.objects.filter(pk=field.pk).update(**changed[0])
        extra_seal(field=field, by=cast["coordination"], reason="Une autre question")
        extra_field_change(field=ExtraField.objects.get(pk=field.pk), by=cast["coordination"], **facts)


def test_words_do_not_change_between_who_asks_and_who_agrees(cast, coordination):
    field = field_create(coordination)
    extra_unseal_ask(field=field, by=coordination, reason="Prévoir les interprètes")
    with pytest.raises(ValidationError, match="telle qu’elle est écrite"):
        extra_field_change(field=field, by=coordination, label="Religion")


def test_nobody_asks_nor_agrees_in_the_name_of_another(cast, coordination):
    field = field_create(coordination)
    asked = {"unseal_asked_by": coordination, "unseal_reason": "Compter"}
    for forged in (
        asked | {"unseal_asked_by": cast["direction"]},
        asked | {"unseal_agreed_by": cast["direction"], "is_sealed": False},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ExtraField.objects.filter(pk=field.pk).update(**forged)


def test_a_text_stays_sealed_for_ever(coordination):
    field = ExtraField.objects.get(code=TRUST)
    with pytest.raises(ValidationError, match="toujours sous scellé"):
        extra_unseal_ask(field=field, by=coordination, reason="Compter")


def test_what_was_promised_to_the_seal_stays_there(cast):
    with scope.acting(cast["coordination"]):
        field = field_create(cast["coordination"])
        send(cast["coordination"], extra={field.code: "oui"})
        extra_unseal_ask(field=field, by=cast["coordination"], reason="Compter")
    with scope.acting(cast["direction"]):
        extra_unseal_agree(field=field, by=cast["direction"])
    assert row_of(field.code)[0], "an answer already given was promised to the seal"
    with scope.acting(cast["coordination"]):
        second = send(cast["coordination"], extra={field.code: "non"})
        assert ExtraAnswer.objects.get(sollicitation=second).code == "non"
        extra_seal(field=field, by=cast["coordination"], reason="Plus utile")
        assert not field.answers.filter(is_sealed=False).exists()
        assert answer_rows(answers_of(second)) == [("Interprète demandé", "Non")]


def test_who_reads_the_answers_of_a_request(cast, client_of):
    """As the words of the request: who sent it and the coordination, nobody else, transmitter included."""
    from tests.cast.situations import rows

    found = rows()
    for key, expected in (("gendarme", 1), ("coordination", 1), ("ase", 0), ("director_a", 0), ("dpo", 0)):
        with scope.acting(cast[key]):
            assert answers_of(found["sollicitation_a"]).count() == expected, key
    page = client_of("gendarme").get(reverse("cases:request", args=[found["sollicitation_a"].pk]))
    assert "MARQUEUR-CHAMP-A" in text_of(page)
    file = client_of("coordination").get(reverse("cases_sollicitation:inspect", args=[found["sollicitation_a"].pk]))
    assert "MARQUEUR-CHAMP-A" in text_of(file)


def test_a_sealed_answer_of_a_situation_waits_for_a_reveal(cast, client_of):
    from tests.cast.situations import rows

    case = rows()["case_a"]
    with scope.acting(cast["coordination"]):
        assert not answers_of(case).exists()
        assert sealed_extra_rows(case.pk) == []
        reveal_open(kind="case", object_id=case.pk, by=cast["coordination"], reason=RevealReason.CONTACT)
        assert sealed_extra_rows(case.pk) == [("Tuteur désigné", "MARQUEUR-CHAMP-SITUATION")]
    page = client_of("coordination").get(reverse("cases_case:edit", args=[case.pk]))
    assert "laissez vide pour la garder" in text_of(page)
    assert "MARQUEUR-CHAMP-SITUATION" not in text_of(page)


def test_an_empty_answer_keeps_what_is_sealed(cast, coordination):
    case = Case.objects.filter(extra_answers=None).first() or open_case(cast)[1]
    extra_answers_write(parent=case, answers={GUARDIAN: "Mme A."}, by=coordination)
    assert extra_answers_write(parent=case, answers={GUARDIAN: ""}, by=coordination) == 0
    reveal_open(kind="case", object_id=case.pk, by=coordination, reason=RevealReason.CONTACT)
    assert sealed_extra_rows(case.pk) == [("Tuteur désigné", "Mme A.")]


@pytest.mark.parametrize(
    ("kind", "text", "sentence"),
    [
        ("date", "2026-02-30", "Indiquez un jour qui existe."),
        ("yes_no", "peut-être", "Prenez une ligne de la liste."),
        ("choice", "autre", "Prenez une ligne de la liste."),
        ("text", "x" * 1001, "1000 caractères au plus."),
    ],
)
def test_a_wrong_answer_is_refused_beside_its_field(coordination, kind, text, sentence):
    offered = choices_read(["Un", "Deux"], []) if kind == "choice" else []
    field = field_create(coordination, kind=kind, label="Essai", choices=offered)
    with pytest.raises(ValidationError) as refused:
        send(coordination, extra={field.code: text})
    assert refused.value.message_dict == {f"extra_{field.code}": [sentence]}


def test_a_compulsory_field_never_holds_back_who_calls_for_a_bed_tonight(cast, coordination):
    field = field_create(coordination)
    require(cast, field)
    short = extra_form_fields(fields_on_screens(is_short=True), may_require=False)
    assert not short[f"extra_{field.code}"].required
    stages = extra_form_fields(fields_on_screens(is_short=False), may_require=True)
    assert stages[f"extra_{field.code}"].required


def test_each_is_asked_what_is_meant_for_them(coordination):
    for audience in ("everybody", "stages", "office"):
        field_create(coordination, label=audience, audience=audience)
    short = {field.code for field in fields_on_screens(is_short=True)}
    stages = {field.code for field in fields_on_screens(is_short=False)}
    assert short == {"everybody", TRUST}
    assert stages == {"everybody", "stages", TRUST}


def test_the_police_are_asked_on_the_last_screen_and_may_say_nothing(cast, client_of):
    with scope.acting(cast["coordination"]):
        require(cast, field_create(cast["coordination"]))
    page = client_of("gendarme").post(reverse("cases:request_new"), {"step": "screen-3", "screen": "2"})
    assert "Interprète demandé" in text_of(page)


def test_retired_the_field_is_no_longer_asked_and_its_answers_stay(coordination):
    field = field_create(coordination)
    request = send(coordination, extra={field.code: "oui"})
    extra_field_retire(field=field, by=coordination, reason="Inutile")
    assert field.code not in {found.code for found in fields_on_screens(is_short=False)}
    assert answer_rows(answers_of(request)) == [("Interprète demandé", "Oui")]


def test_a_choice_that_is_taken_away_keeps_its_words(coordination):
    field = field_create(coordination, kind="choice", label="Langue", choices=choices_read(["Bambara", "Soninké"], []))
    request = send(coordination, extra={field.code: "soninke"})
    kept = choices_read(["Bambara", "Peul"], field.choices)
    extra_field_change(field=field, by=coordination, choices=kept)
    assert [item["code"] for item in field.choices if not item["is_retired"]] == ["bambara", "peul"]
    assert answer_rows(answers_of(request)) == [("Langue", "Soninké")]


def test_codes_are_drawn_from_the_question():
    assert code_of("Téléphone du tuteur ?") == "telephone_du_tuteur"
    assert code_of("3 visites") == "champ_3_visites"
    assert [item["code"] for item in choices_read(["Été", "Ete"], [])] == ["ete", "ete_2"]


def test_brothers_and_sisters_do_not_share_the_answers(cast, coordination):
    from cases.requests.services.sollicitations import NewSollicitation
    from cases.requests.siblings.services import Sibling, siblings_send
    from tests.cases.steps import arguments

    field = field_create(coordination)
    request = NewSollicitation(**arguments(coordination), extra={field.code: "oui"})
    first, brother = siblings_send(request, [Sibling(sex_id="sexe:M", age=12)])
    assert answers_of(first).count() == 1
    assert answers_of(brother).count() == 0


def test_a_table_counts_what_two_people_let_out_and_nothing_else(cast):
    field = unsealed(cast)
    day = unsealed(cast, label="Prochaine audience", kind="date", target="case")
    with scope.acting(cast["coordination"]):
        sealed = field_create(cast["coordination"], label="Reste scellé")
        _, case = open_case(cast, extra={field.code: "oui"})
        extra_answers_write(parent=case, answers={day.code: "2026-03-02"}, by=cast["coordination"])
        send(cast["coordination"], extra={field.code: "non", sealed.code: "oui"})
    with scope.acting(cast["coordination"]):
        names = {cut.name for cut in data_set("I1").cuts}
        assert {f"x_{field.code}", f"x_{day.code}"} <= names
        assert not {f"x_{sealed.code}", f"x_{TRUST}"} & names
        wanted = wanted_read(
            data="I1", rows_by=f"x_{field.code}", columns_by=f"x_{day.code}", measure="count",
            period=span_period("twelve"), filters={},
        )  # fmt: skip
        built = table_build(cast["coordination"], wanted)
        found = dict(built.rows)
        assert built.headers == ("2026-03", "Non renseigné", "Total")
        assert found["Oui"] == (1, 0, 1)
        assert found["Non"] == (0, 1, 1)
        only = wanted_read(
            data="I1", rows_by="by_sex", columns_by="", measure="count", period=span_period("twelve"),
            filters={f"x_{field.code}": "oui"},
        )  # fmt: skip
        assert table_build(cast["coordination"], only).total == (1,)


def test_a_list_taken_out_ends_with_what_is_clear(cast, client_of):
    field = unsealed(cast)
    with scope.acting(cast["coordination"]):
        send(cast["coordination"], extra={field.code: "oui"})
    answer = client_of("coordination").get(f"{reverse('cases_sollicitation:list')}?export=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer)))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[0][-1] == "Interprète demandé"
    assert [row[-1] for row in rows[1:]].count("Oui") == 1
    assert "MARQUEUR-CHAMP-A" not in str(rows)


def test_two_people_on_the_screens(cast, client_of):
    browser, other = client_of("coordination"), client_of("direction")
    new = {
        "target": "sollicitation", "label": "Langue parlée", "kind": "choice", "choices": "Bambara\nPeul\n",
        "audience": "everybody", "position": "0",
    }  # fmt: skip
    assert browser.post(reverse("havre_extra:new"), new | {"choices": "Seul"}).status_code == 422
    assert browser.post(reverse("havre_extra:new"), new).status_code == 302
    with scope.acting(cast["coordination"]):
        field = ExtraField.objects.get(code="langue_parlee")
    assert browser.post(reverse("havre_extra:unseal", args=[field.pk]), {"reason": "Interprètes"}).status_code == 302
    assert browser.post(reverse("havre_extra:agree", args=[field.pk]), {}).status_code == 422
    assert other.post(reverse("havre_extra:agree", args=[field.pk]), {}).status_code == 302
    assert "en clair, compté" in text_of(browser.get(reverse("havre_extra:index")))


def test_erasing_takes_what_is_sealed_and_leaves_what_is_counted(cast):
    field = unsealed(cast)
    with scope.acting(cast["coordination"]):
        request, case = open_case(cast, extra={field.code: "oui", TRUST: "Mme B."})
        extra_answers_write(parent=case, answers={GUARDIAN: "M. C."}, by=cast["coordination"])
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT scope_enter_system('retention'), case_forget(%s)", [case.pk])
        cursor.execute(
            "SELECT is_sealed, code FROM cases_extraanswer WHERE case_id = %s OR sollicitation_id = %s",
            [case.pk, request.pk],
        )
        assert cursor.fetchall() == [(False, "oui")]


def test_a_compulsory_answer_that_nobody_gave_is_to_be_completed(cast, client_of):
    """A situation has no form when it opens; sealed, the answer is hidden, and the database says that it is there."""
    with scope.acting(cast["coordination"]):
        by = cast["coordination"]
        field = field_create(by, label="Tuteur prévenu", target="case", audience="office")
        asked = field_create(by, label="Interprète prévu")
        for question in (field, asked):
            require(cast, question)
        request, case = open_case(cast)
    browser = client_of("coordination")
    file, request_file = (
        reverse("cases_case:inspect", args=[case.pk]),
        reverse("cases_sollicitation:inspect", args=[request.pk]),
    )
    board = reverse("dashboards_consistency")
    for page, question in ((file, "Tuteur prévenu"), (request_file, "Interprète prévu")):
        assert "À compléter" in text_of(browser.get(page))
        assert question in text_of(browser.get(page))
    shown = browser.get(board).content.decode()
    assert reverse("cases_case:edit", args=[case.pk]) in shown
    assert reverse("cases_sollicitation:edit", args=[request.pk]) in shown
    assert browser.get(reverse("cases_case:edit", args=[case.pk])).status_code == 200
    with scope.acting(cast["coordination"]):
        extra_answers_write(parent=case, answers={field.code: "oui"}, by=by)
        extra_answers_write(parent=request, answers={asked.code: "non"}, by=by)
        assert not ExtraAnswer.objects.filter(case=case, field=field).exists(), "sealed: no reveal is live"
    for page, question in ((file, "Tuteur prévenu"), (request_file, "À compléter")):
        assert question not in text_of(browser.get(page))
    assert reverse("cases_case:edit", args=[case.pk]) not in browser.get(board).content.decode()


def test_nobody_else_learns_what_is_missing(cast):
    with scope.acting(cast["coordination"]):
        field = field_create(cast["coordination"], label="Tuteur prévenu", target="case", audience="office")
        require(cast, field)
    for key in ("director_a", "gendarme", "trainer", "state_reader"):
        with scope.acting(cast[key]):
            assert not incomplete("case").exists()
            with connection.cursor() as cursor:
                cursor.execute("SELECT extra_missing_ids('case'), extra_missing('case', gen_random_uuid())")
                assert cursor.fetchall() == []
