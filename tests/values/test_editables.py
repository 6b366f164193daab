"""What is set without a developer: one page lists it, each change keeps its version, and a version comes back."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.utils import ProgrammingError
from django.urls import reverse

from cases.incidents.runaways.services import runaway_delay_set
from cases.models import RunawayDelay
from cms.retention.models import RuleVersion
from cms.territory.models import Territory
from cms.values.config import config_parts
from cms.values.editable import editables
from cms.values.models import ConfigVersion, SettingVersion, Value
from cms.values.services import setting_change, value_change
from cms.values.settings import setting_impact, setting_value
from cms.wall import scope
from dashboards.reporting.models import Target
from dashboards.reporting.targets.services import target_set
from tests.portal.test_home import text_of

WORK = {
    "lignes du travail": {
        "cases.ExtraRequirement", "cases.PlaceConfirmation", "dashboards.Trace",
        "documents.KindDecision", "events.SoftwareAccount",
        "formation.Session", "formation.YearPlan",
        "partners.Partner", "referentiel.Campaign", "reporting.ClosedPeriod", "reporting.Committee",
        "reporting.HistoryImport",
        "dashboards.FigureMark", "dashboards.KeptResult",
        "retention.RetentionRun", "rights.NightCheck", "users.User", "accounts.Invitation",
    },
    "textes publiés, qui ont leurs propres versions": {
        "documents.ClauseVersion", "documents.DocumentVersion",
    },
    "géographie officielle, chargée par load_reference": {
        "territory.Region", "territory.Territory",
    },
    "tenue interne": {
        "access.Counter", "journal.JournalCut", "journal.JournalHold", "journal.JournalMonth", "values.ConfigVersion",
    },
}  # fmt: skip
"""Models that nobody sets, and why. What points at one of the first is work too."""
OURS = ("cms", "cases", "formation", "referentiel", "dashboards")
REFERENCE = {"users.User", "territory.Region", "territory.Territory"}
"""What a setting may point at: who changed it, where it holds."""


def ours() -> list[type[models.Model]]:
    return [row for row in apps.get_models() if row.__module__.split(".")[0] in OURS and row._meta.managed]


def _is_about_somebody(model: type[models.Model]) -> bool:
    for field in model._meta.fields:
        person = field.is_relation and field.related_model._meta.label == "users.User"
        other = isinstance(field, models.UUIDField) and not field.primary_key and not field.is_relation
        if (person and not field.name.endswith("_by")) or (other and not field.name.endswith("_by_id")):
            return True
        if type(field).__name__.startswith("Sealed"):
            return True
    return False


def settable() -> set[str]:
    """Models that say nothing of anybody nor of any work: what is left is set by somebody."""
    work = {row._meta.label for row in ours() if _is_about_somebody(row)} | set().union(*WORK.values())
    while True:
        more = {
            row._meta.label
            for row in ours()
            if row._meta.label not in work
            and any(f.is_relation and f.related_model._meta.label in work - REFERENCE for f in row._meta.fields)
        }
        if not more:
            return {row._meta.label for row in ours()} - work
        work |= more


def test_whatever_is_set_stands_on_the_page_of_settings():
    named = {label for item in editables() for label in item.models}
    assert settable() - named == set(), "Dites-le par editable_register(), ou dans WORK avec sa raison."


def test_whatever_is_set_is_in_the_file_or_says_why_not():
    parts = {part.code for part in config_parts()}
    assert [item.code for item in editables() if not item.not_in_file and item.part not in parts] == []
    assert parts - {item.part for item in editables()} - {"lists"} == set()


@pytest.fixture
def changed(cast):
    """One change of each kind that is changed in place, or kept version by version."""
    with scope.acting(cast["coordination"]):
        value_change(value=Value.objects.get(pk="canal:TEL"), label="Par téléphone", reason="Plus clair")
        setting_change(key="cases.answer_hours", value=36, changed_by_id=cast["coordination"].pk, reason="Plus court")
        lille = Territory.objects.get(pk="59")
        runaway_delay_set(territory=lille, day_minutes=60, night_minutes=30, protocol="A", by=cast["coordination"])
        runaway_delay_set(territory=lille, day_minutes=90, night_minutes=30, protocol="B", by=cast["coordination"])
        target_set(by=cast["coordination"], year=1, code="I1", value=200)
        target_set(by=cast["coordination"], year=1, code="I1", value=260, reason="Avenant")
    return cast


def test_the_page_lists_everything_with_who_changed_it_last(client_of, changed):
    text = text_of(client_of("coordination").get(reverse("havre_config:index")))
    for item in editables():
        if item.code != "retention":
            assert item.label in text
    assert "Claire Vasseur" in text


@pytest.mark.parametrize("key", ["editor", "trainer", "dpo", "tech_admin"])
def test_it_is_the_coordination_s(client_of, key):
    browser = client_of(key)
    assert browser.get(reverse("havre_config:index")).status_code == 404
    assert browser.get(reverse("havre_config:versions", args=["settings"])).status_code == 404
    assert browser.get(reverse("havre_config:restore", args=["settings"])).status_code == 404


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("values", "Libellé : Téléphone → Par téléphone"),
        ("settings", "Valeur : 48 heures → 36 heures"),
        ("runaways", "Le jour : 1 h → 1 h 30 min"),
        ("targets", "Cible : 200 → 260"),
        ("matching", "Aucun changement"),
        ("grid", "Première version"),
        ("circuits", "Première version"),
        ("messages", "Aucun changement"),
        ("retention", "Aucun changement"),
    ],
)
def test_versions_say_what_differs_in_words(client_of, changed, code, sentence):
    key = "direction" if code == "retention" else "coordination"
    assert sentence in text_of(client_of(key).get(reverse("havre_config:versions", args=[code])))


def restore(browser, code, key, version):
    """What it would change is shown, then it is done."""
    url = f"{reverse('havre_config:restore', args=[code])}?objet={key}&version={version}"
    assert "Ce qui changerait" in text_of(browser.get(url))
    return browser.post(url, {"reason": "On revient en arrière"})


def version_of(part, **content):
    return ConfigVersion.objects.filter(part=part, content__contains=content).order_by("pk").first().pk


def test_a_version_comes_back_as_a_new_one_through_the_service(client_of, changed):
    browser = client_of("coordination")
    first = version_of("runaways", protocol="A")
    assert restore(browser, "runaways", "59", first).status_code == 302
    with scope.acting(changed["coordination"]):
        assert RunawayDelay.objects.get(pk="59").protocol == "A"
    assert ConfigVersion.objects.filter(part="runaways").count() == 3
    assert restore(browser, "values", "canal:TEL", version_of("values", label="Téléphone")).status_code == 302
    assert Value.objects.get(pk="canal:TEL").label == "Téléphone"
    assert restore(browser, "targets", "1-I1", version_of("targets", value=200)).status_code == 302
    with scope.acting(changed["coordination"]):
        assert Target.objects.get(code="I1", year=1).value == 200
    assert restore(browser, "settings", "cases.answer_hours", "origine").status_code == 302
    assert setting_value("cases.answer_hours") == 48
    assert SettingVersion.objects.filter(key="cases.answer_hours").latest("changed_at").reason


def test_a_version_that_may_stand_no_more_is_refused(client_of, changed):
    """The service of the screen decides: a retired value of a core list does not come back so."""
    with scope.acting(changed["coordination"]):
        core = Value.objects.filter(is_core=True).first()
        ConfigVersion.objects.create(
            part="values", key=core.pk, content={**_facts(core), "active_to": "2026-01-01"}, reason="Essai"
        )
    answer = restore(client_of("coordination"), "values", core.pk, version_of("values", active_to="2026-01-01"))
    assert answer.status_code == 422
    assert "sert aux calculs" in text_of(answer)


def _facts(value):
    from cms.values.services import value_facts

    return value_facts(value)


def test_a_rule_of_retention_comes_back_as_a_proposal_for_two(client_of, cast):
    url = reverse("havre_config:restore", args=["retention"])
    assert client_of("coordination").get(f"{url}?objet=contact&version=origine").status_code == 404
    assert restore(client_of("direction"), "retention", "contact", "origine").status_code == 302
    with scope.acting(cast["direction"]):
        assert RuleVersion.objects.get(kind="contact", dismissed_at=None).in_force_at is None


def test_versions_are_never_changed(changed):
    with scope.acting(changed["coordination"]), pytest.raises(ProgrammingError):
        ConfigVersion.objects.update(reason="Autre")


def test_what_a_delay_moves_is_counted_before_it_is_saved(client_of, cast):
    with scope.acting(cast["coordination"]):
        said = setting_impact("cases.arrival_hours", 1)
        assert len(said) == 1
        assert said[0].startswith("Places retenues")
        assert setting_value("cases.arrival_hours") == 72
    browser, url = client_of("coordination"), reverse("havre_settings:edit", args=["cases.arrival_hours"])
    asked = browser.post(url, {"value": "1"})
    assert "Places retenues" in text_of(asked)
    assert setting_value("cases.arrival_hours") == 72
    other = browser.post(url, {"value": "2", "seen": asked.context_data["mark"]})
    assert other.status_code == 200, "what is saved is what was shown"
    assert browser.post(url, {"value": "1", "seen": asked.context_data["mark"]}).status_code == 302


def test_a_day_that_does_not_exist_is_refused_at_the_field(client_of, cast):
    url = reverse("havre_settings:edit", args=["figures.convention_start"])
    assert client_of("coordination").post(url, {"value": "2026-02-30"}).status_code == 422
    with scope.acting(cast["coordination"]), pytest.raises(ValidationError):
        setting_change(key="figures.convention_start", value="demain", changed_by_id=None)


def test_targets_say_whether_they_are_reached_before_they_are_saved(client_of, cast):
    browser, url = client_of("coordination"), reverse("havre_periods:targets", args=[1])
    asked = browser.post(url, {"I1": "100000"})
    assert "pas encore atteinte" in text_of(asked)
    assert not Target.objects.filter(year=1, value=100000).exists()
    assert browser.post(url, {"I1": "100000", "seen": asked.context_data["mark"]}).status_code == 302


def test_a_value_says_what_uses_it(client_of, cast):
    with scope.acting(cast["coordination"]):
        from cases.models import Sollicitation

        pk = Sollicitation.objects.exclude(channel=None).values_list("channel_id", flat=True).first()
    page = client_of("coordination").get(reverse("values_value:edit", args=[pk.replace(":", "_3A")]))
    assert "Employée par" in text_of(page)
