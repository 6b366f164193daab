"""The configuration goes whole from one database to another, through the services, and nothing else goes with it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from cms.events.webhooks.models import Subscription
from cms.events.webhooks.services.subscriptions import subscription_agree
from cms.journal.models import JournalLine
from cms.values.config import config_dump, config_load, config_parts
from cms.values.models import Value
from cms.values.services import value_create
from cms.values.settings import setting_value
from cms.wall import scope
from tests import database
from tests.journal.sql import as_owner

ROOT = Path(__file__).resolve().parents[2]
ACCOUNT = "coordination@havre.example"
CHANGES = """
from cases.circuit.settings import circuits_dump
from cases.grid.settings import grid_dump
from cases.matching.settings import matching_dump
from cases.matching.selectors.candidates import rules_in_force
from cases.models import CircuitTemplate
from cases.circuit.services import circuit_template_publish, circuit_template_retire
from cases.matching.services import matching_rules_change
from cases.extra.services import extra_field_create, extra_unseal_ask
from cases.incidents.runaways.services import runaway_delay_set
from cms.wall import scope
from cms.notify.inbox.services.obligations import message_text_change
from cms.retention.models import RetentionKind
from cms.retention.services.runs import rule_propose
from cms.territory.models import Territory
from cms.users.models import User
from cms.values.models import Value
from cms.values.services import setting_change, value_change, value_create
from dashboards.reporting.targets.services import target_set
from dashboards.tables.services import table_save
import dataclasses

user = User.objects.get(email="coordination@havre.example")
with scope.acting(user):
    value_create(list_code="canal", code="PIGEON", label="Pigeon 🐦", position=91)
    value_change(value=Value.objects.get(pk="canal:PIGEON"), active_to="2026-01-01")
    setting_change(key="cases.answer_hours", value=37, changed_by_id=user.pk)
    template = CircuitTemplate.objects.order_by("label").first()
    steps = template.versions.order_by("-number").first().steps
    circuit_template_publish(steps=steps[:-1], reason="Plus court", by=user, template=template)
    circuit_template_publish(steps=steps[:2], reason="Essai", by=user, label="Un modèle d’ici")
    circuit_template_retire(template=CircuitTemplate.objects.get(label="Un modèle d’ici"), by=user)
    rules = rules_in_force().rules
    field = next(f.name for f in dataclasses.fields(rules) if type(getattr(rules, f.name)) is int)
    rules = dataclasses.replace(rules, **{field: getattr(rules, field) + 1})
    matching_rules_change(rules=rules, reason="Essai", by=user)
    field = extra_field_create(target="case", label="Titre de séjour", kind="yes_no", by=user, code="titre_de_sejour")
    extra_unseal_ask(field=field, by=user, reason="Compter les demandes")
    message_text_change(kind="digest", subject="Ce matin", body="{liste} {lien}", by=user, reason="Essai")
    runaway_delay_set(territory=Territory.objects.get(pk="59"), day_minutes=60, night_minutes=0, by=user)
    target_set(by=user, year=2, code="I1", value=321)
    table_save(user=user, title="Partagé", data="I1", rows_by="by_sex", measure="count", span="year", is_shared=True)
with scope.acting(User.objects.get(email="direction@havre.example")):
    rule_propose(kind=RetentionKind.objects.get(pk="contact"), months=18, reason="Essai")
"""
SIGNING = """
from cases.models import ExtraField
from cases.extra.services import extra_unseal_agree
from cms.wall import scope
from cms.retention.models import RuleVersion
from cms.retention.services.runs import rule_sign
from cms.users.models import User

coordination, direction = (User.objects.get(email=f"{key}@havre.example") for key in ("coordination", "direction"))
with scope.acting(coordination):
    field = ExtraField.objects.get(code="titre_de_sejour")
other = direction if field.unseal_asked_by_id == coordination.pk else coordination
with scope.acting(other):
    extra_unseal_agree(field=field, by=other)
with scope.acting(User.objects.get(email="dpo@havre.example")):
    rule_sign(rule=RuleVersion.objects.get(in_force_at=None, dismissed_at=None))
