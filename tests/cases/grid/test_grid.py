"""The grille de repérage: what it says, who reads one, what is never kept, how a version is published."""

import re
import threading
import uuid
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client
from django.urls import reverse

from cases.files.duplicates.services import case_merge_agree, case_merge_ask
from cases.grid.enums import GridReading, SignWeight
from cases.grid.rules import Sign, content_changes, content_check, first_content, grid_read, next_code
from cases.grid.selectors import content_of, grid_in_force
from cases.grid.services import grid_attach, grid_publish
from cases.models import FilledGrid, GridVersion
from cases.requests.services.sollicitations import sollicitation_close
from cms.data_rights.copies.rules import file_items
from cms.users.models import User
from cms.wall import scope
from tests.cases.steps import held_by, journal_of, open_case, send, settle, walled
from tests.journal.sql import as_owner, run

PUBLIC = reverse("reperage:grid")
STRONG = {"signe_S04": "seen", "signe_S06": "told", "signe_S01": "no"}
BOTH = ["exploitation sexuelle", "contrainte à commettre des délits"]
SCORE = re.compile(r"\d+ (?:points?|signes? (?:forts?|moyens?|faibles?))|score|poids", re.IGNORECASE)


def seen(*codes: str) -> dict[str, str]:
    return dict.fromkeys(codes, "seen")


def attach(grid_of, by, answers=None, number=1, key=None):
    return grid_attach(
        sollicitation=grid_of, key=key or uuid.uuid4(), number=number, answers=answers or seen("S04"), by=by
    )


def body(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode().replace("&nbsp;", " ").replace("\u00a0", " "))


@pytest.mark.parametrize(
    ("answers", "reading", "forms"),
    [
        ({}, GridReading.NONE, []),
        ({"S04": "no", "S07": "unknown"}, GridReading.NONE, []),
        (seen("S04"), GridReading.STRONG, BOTH),
        (seen("S01", "S03", "S06"), GridReading.SUSPICION, BOTH),
        (seen("S12", "S13", "S15"), GridReading.WATCH, ["exploitation sexuelle"]),  # three medium signs of one theme
        ({"S01": "told", "S06": "seen", "S12": "told"}, GridReading.SUSPICION, None),
        (seen("S09", "S17", "S36", "S01", "S06"), GridReading.SUSPICION, None),  # three faint ones make a medium one
        (seen("S36"), GridReading.WATCH, []),
    ],
)  # fmt: skip
def test_signs_are_read_in_words(answers, reading, forms):
    read = grid_read(first_content(), answers)
    assert read.reading == reading
    assert read.words == first_content().words[reading]
    assert forms is None or read.forms == forms


def test_the_public_grid_keeps_nothing(db, client_of):
    browser = Client(enforce_csrf_checks=True)
    lines = count_lines()
    blank = browser.get(PUBLIC)
    read = browser.post(PUBLIC, {"version": "1", "step": "read", **STRONG})
    for response in (blank, read):
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        assert not response.cookies
        for words in ("n’est pas un signalement", "tel:119", "tel:17", "tel:112", "tel:116000", "CRIP"):
            assert words in response.content.decode()
        assert not SCORE.search(body(response))
    assert browser.cookies == {}
    assert "Suspicion forte : appelez" in body(read)
    assert "Véhicule qui attend près de l’établissement" in body(read)
    assert "Fugues répétées" not in body(read)  # answered « non »
    assert count_lines() == lines
    with scope.acting(User.objects.get(email="coordination@havre.example")):
        assert FilledGrid.objects.count() == 2  # those of the cast

    again = browser.post(PUBLIC, {"version": "1", "step": "edit", **STRONG})
    assert 'name="signe_S04" value="seen" checked' in body(again)
    assert browser.post(f"{PUBLIC}?x=1", {"version": "1", "signe_S04": "beaucoup"}).status_code == 422
    stale = browser.post(PUBLIC, {"version": "9", **STRONG})
    assert stale.status_code == 422
    assert "La grille a changé" in body(stale)


def count_lines() -> int:
    with as_owner():
        return run("SELECT count(*) FROM journal_line")[0][0]


