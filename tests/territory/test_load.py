from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cms.territory.enums import AseKind, Portion, Zone
from cms.territory.models import AseAuthority, AseAuthorityName, AseCoverage, Region, Territory
from cms.territory.services import territory_load

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded(db):
    return territory_load()


def covered_by(code):
    return list(AseCoverage.objects.filter(authority=code).order_by("territory").values_list("territory", "portion"))


def name_on(code, day):
    return AseAuthority.objects.get(code=code).name_on(day)


def test_the_load_counts_what_the_law_counts(loaded):
    assert loaded.as_dict() == {"regions": 18, "departements": 101, "collectivites": 6, "authorities": 100}


def test_loading_again_changes_nothing(loaded):
    def state():
        return [
            sorted(model.objects.values_list())
            for model in (Region, AseCoverage, AseAuthority, Territory.neighbours.through)
        ] + [sorted(Territory.objects.values_list("pk", "name")), sorted(AseAuthorityName.objects.values_list("name"))]

    before = state()
    assert territory_load() == loaded
    assert state() == before


def test_loading_again_restores_an_official_name_changed_by_hand():
    Territory.objects.filter(code="38").update(name="Autre chose")
    Territory.objects.get(code="38").neighbours.remove("73")
    territory_load()
    isere = Territory.objects.get(code="38")
    assert isere.name == "Isère"
    assert isere.neighbours.filter(code="73").exists()


def test_overseas_departements_are_five_and_inhabited_collectivities_six():
    assert set(Territory.objects.overseas().values_list("code", flat=True)) == {"971", "972", "973", "974", "976"}
    collectivites = set(Territory.objects.collectivites().values_list("code", flat=True))
    assert collectivites == {"975", "977", "978", "986", "987", "988"}
    assert not Territory.objects.departements().filter(code__in=collectivites).exists()


def test_uninhabited_territories_are_left_out():
    assert not Territory.objects.filter(code__in=["984", "989"]).exists()


def test_collectivities_have_no_region_and_departements_have_one():
    assert not Territory.objects.collectivites().filter(region__isnull=False).exists()
    assert not Territory.objects.departements().filter(region__isnull=True).exists()


def test_a_region_code_is_not_a_departement_code():
    assert Territory.objects.get(code="75").region.name == "Île-de-France"
    assert Region.objects.get(code="75").name == "Nouvelle-Aquitaine"


def test_names_carry_typographic_apostrophes():
    assert Territory.objects.get(code="95").name == "Val-d’Oise"
    assert not Territory.objects.filter(name__contains="'").exists()
    assert not Region.objects.filter(name__contains="'").exists()
    assert not AseAuthorityName.objects.filter(name__contains="'").exists()


def test_authorities_split_between_metropole_and_overseas():
    assert AseAuthority.objects.in_zone(Zone.METRO).count() == 95
    assert AseAuthority.objects.in_zone(Zone.DROM).count() == 5
    assert AseAuthority.objects.filter(kind=AseKind.CONSEIL_DEPARTEMENTAL).count() == 93


@pytest.mark.parametrize(
    ("authority", "expected"),
    [
        ("67A", [("67", Portion.ENTIER), ("68", Portion.ENTIER)]),
        ("20R", [("2A", Portion.ENTIER), ("2B", Portion.ENTIER)]),
        ("69D", [("69", Portion.PARTIEL)]),
        ("69M", [("69", Portion.PARTIEL)]),
        ("75", [("75", Portion.ENTIER)]),
    ],
)
def test_special_authorities_cover_what_they_should(authority, expected):
    assert covered_by(authority) == expected


def test_every_departement_has_an_authority_and_no_collectivity_has_one():
    without = Territory.objects.departements().filter(coverages__isnull=True)
    assert list(without) == []
    assert not AseCoverage.objects.filter(territory__zone=Zone.COM).exists()


def test_only_the_rhone_is_shared():
    assert set(AseAuthority.objects.covering("69").values_list("code", flat=True)) == {"69D", "69M"}
    assert set(AseCoverage.objects.filter(portion=Portion.PARTIEL).values_list("territory", flat=True)) == {"69"}


def test_mayotte_changes_its_name_at_the_new_year():
    assert name_on("976", date(2025, 12, 31)) == "Conseil départemental de Mayotte"
    assert name_on("976", date(2026, 1, 1)) == "Département-Région de Mayotte"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("01", "Conseil départemental de l’Ain"),
        ("75", "Ville de Paris"),
        ("67A", "Collectivité européenne d’Alsace"),
        ("69M", "Métropole de Lyon"),
        ("84", "Conseil départemental de Vaucluse"),
        ("973", "Collectivité territoriale de Guyane"),
        ("974", "Conseil départemental de La Réunion"),
    ],
)
def test_authorities_bear_their_official_name(code, name):
    assert name_on(code, date(2026, 6, 30)) == name


def test_every_authority_has_exactly_one_name_each_day_of_change():
    days = [date(2024, 6, 28), date(2025, 12, 31), date(2026, 1, 1), date(2030, 1, 1)]
    for authority in AseAuthority.objects.prefetch_related("names"):
        for day in days:
            valid = [
                line.name
                for line in authority.names.all()
                if (line.valid_from or date.min) <= day <= (line.valid_to or date.max)
            ]
            assert valid == [authority.name_on(day)], (authority.code, day)


def test_authorities_active_on_a_day():
    assert not AseAuthority.objects.active_on(date(2020, 12, 31)).filter(code="67A").exists()
    assert AseAuthority.objects.active_on(date(2021, 1, 1)).filter(code="67A").exists()
    assert AseAuthority.objects.active_on(date(2026, 1, 1)).count() == 100
    AseAuthority.objects.filter(code="01").update(active_to=date(2026, 1, 1))
    assert AseAuthority.objects.active_on(date(2026, 1, 1)).filter(code="01").exists()
    assert not AseAuthority.objects.active_on(date(2026, 1, 2)).filter(code="01").exists()


def test_a_name_cannot_end_before_it_starts():
    line = AseAuthorityName(
        authority_id="976", name="À l’envers", valid_from=date(2024, 2, 1), valid_to=date(2024, 1, 1)
    )
    with pytest.raises(ValidationError, match="ne peut pas précéder"):
        line.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save()


def test_an_authority_has_one_current_name():
    second = AseAuthorityName(authority_id="01", name="Un second nom", valid_from=date(2026, 1, 1))
    with pytest.raises(ValidationError, match="déjà un nom en cours"):
        second.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


def test_a_departement_cannot_be_given_whole_to_two_authorities():
    with pytest.raises(IntegrityError), transaction.atomic():
        AseCoverage.objects.create(authority_id="01", territory_id="38", portion=Portion.ENTIER)


def test_a_departement_needs_a_region():
    with pytest.raises(IntegrityError), transaction.atomic():
        Territory.objects.filter(code="38").update(region=None)
