"""The tripartite convention and its protocol: written from data, frozen, signed, asked again on a change."""

import datetime as dt
import hashlib
import io
import json

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone

from cases.arrival.convention.selectors import STRUCTURE, TELLS_WHERE, version_latest
from cases.arrival.enums import Reply, Way
from cases.arrival.selectors import linkings_to_agree
from cases.arrival.services.answers import Call
from cases.arrival.services.guardians import linking_guardian_set
from cases.arrival.services.linking import (
    linking_agree,
    linking_cancel,
    linking_finance,
    linking_missing,
    linking_open,
)
from cases.arrival.services.protocol import protocol_write
from cases.files.protection.services import keep_away_add, keep_away_lift
from cases.models import Linking, LinkingAgreement, LinkingVersion, Party
from cms.journal.models import JournalLine
from cms.partners.models import Partner
from cms.values.selectors import values_of
from tests.cases.incidents.test_authority_pages import words_of
from tests.cases.steps import days_ago, open_case, partner, refused_on, walled
from tests.cast.linkings import ase_north, decision_written


@pytest.fixture
def case(cast, acting_as):
    with acting_as("coordination"):
        return open_case(cast, received_at=days_ago(300))[1]


@pytest.fixture
def linking(cast, acting_as, case) -> Linking:
    """Les Tilleuls and the gendarmerie, who asked and entrusts nobody."""
    with acting_as("coordination"):
        return linking_open(case=case, partner=partner("Les Tilleuls"), by=cast["coordination"])


def finance(cast, linking, cents=18550):
    return linking_finance(
        linking=linking,
        payer_kind_id="payeur:PJJ",
        daily_price_cents=cents,
        financed_on=dt.date(2026, 1, 5),
        by=cast["coordination"],
    )


def settled(cast, linking, words, code="APPROCHE"):
    point = values_of("protocole_securite").get(code=code)
    protocol_write(linking=linking, words={point.pk: words}, by=cast["coordination"])


def numbers(linking) -> list[int]:
    return sorted(LinkingVersion.objects.filter(linking=linking).values_list("number", flat=True))


def agree(browser, linking, seen, **more):
    return browser.post(reverse("cases:linking", args=[linking.pk]), {"agreed": "on", "seen": str(seen)} | more)