def test_the_service_that_asked_reads_then_joins_a_grid(client_of, rows, acting_as):
    url = reverse("cases:request_grid_new", args=[rows["sollicitation_a"].pk])
    browser, key = client_of("gendarme"), str(uuid.uuid4())
    assert "Lire ce que disent ces signes" in body(browser.get(url))
    data = {"version": "1", "key": key, "step": "read", **STRONG}
    read = browser.post(url, data)
    assert "La grille n’est pas encore jointe" in body(read)
    assert browser.post(url, {"version": "1", "key": key, "step": "attach"}).status_code == 422  # nothing answered
    first, second = (browser.post(url, data | {"step": "attach"}) for _ in range(2))
    assert first.url == second.url
    page = body(browser.get(first.url))
    assert "Suspicion forte : appelez" in page
    assert "n’est pas un signalement" in page
    assert not SCORE.search(page)
    with acting_as("coordination"):
        grid = FilledGrid.objects.get(pk=key)
        assert (grid.version_id, grid.answers, grid.reading) == (
            1,
            {"S04": "seen", "S06": "told", "S01": "no"},
            "strong",
        )
    action, details = journal_of(rows["sollicitation_a"].pk)[-1]
    assert action == "cases.grid.attach"
    assert "S04" not in str(details)
    assert "Grille du" in body(browser.get(reverse("cases:request", args=[rows["sollicitation_a"].pk])))
    office = client_of("coordination")
    file = reverse("cases_sollicitation:inspect", args=[rows["sollicitation_a"].pk])
    assert "Suspicion forte" in body(office.get(file))
    admin = reverse("cases_sollicitation:grid_read", args=[rows["sollicitation_a"].pk, key])
    assert "Véhicule qui attend" in body(office.get(admin))


def test_the_coordination_joins_one_from_the_telephone(client_of, rows, acting_as):
    row = rows["sollicitation_transmitted"]
    url, browser = reverse("cases_sollicitation:grid", args=[row.pk]), client_of("coordination")
    data = {"version": "1", "key": str(uuid.uuid4()), **STRONG}
    assert browser.get(url).status_code == 200
    assert "Joindre à la demande" in body(browser.post(url, data | {"step": "read"}))
    assert browser.post(url, data | {"step": "attach"}).status_code == 302
    assert browser.post(url, data | {"step": "attach", "version": "2"}).status_code == 422
    with acting_as("transmitter"):
        assert not FilledGrid.objects.exists()  # who only transmitted reads no grid
    with acting_as("gendarme"):
        assert {grid.sollicitation_id for grid in FilledGrid.objects.all()} == {rows["sollicitation_a"].pk}


def test_nobody_else_joins_one_and_none_changes(cast, acting_as, rows):
    with acting_as("transmitter"), pytest.raises(ValidationError, match="pas ouverte"):
        attach(rows["sollicitation_transmitted"], cast["transmitter"])
    grid = FilledGrid(
        sollicitation=rows["sollicitation_transmitted"], version_id=1, answers={"S01": "seen"}, reading="watch",
        filled_by=cast["transmitter"], filled_at="2026-01-01T00:00Z",
    )  # fmt: skip
    with acting_as("transmitter"), walled():
        grid.save(force_insert=True)
    with acting_as("ase"), walled():
        grid.pk, grid.sollicitation, grid.filled_by = uuid.uuid4(), rows["sollicitation_a"], cast["ase"]
        grid.save(force_insert=True)
    with acting_as("coordination"), transaction.atomic(), pytest.raises(DatabaseError, match="permission denied"):
        FilledGrid.objects.update(reading="none")
    with acting_as("coordination"):
        sollicitation_close(
            sollicitation=rows["sollicitation_a"], outcome_id="decision:SANS-SUITE", by=cast["direction"]
        )
    with acting_as("gendarme"), pytest.raises(ValidationError, match="close"):
        attach(type(rows["sollicitation_a"]).objects.get(pk=rows["sollicitation_a"].pk), cast["gendarme"])
    grid.pk, grid.sollicitation, grid.filled_by = uuid.uuid4(), rows["sollicitation_a"], cast["gendarme"]
    with acting_as("gendarme"), walled():
        grid.save(force_insert=True)


def changed(content, **thresholds):
    signs = [replace(sign, weight=SignWeight.FAINT) if sign.code == "S04" else sign for sign in content.signs[1:]]
    new = Sign(next_code(sign.code for sign in content.signs), "École", "Dort en classe", SignWeight.MEDIUM, ("SEX",))
    return replace(content, signs=(*signs, new), thresholds=replace(content.thresholds, **thresholds))


