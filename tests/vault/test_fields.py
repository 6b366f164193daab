import base64
import json
from datetime import date

import pytest
from django import forms
from django.apps.registry import Apps
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F, Value
from hypothesis import HealthCheck, given, settings as hypothesis_settings, strategies as st

from cms.vault.fields import SealedDateField, SealedJSONField, SealedStr, SealedTextField, SealError

registry = Apps()


class Sample(models.Model):
    """Stands in a temporary table: no test needs a right on the real schema."""

    name = SealedTextField("nom", max_length=80)
    alias = SealedTextField("surnom", null=True, blank=True)
    born_on = SealedDateField("date de naissance", null=True, blank=True)
    extra = SealedJSONField("autres champs", default=dict, blank=True)

    class Meta:
        app_label = "vault"
        apps = registry
        db_table = '"pg_temp"."vault_sample"'


class SampleForm(forms.ModelForm):
    class Meta:
        model = Sample
        fields = ["name", "alias", "born_on", "extra"]


@pytest.fixture
def table(db):
    with connection.schema_editor() as editor:
        editor.create_model(Sample)


def stored(column: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM pg_temp.vault_sample ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def fresh(**values) -> Sample:
    return Sample.objects.create(**{"name": "Awa Diallo"} | values)


def test_database_holds_tokens_and_python_gets_values_back(table):
    fresh(alias="Petite sœur", born_on=date(2010, 5, 1), extra={"ville": "Évry", "vu_le": date(2026, 1, 2)})
    for column in ("name", "alias", "born_on", "extra"):
        assert stored(column)[0].startswith("hv1:k1:")
    loaded = Sample.objects.get()
    assert (loaded.name, loaded.alias, loaded.born_on) == ("Awa Diallo", "Petite sœur", date(2010, 5, 1))
    assert loaded.extra == {"ville": "Évry", "vu_le": "2026-01-02"}


def test_null_stays_null_and_is_the_only_thing_that_can_be_asked(table):
    with_alias, without = fresh(alias="Binta"), fresh()
    assert Sample.objects.filter(alias__isnull=True).get() == without
    assert Sample.objects.exclude(alias__isnull=True).get() == with_alias
    assert stored("alias")[1] is None


@pytest.mark.parametrize(
    "condition",
    [
        {"name": "Awa"},
        {"name": None},
        {"name__contains": "A"},
        {"name__in": ["Awa"]},
        {"name__length": 3},
        {"born_on__year": 2010},
        {"born_on__gt": date(2010, 1, 1)},
        {"extra__ville": "Évry"},
        {"extra__has_key": "ville"},
    ],
)
def test_any_other_lookup_is_refused(condition):
    with pytest.raises(FieldError, match="sealed"):
        Sample.objects.filter(**condition)


def test_same_value_never_gives_the_same_token(table):
    fresh(), fresh()
    assert len(set(stored("name"))) == 2


def test_bulk_writes_are_sealed(table):
    Sample.objects.bulk_create([Sample(name="Awa"), Sample(name="Binta")])
    rows = list(Sample.objects.order_by("id"))
    for row in rows:
        row.born_on = date(2011, 1, 1)
        row.alias = "X"
    Sample.objects.bulk_update(rows, ["born_on", "alias"])
    Sample.objects.filter(pk=rows[0].pk).update(name="Coumba")
    assert list(Sample.objects.order_by("id").values_list("name", "born_on")) == [
        ("Coumba", date(2011, 1, 1)),
        ("Binta", date(2011, 1, 1)),
    ]
    assert all(token.startswith("hv1:") for column in ("name", "born_on", "alias") for token in stored(column))


def test_clear_text_cannot_enter_the_table(table):
    fresh()
    with pytest.raises(IntegrityError), transaction.atomic():
        Sample.objects.update(name=Value("Awa", output_field=models.TextField()))


def test_value_moved_from_another_column_is_not_opened(table):
    fresh(alias="Binta")
    Sample.objects.update(name=F("alias"))
    with pytest.raises(SealError, match="changed or moved"):
        Sample.objects.get()


def test_tampered_value_is_not_opened():
    field = Sample._meta.get_field("name")
    prefix, key_id, body = field.get_prep_value("Awa").split(":")
    raw = bytearray(base64.b64decode(body))
    for position in range(len(raw)):
        changed = raw.copy()
        changed[position] ^= 1
        token = f"{prefix}:{key_id}:{base64.b64encode(changed).decode()}"
        with pytest.raises(SealError):
            field.from_db_value(token, None, connection)


@pytest.mark.parametrize(
    "token",
    ["Awa", "", "hv1", "hv1:k1", "hv1:k1:", "hv1:k1:YQ==", "hv1:k1:é", "hv1:k9:YQ==", "hv2:k1:YQ=="],
)
def test_what_is_not_a_good_token_is_not_opened(token):
    with pytest.raises(SealError):
        Sample._meta.get_field("name").from_db_value(token, None, connection)


def test_serialised_copy_is_sealed_and_opens_again():
    row = Sample(name="Awa Diallo", alias=None, born_on=date(2010, 5, 1), extra={"ville": "Évry"})
    for kind in ("json", "xml"):
        text = serializers.serialize(kind, [row])
        assert not [clear for clear in ("Awa", "Diallo", "2010", "vry") if clear in text]
    fields = json.loads(serializers.serialize("json", [row]))[0]["fields"]
    for name, value in fields.items():
        assert Sample._meta.get_field(name).to_python(value) == getattr(row, name)


def test_value_given_to_a_save_hook_of_a_date_is_not_a_bare_date():
    # Serialisers of revisions take `pre_save` and keep a date as it stands.
    row = Sample(born_on=date(2010, 5, 1))
    assert Sample._meta.get_field("born_on").pre_save(row, add=True) == "2010-05-01"


def test_text_loaded_or_cleaned_does_not_show_in_repr(table):
    fresh(alias="Binta")
    loaded = Sample.objects.get()
    loaded.full_clean()
    assert isinstance(loaded.name, SealedStr)
    assert not [clear for clear in ("Awa", "Binta") if clear in repr(vars(loaded))]


@pytest.mark.parametrize("lead", ["", "  ", "\u200b", "«", "HV9:x "])
def test_pasted_token_is_refused_and_not_opened(lead):
    token = lead + Sample._meta.get_field("name").get_prep_value("Awa")
    form = SampleForm({"name": token, "extra": "{}"})
    assert list(form.errors) == ["name"]
    with pytest.raises(ValidationError):
        Sample(name=token, extra={}).clean_fields()


def test_pasted_token_is_refused_in_a_date_and_in_extra_fields():
    token = Sample._meta.get_field("born_on").get_prep_value(date(2010, 5, 1))
    for name in ("born_on", "extra"):
        with pytest.raises(ValidationError):
            Sample._meta.get_field(name).clean(token, None)


def test_form_shows_saves_and_detects_changes(table):
    data = {"name": "Awa", "alias": "", "born_on": "01/05/2010", "extra": '{"a": 1}'}
    SampleForm(data).save()
    row = Sample.objects.get()
    assert (row.name, row.born_on, row.extra) == ("Awa", date(2010, 5, 1), {"a": 1})
    assert 'value="01/05/2010"' in str(SampleForm(instance=row)["born_on"])
    data["initial-extra"] = data["extra"]
    assert SampleForm(data, instance=row).changed_data == []
    assert SampleForm(data | {"born_on": "02/05/2010"}, instance=row).changed_data == ["born_on"]


def test_input_is_checked():
    for name, value in (("name", "x" * 81), ("name", ""), ("born_on", "31/31/2010"), ("extra", 3)):
        with pytest.raises(ValidationError):
            Sample._meta.get_field(name).clean(value, None)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_back(text):
    field = Sample._meta.get_field("alias")
    assert field.from_db_value(field.get_prep_value(text), None, connection) == text
    assert field.to_python(field.value_to_string(Sample(alias=text))) == text


@given(st.dates())
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_date_comes_back(day):
    field = Sample._meta.get_field("born_on")
    assert field.from_db_value(field.get_prep_value(day), None, connection) == day


def test_unique_indexed_or_searched_sealed_field_is_an_error():
    class Wrong(models.Model):
        a = SealedTextField(unique=True)
        b = SealedTextField(db_index=True)
        c = SealedTextField()
        d = SealedTextField()
        e = SealedTextField()
        right = SealedTextField()
        search_fields = [type("Search", (), {"field_name": "e"})]

        class Meta:
            app_label = "vault"
            apps = Apps()
            indexes = [models.Index(fields=["-c"], name="wrong_c")]
            constraints = [models.UniqueConstraint(fields=["d"], name="wrong_d")]

    found = {
        field.name: [message.id for message in field.check() if message.id.startswith("vault")]
        for field in Wrong._meta.fields
        if field.name != "id"
    }
    assert found == {
        "a": ["vault.E001"],
        "b": ["vault.E001"],
        "c": ["vault.E001"],
        "d": ["vault.E001"],
        "e": ["vault.E002"],
        "right": [],
    }