def test_a_version_is_frozen_when_what_it_says_changes_and_only_then(cast, acting_as, case, linking):
    with acting_as("coordination"):
        assert numbers(linking) == [1]
        finance(cast, linking)
        finance(cast, linking)
        assert numbers(linking) == [1, 2]
        away = keep_away_add(
            case=case, territory_id="59", reason_id="motif_eloignement:EXPLOITATION", by=cast["coordination"]
        )
        assert numbers(linking) == [1, 2, 3]
        settled(cast, linking, "Portail fermé le soir.")
        settled(cast, linking, "Portail fermé le soir.")
        keep_away_lift(keep_away=away, by=cast["coordination"])
        assert numbers(linking) == [1, 2, 3, 4, 5]
        linking_guardian_set(linking=linking, guardian=ase_north(), by=cast["coordination"])
        decision_written(linking, by=cast["coordination"], on=timezone.localdate())
        assert numbers(linking) == [1, 2, 3, 4, 5, 6, 7]
        version = version_latest(linking)
        written = json.dumps(version.content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        assert version.content_hash == hashlib.sha256(written.encode()).hexdigest()
        assert (version.written_by, version.linking_id) == (cast["coordination"], linking.pk)
        linking_cancel(linking=linking, by=cast["coordination"])
        keep_away_add(
            case=case, territory_id="13", reason_id="motif_eloignement:EXPLOITATION", by=cast["coordination"]
        )
        assert numbers(linking) == [1, 2, 3, 4, 5, 6, 7]


def test_a_version_never_changes_and_nobody_else_writes_one(cast, acting_as, linking):
    values = {"linking": linking, "number": 9, "content": {}, "content_hash": "0" * 64, "written_at": timezone.now()}
    for key in ("director_a", "gendarme", "ase"):
        with acting_as(key), walled():
            LinkingVersion.objects.create(**values, written_by=cast[key])
    with acting_as("coordination"), pytest.raises(Exception, match="permission denied"):
        LinkingVersion.objects.filter(linking=linking).update(number=4)


def test_who_signed_an_older_version_is_asked_again(cast, acting_as, case, linking, client_of):
    with acting_as("coordination"):
        first = version_latest(linking)
        finance(cast, linking)
        latest = version_latest(linking)
    director = client_of("director_a")
    address = reverse("cases:linking", args=[linking.pk])
    # What was on the screen has changed since.
    refused = agree(director, linking, first.pk)
    assert refused.status_code == 422
    assert "a changé pendant votre lecture" in refused.content.decode()
    assert agree(director, linking, latest.pk).status_code == 302
    with acting_as("coordination"):
        assert LinkingAgreement.objects.get(linking=linking).version == latest
        assert "agreement:structure" not in linking_missing(linking)
        finance(cast, linking, cents=20000)
        assert "agreement:structure" in linking_missing(linking)
    with acting_as("director_a"):
        [again] = linkings_to_agree(Party.STRUCTURE)
        assert again.is_again
        with walled():
            LinkingAgreement.objects.create(
                linking=linking,
                party=Party.STRUCTURE,
                version=latest,
                answered_at=timezone.now(),
                given_by=cast["director_a"],
            )
    page = director.get(address).content.decode()
    assert "La convention a changé depuis votre accord : relisez la version 3" in page
    assert "200,00" in page
    with acting_as("coordination"):
        seen = version_latest(linking).pk
    assert agree(director, linking, seen).status_code == 302
    assert agree(director, linking, seen).status_code == 422
    with acting_as("director_a"):
        assert not linkings_to_agree(Party.STRUCTURE)


def test_an_answer_is_about_a_version_and_a_refusal_signs_nothing(cast, acting_as, case, linking, client_of):
    by = cast["coordination"]
    with acting_as("coordination"):
        linking_guardian_set(linking=linking, guardian=ase_north(), by=by)
        refusal = Call(way=Way.PHONE, reply=Reply.REFUSED, words="Pas à ce prix.")
        linking_agree(linking=linking, party=Party.REQUESTER, call=refusal, by=by)
        assert "agreement:requester" in linking_missing(linking)
        linking_agree(linking=linking, party=Party.REQUESTER, call=Call(way=Way.PHONE), by=by)
        assert "agreement:requester" not in linking_missing(linking)
        finance(cast, linking)
        assert "agreement:requester" in linking_missing(linking)
        assert {row.version.number for row in linking.agreements.all()} == {2}
        latest = version_latest(linking)
    file = reverse("cases_linking:inspect", args=[linking.pk])
    assert "seule la version 2 est signée" in client_of("coordination").get(file).content.decode()
    with acting_as("ase"):
        assert [row.pk for row in linkings_to_agree(Party.REQUESTER)] == [linking.pk]
    assert agree(client_of("ase"), linking, latest.pk).status_code == 302
    with acting_as("coordination"):
        assert "agreement:requester" not in linking_missing(linking)


@pytest.mark.parametrize("paper", ["convention-tripartite", "protocole-de-securite"])
def test_each_party_downloads_the_version_and_nobody_learns_where(cast, acting_as, case, linking, client_of, paper):
    with acting_as("coordination"):
        keep_away_add(
            case=case, territory_id="59", reason_id="motif_eloignement:EXPLOITATION", by=cast["coordination"]
        )
        settled(cast, linking, "Personne n’ouvre le portail la nuit.")
        linking_guardian_set(linking=linking, guardian=ase_north(), by=cast["coordination"])
        linking_agree(linking=linking, party=Party.REQUESTER, by=cast["coordination"])
        number, pk = version_latest(linking).number, version_latest(linking).pk
    own = "convention" if paper == "convention-tripartite" else "protocol"
    address = reverse("cases:linking_paper", args=[linking.pk, number, paper])
    for key in ("director_a", "ase"):
        answer = client_of(key).get(address)
        assert answer["Content-Disposition"] == f'attachment; filename="{paper}-v{number}.pdf"'
        with pikepdf.open(io.BytesIO(answer.content)) as document:
            assert document.Root.MarkInfo.Marked
        said = words_of(answer.content)
        for words in ("Nord", "à exclure", f"version {number}", "Service gardien : reçue sur papier"):
            assert words in said, words
        assert ("Personne n’ouvre le portail la nuit" in said) is (paper != "convention-tripartite")
        for secret in ("Tilleuls", "MARQUEUR", case.reference):
            assert secret not in said, secret
        # What is printed is what is shown before signing.
        page = client_of(key).get(reverse("cases:linking", args=[linking.pk])).content.decode()
        assert "à exclure" in page
        assert address in page
    for key in ("educator_a", "director_b", "gendarme", "transmitter"):
        assert client_of(key).get(address).status_code == 404
    assert client_of("ase").get(reverse("cases:linking_paper", args=[linking.pk, 99, paper])).status_code == 404
    assert client_of("ase").get(reverse("cases:linking_paper", args=[linking.pk, 1, "autre"])).status_code == 404
    kept = client_of("coordination").get(reverse(f"cases_linking:{own}", args=[linking.pk, pk]))
    assert kept["Content-Type"] == "application/pdf"
    with acting_as("direction"):
        lines = JournalLine.objects.filter(action="cases.linking.paper", object_id=linking.pk, outcome="read")
        assert {line.actor_id for line in lines} == {cast[key].pk for key in ("director_a", "ase", "coordination")}


def test_who_only_asks_and_who_only_pays_never_read_what_is_signed(cast, acting_as, linking, client_of):
    with acting_as("coordination"):
        # A court holds the minor; the gendarmerie asked, the ASE pays.
        Partner.objects.filter(code_name="Collège 7").update(requester_type="acteur:JE")
        linking_guardian_set(linking=linking, guardian=partner("Collège 7"), by=cast["coordination"])
        paid = {"payer_kind_id": "payeur:ASE", "payer_id": "59", "daily_price_cents": 18550}
        linking_finance(linking=linking, financed_on=dt.date(2026, 1, 5), by=cast["coordination"], **paid)
        settled(cast, linking, "Rien au téléphone.")
    for key, status in (("gendarme", 200), ("ase", 404)):
        with acting_as(key):
            assert Linking.objects.filter(pk=linking.pk).exists()
            assert not LinkingVersion.objects.filter(linking=linking.pk).exists()
        page = client_of(key).get(reverse("cases:linking", args=[linking.pk]))
        assert page.status_code == status
        assert "Rien au téléphone." not in page.content.decode()


def test_what_would_tell_where_stays_between_the_structure_and_the_coordination(cast, acting_as, linking, client_of):
    with acting_as("coordination"):
        linking_guardian_set(linking=linking, guardian=ase_north(), by=cast["coordination"])
        settled(cast, linking, "Jamais seul devant Les Tilleuls.")
    address = reverse("cases:linking", args=[linking.pk])
    assert "Jamais seul devant Les Tilleuls." in client_of("director_a").get(address).content.decode()
    page = client_of("ase").get(address).content.decode()
    assert TELLS_WHERE in page
    assert "Les Tilleuls" not in page


def test_a_damaged_version_is_neither_signed_nor_printed(cast, acting_as, linking, client_of):
    with acting_as("coordination"):
        LinkingVersion.objects.create(
            linking=linking,
            number=2,
            content={"convention": [], "protocol": []},
            content_hash="0" * 64,
            written_at=timezone.now(),
            written_by=cast["coordination"],
        )
        with refused_on(match="prévenez la coordination"):
            linking_agree(linking=linking, party=Party.NETWORK, by=cast["coordination"])
    address = reverse("cases:linking_paper", args=[linking.pk, 2, "convention-tripartite"])
    assert "prévenez la coordination" in client_of("director_a").get(address, follow=True).content.decode()


def test_the_content_names_neither_the_minor_nor_the_structure(acting_as, linking):
    with acting_as("coordination"):
        said = json.dumps(version_latest(linking).content, ensure_ascii=False)
        assert STRUCTURE in said
        assert "Brigade 12" in said
        assert not any(word in said for word in ("Les Tilleuls", linking.case.reference, "MARQUEUR"))