def test_a_published_version_never_changes_and_grids_keep_theirs(cast, acting_as, rows):
    with acting_as("coordination"):
        before = content_of(grid_in_force())
        after = changed(before, medium_for_suspicion=2)
        said = content_changes(before, after)
        assert "Signe ajouté : Dort en classe." in said
        assert any("fort → faible" in sentence for sentence in said)
        second = grid_publish(content=after, reason="Retour du terrain", base=1, by=cast["coordination"])
        assert second.number == 2
        for base, content in ((1, before), (2, after)):
            with pytest.raises(ValidationError):
                grid_publish(content=content, reason="Encore", base=base, by=cast["coordination"])
        grid = FilledGrid.objects.get(pk=rows["grid_a"].pk)
        assert grid.version_id == 1
        assert grid_read(content_of(grid.version), grid.answers).reading == GridReading.STRONG
        with pytest.raises(ValidationError, match="La grille a changé"):
            attach(rows["sollicitation_open"], cast["coordination"])
    with acting_as("gendarme"), pytest.raises(ValidationError):
        grid_publish(content=before, reason="Moi", base=2, by=cast["gendarme"])
    with acting_as("editor"), walled():
        GridVersion(
            number=3, content={}, reason="x", published_at="2026-01-01T00:00Z", published_by=cast["editor"]
        ).save(force_insert=True)
    for sql in ("UPDATE cases_gridversion SET reason = 'autre'", "DELETE FROM cases_gridversion WHERE number = 2"):
        with as_owner(), held_by("gridversion_frozen"), connection.cursor() as cursor:
            cursor.execute(sql)


@pytest.mark.parametrize(
    "broken",
    [
        lambda content: replace(content, signs=()),
        lambda content: replace(content, signs=(content.signs[0], content.signs[0])),
        lambda content: replace(content, signs=(replace(content.signs[0], label=""),)),
        lambda content: replace(content, signs=(replace(content.signs[0], forms=("NATIONALITE",)),)),
    ],
)
def test_what_a_version_may_not_be(broken):
    with pytest.raises(ValidationError):
        content_check(broken(first_content()))


def test_the_screen_shows_what_changes_then_publishes(client_of, acting_as):
    browser, url = client_of("coordination"), reverse("havre_grid_new")
    form = browser.get(url).context["form"]
    data = {name: field.value() for name in form.fields for field in (form[name],)} | {"reason": "Essai du comité"}
    data |= {"signe-TOTAL_FORMS": "62", "signe-INITIAL_FORMS": "58"}
    for rank, line in enumerate(form.signs):
        data |= {f"signe-{rank}-{name}": line[name].value() or "" for name in ("code", "theme", "label", "weight")}
        data |= {f"signe-{rank}-forms_pointed": line["forms_pointed"].value() or []}
    data |= {"signe-0-removed": "on", "signe-58-theme": "École", "signe-58-label": "Dort en classe"}
    tried = body(browser.post(url, data))
    assert "Signe retiré : Fugues répétées" in tried
    assert "Signe ajouté : Dort en classe" in tried
    assert browser.post(url, data | {"signe-58-theme": ""}).status_code == 422
    assert browser.post(url, data | {"save": "1"}).status_code == 302
    with acting_as("coordination"):
        version = grid_in_force()
        assert version.number == 2
        added = content_of(version).themes()["École"][-1]
        assert (added.code, added.label) == ("S59", "Dort en classe")
    assert browser.post(url, data | {"save": "1"}).status_code == 422  # begun from the version before
    assert "Dort en classe" in body(Client().get(PUBLIC))
    for key in ("gendarme", "editor", "dpo"):
        assert client_of(key).get(url).status_code in (302, 404)
    first = body(browser.get(reverse("havre_grid_version", args=[1])))
    assert "Fugues répétées" in first


def test_two_publications_at_once_give_one_version(committed):
    results: list[str] = []

    def publish(key: str) -> None:
        by = User.objects.get(email=f"{key}@havre.example")
        try:
            with scope.acting(by):
                grid_publish(content=changed(first_content()), reason="Ensemble", base=1, by=by)
            results.append("done")
        except ValidationError:
            results.append("refused")
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=publish, args=[key]) for key in ("coordination", "direction")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["done", "refused"]


def test_a_grid_follows_its_request_through_copy_merge_and_erasure(cast, acting_as):
    with acting_as("coordination"):
        by = cast["coordination"]
        (first, one), (second, other) = open_case(cast), open_case(cast)
        for row in (first, second):
            attach(row, by, seen("S16", "S04"))
        copied = [item for item in file_items(one.pk) if item.label == "Grille de repérage"]
        assert len(copied) == 1
        assert "Tentative de suicide" in copied[0].value
        assert copied[0].is_read_through
        alone = send(by)
        attach(alone, by)
        merge = case_merge_ask(kept=one, merged=other, by=by)
    with acting_as("direction"):
        case_merge_agree(merge=merge, by=cast["direction"])
        assert FilledGrid.objects.filter(sollicitation__case=other).count() == 1
    ids = [first.pk, second.pk, alone.pk]
    left = "SELECT count(*) FROM cases_filledgrid WHERE sollicitation_id = ANY (%s)"
    with as_owner():
        assert run(left, ids) == [(3,)]
        run("SELECT case_forget(%s)", one.pk)  # one person: every file of it
        assert run(left, ids) == [(1,)]
        run("SELECT sollicitation_words_forget(%s)", alone.pk)
        assert run(left, ids) == [(0,)]
    settle()
