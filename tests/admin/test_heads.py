"""The head of a file: one next act, the others in a menu, what is unknown folded away."""

from bs4 import BeautifulSoup
from django.urls import reverse

from cases.incidents.admin.viewsets import IncidentInspectView
from cases.models import Case, Incident, Placement, Sollicitation
from cms.admin.heads import actions_split, blocks_aside, blocks_known, sections_of
from cms.admin.timeline import SHOWN
from cms.kit.blocks import Action, Facts, Listing
from cms.partners.models import Partner
from cms.values.models import Value
from tests.admin.conftest import viewsets

FILES = (Case, Incident, Placement, Sollicitation, Partner)


def test_one_act_is_the_next_step_and_the_others_wait_in_the_menu():
    first, second, third = Action("Modifier", "/a"), Action("Retenir", "/b", is_main=True), Action("Noter", "/c")
    assert actions_split([first, second, third]) == (second, [first, third])
    assert actions_split([first, third]) == (None, [first, third])
    assert actions_split([first]) == (first, [])
    assert actions_split([]) == (None, [])


def test_two_main_acts_leave_one_filled_button():
    first, second = Action("Retenir", "/a", is_main=True), Action("Relancer", "/b", is_main=True)
    assert actions_split([first, second]) == (first, [second])


def test_what_is_unknown_is_folded_and_an_empty_part_is_not_drawn():
    listing = Listing("Messages", ("Quand",), [("hier",), ("ce matin",)], "Rien.")
    tabs, missing = blocks_known(
        [Facts("Elle", [("Langue", None), ("Seule", False), ("Âge", 0)]), Facts("Santé", [("Soins", "")]), listing]
    )
    assert [(tab.block.title, tab.count) for tab in tabs] == [("Elle", 0), ("Messages", 2)]
    assert tabs[0].block.rows == [("Seule", False), ("Âge", 0)]
    assert missing == ["Langue", "Soins"]


def test_a_drill_says_so_and_an_incident_without_a_structure_names_none():
    grave = IncidentInspectView()
    kind, severity = Value(label="Fugue, disparition"), Value(label="Grave", extra={})
    grave.object = Incident(reference="I-1", is_drill=False, incident_type=kind, severity=severity)
    assert (grave.head().who, grave.head().where) == ("Fugue, disparition", "")
    grave.object.is_drill = True
    assert grave.head().who == "Exercice annuel"


def test_what_stands_beside_the_file_is_no_part_of_it():
    grants = Listing(
        "Qui peut voir", ("Qui", "Jusqu’où"), [("Les Tilleuls", "la fiche", "")], "Personne.", is_aside=True
    )
    kept = Facts("Conservé", [("Récit", "un an"), ("Pièce", "")], is_aside=True)
    tabs, missing = blocks_known([grants, kept])
    assert (tabs, missing) == ([], [])
    assert blocks_aside([grants, kept, Facts("Elle", [("Âge", 15)])]) == [
        ("Qui peut voir", [("Les Tilleuls", "la fiche")], "Personne."),
        ("Conservé", [("Récit", "un an")], ""),
    ]


def test_the_head_takes_the_place_of_wagtails_and_the_side_says_what_was_done(client_of, rows):
    browser = client_of("coordination")
    address = reverse("cases_sollicitation:inspect", args=[rows[Sollicitation].pk])
    soup = BeautifulSoup(browser.get(address).content.decode(), "html.parser")
    assert len(soup.select("h1")) == 1
    assert [link.get_text() for link in soup.select(".hv-file-acts li a")][-1] == "Qui a fait quoi"
    assert not soup.select("[data-slim-header], .w-slim-header")
    done = [line.p.find(string=True).strip() for line in soup.select(".hv-timeline li")]
    assert "Demande orientée" in done
    assert not [words for words in done if "consult" in words.lower()], "readings stand on the whole page"
    assert len(done) <= SHOWN


def test_each_file_says_who_and_shows_one_filled_button(client_of, rows):
    browser = client_of("direction")
    spaces = {view.model: view.url_namespace for view in viewsets() if view.model in FILES}
    assert set(spaces) == set(FILES)
    for model, space in spaces.items():
        page = browser.get(reverse(f"{space}:inspect", args=[rows[model].pk]))
        said = page.content.decode()
        assert page.context["head"].who.replace("\u00a0", " ") in said.replace("\u00a0", " "), model
        head = said.split('class="hv-file-acts"')
        if page.context["main"] or page.context["others"]:
            assert head[1].split("</nav>")[0].count('class="button"') <= 1, model
        assert page.context["head"].pills, model
        assert "non renseigné<" not in said.split('class="hv-missing"')[0].split('class="hv-file-head"')[1], model


def test_a_long_file_stands_under_tabs_that_need_no_script(client_of, rows):
    browser = client_of("coordination")
    soup = BeautifulSoup(
        browser.get(reverse("cases_case:inspect", args=[rows[Case].pk])).content.decode(), "html.parser"
    )
    tabs = soup.select(".hv-tabs a")
    panes = soup.select(".hv-panes > .hv-pane")
    assert [tab["href"] for tab in tabs] == [f"#{pane['id']}" for pane in panes]
    assert [tab.find(string=True).strip() for tab in tabs][0] == "Faits"
    assert {"Orientation", "Séjour", "Protection", "Pièces"} <= {tab.find(string=True).strip() for tab in tabs}
    assert all(pane.select(".hv-block") for pane in panes)


def test_parts_that_name_no_tab_stand_under_the_first_and_one_tab_is_none():
    facts, listing = (
        Facts("Elle", [("Âge", 15)]),
        Listing("Séjours", ("Quand",), [("hier",), ("ici",)], "", tab="Séjour"),
    )
    tabs, _ = blocks_known([listing, facts])
    sections = sections_of(tabs)
    assert [(section.title, section.anchor, section.count) for section in sections] == [
        ("Faits", "onglet-faits", 0),
        ("Séjour", "onglet-sejour", 2),
    ]
    assert sections_of(blocks_known([facts])[0]) == []


def test_every_file_has_a_head_and_says_who_may_see_it_beside_it(client_of, rows):
    browser = client_of("direction")
    for view in viewsets():
        if view.model not in rows:
            continue
        page = browser.get(reverse(f"{view.url_namespace}:inspect", args=[rows[view.model].pk]))
        if page.status_code != 200:
            continue
        soup = BeautifulSoup(page.content.decode(), "html.parser")
        assert len(soup.select("h1")) == 1, view.model
        assert not soup.select(".w-slim-header"), view.model
        if view.model in FILES:
            assert [title for title, _, _ in page.context["aside"] if title.startswith("Qui peut")], view.model