"""


@pytest.fixture
def two(django_db_setup):
    """Two databases of their own: the commands are other processes."""
    names = [f"havre_config_{letter}_{os.getpid()}" for letter in "ab"]
    for name in names:
        database.copy_template(name)
    yield names
    for name in names:
        database.run_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def manage(name: str, *arguments: str) -> str:
    environment = {
        **os.environ,
        "DATABASE_URL": database.owner_url(name),
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
    }
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.whole
def test_it_goes_to_another_database_and_comes_back_the_same(two, tmp_path):
    first, second = two
    paths = [tmp_path / f"{name}.json" for name in ("a", "b")]
    manage(first, "shell", "-v0", "-c", CHANGES)
    manage(first, "shell", "-v0", "-c", SIGNING)
    manage(first, "export_config", "--fichier", str(paths[0]), "--compte", ACCOUNT)
    told = manage(second, "load_config", "--fichier", str(paths[0]), "--compte", "direction@havre.example")
    assert "Règles de conservation : 1 changement." in told
    manage(second, "shell", "-v0", "-c", SIGNING)  # a rule waits for two people here as well
    assert "Modèles de circuit : 3 changements." in told
    manage(second, "export_config", "--fichier", str(paths[1]), "--compte", ACCOUNT)
    assert paths[1].read_text() == paths[0].read_text()
    content = json.loads(paths[0].read_text())
    assert content["settings"]["cases.answer_hours"] == 37
    assert any(value["label"] == "Pigeon 🐦" and value["active_to"] == "2026-01-01" for value in content["values"])
    assert "0 changement." in manage(second, "load_config", "--fichier", str(paths[0]), "--compte", ACCOUNT)


def test_what_is_already_so_is_left_alone(cast):
    with scope.acting(cast["coordination"]):
        assert set(config_load(config_dump(), cast["coordination"]).values()) == {0}


def test_no_row_of_anybody_goes_with_it(cast):
    with scope.acting(cast["coordination"]):
        text = json.dumps(config_dump(), default=str, ensure_ascii=False)
    assert "MARQUEUR" not in text
    assert "@havre.example" not in text
    assert "Tilleuls" not in text


def test_each_change_is_told_to_the_journal_as_if_it_were_made_on_a_screen(cast):
    with scope.acting(cast["coordination"]):
        content = config_dump()
        content["settings"]["cases.answer_hours"] = 41
        assert config_load(content, cast["coordination"])["Délais et seuils"] == 1
        assert setting_value("cases.answer_hours") == 41
    with as_owner():
        line = JournalLine.objects.filter(action="values.setting.change").order_by("at", "id").last()
    assert line.details["cases.answer_hours"][1] == 41


def test_a_value_that_the_file_does_not_have_stays(cast):
    with scope.acting(cast["coordination"]):
        content = config_dump()
        value = value_create(list_code="canal", code="FUMEE", label="Signaux de fumée")
        config_load(content, cast["coordination"])
        assert Value.objects.filter(pk=value.pk).exists()


def test_parts_come_in_an_order_that_loads(cast):
    codes = [part.code for part in config_parts()]
    assert codes.index("values") < min(codes.index(code) for code in ("grid", "circuits", "tables"))


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": "autre"}', '{"format": "havre-configuration-1", "secrets": []}',
     '{"format": "havre-configuration-1", "settings": {"no.such.key": 1}}',
     '{"format": "havre-configuration-1", "settings": {"exports.kept_days": 4000}}',
     '{"format": "havre-configuration-1", "values": [{"list": "canal"}]}'],
)  # fmt: skip
def test_a_file_that_is_no_configuration_is_refused_whole(cast, tmp_path, text):
    path = tmp_path / "config.json"
    path.write_text(text)
    with scope.acting(cast["coordination"]):
        before = config_dump()
    with pytest.raises(CommandError):
        call_command("load_config", fichier=path, compte=ACCOUNT)
    with scope.acting(cast["coordination"]):
        assert config_dump() == before


def test_a_trial_writes_nothing(cast, tmp_path):
    path = tmp_path / "config.json"
    with scope.acting(cast["coordination"]):
        content = config_dump()
        content["settings"]["cases.answer_hours"] = 43
    path.write_text(json.dumps(content, default=str))
    call_command("load_config", fichier=path, compte=ACCOUNT, essai=True)
    with scope.acting(cast["coordination"]):
        assert setting_value("cases.answer_hours") != 43


def test_the_page_of_settings_gives_the_same_file(cast, client_of, tmp_path):
    call_command("export_config", fichier=tmp_path / "config.json", compte=cast["coordination"].email)
    answer = client_of("coordination").get(reverse("havre_config:export"))
    assert answer.content == (tmp_path / "config.json").read_bytes()
    assert "configuration-" in answer["Content-Disposition"]
    with as_owner():
        assert JournalLine.objects.filter(action="values.config.export").count() == 2


@pytest.mark.parametrize("account", ["dpo@havre.example", "director-a@havre.example", "personne@havre.example"])
def test_it_takes_the_coordination(cast, tmp_path, account):
    with pytest.raises(CommandError, match="coordination"):
        call_command("export_config", fichier=tmp_path / "config.json", compte=account)


def test_rules_of_retention_take_the_direction(cast):
    with scope.acting(cast["coordination"]):
        content = config_dump()
        content["retention"]["contact"]["months"] += 1
        with pytest.raises(ValidationError, match="direction"):
            config_load(content, cast["coordination"])


def test_software_told_here_is_asked_for_there_and_waits_for_another_person(cast):
    facts = {"name": "Site", "address": "https://93.184.215.14/", "kinds": ["content.page.published"]}
    facts |= {"sees": "public", "reason": "Le site se construit de nouveau."}
    with scope.acting(cast["coordination"]):
        content = config_dump()
        content["told_software"] = [facts]
        assert config_load(content, cast["coordination"])["Logiciels prévenus"] == 1
        assert config_load(content, cast["coordination"])["Logiciels prévenus"] == 0
        [row] = Subscription.objects.all()
        assert row.is_waiting
        assert config_dump()["told_software"] == []
    with scope.acting(cast["direction"]):
        subscription_agree(row=row, by=cast["direction"])
        assert config_dump()["told_software"] == [facts]
    for wrong in ({"name": "Site"}, facts | {"address": "https://127.0.0.1/", "name": "Autre"}):
        with scope.acting(cast["coordination"]), pytest.raises(ValidationError):
            config_load(content | {"told_software": [wrong]}, cast["coordination"])
