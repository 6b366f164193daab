"""Attaching, opening and removing through the screens."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cms.files.models import Attachment
from cms.journal.models import JournalLine
from cms.wall import scope
from cms.wall.models import RevealReason
from cms.wall.reveals.services import reveal_open
from tests.cast.files import DEVICE, pdf, photo
from tests.files.conftest import bodies


@pytest.fixture
def private(folder):
    return folder


def lines(cast, object_id) -> list[str]:
    with scope.acting(cast["direction"]):
        found = JournalLine.objects.filter(object_id=object_id, action__startswith="files.").order_by("id")
        return [f"{line.action} {line.outcome}" for line in found]


def send(client, url, content, name="a.pdf", **more):
    return client.post(url, {"file": SimpleUploadedFile(name, content), "title": "Une pièce", **more})


PLACES = [
    ("gendarme", "cases:request", "sollicitation_a"),
    ("director_a", "cases:incident", "incident_a"),
]
OFFICE = [
    ("cases_case", "case_b"),
    ("cases_sollicitation", "sollicitation_b"),
    ("cases_incident", "incident_b"),
    ("partners_convention", "convention_a"),
]


@pytest.mark.parametrize(("who", "name", "row"), PLACES)
def test_the_portal_adds_gives_back_and_removes(client_of, cast, rows, private, who, name, row):
    client, pk = client_of(who), rows[row].pk
    answer = send(client, reverse(f"{name}_piece_add", args=[pk]), photo(), "IMG_1.jpg")
    assert answer.status_code == 302
    assert answer.url == reverse(name, args=[pk])
    with scope.acting(cast[who]):
        piece = Attachment.objects.on(type(rows[row])._meta.model_name, pk).get(file_type="jpg")
    page = client.get(answer.url).content.decode()
    address = reverse(f"{name}_piece", args=[pk, piece.pk])
    assert address in page
    assert "Une pièce" in page
    given = client.get(address)
    content = b"".join(given.streaming_content)
    assert content.startswith(b"\xff\xd8")
    assert DEVICE.encode() not in content
    removal = reverse(f"{name}_piece_remove", args=[pk, piece.pk])
    assert client.post(removal, {}).status_code == 422
    assert client.post(removal, {"reason": "mistake"}).status_code == 302
    assert client.get(address).status_code == 404
    assert lines(cast, pk)[-3:] == [
        "files.attachment.add done",
        "files.attachment.read read",
        "files.attachment.remove done",
    ]


@pytest.mark.parametrize(("space", "row"), OFFICE)
def test_the_admin_adds_gives_back_removes_and_restores(client_of, cast, rows, private, space, row):
    client, pk = client_of("coordination"), rows[row].pk
    assert "enctype" in client.get(reverse(f"{space}:piece_add", args=[pk])).content.decode()
    assert send(client, reverse(f"{space}:piece_add", args=[pk]), pdf()).status_code == 302
    with scope.acting(cast["coordination"]):
        piece = Attachment.objects.filter(object_id=pk).latest("added_at")
    address = reverse(f"{space}:piece", args=[pk, piece.pk])
    assert address in client.get(reverse(f"{space}:inspect", args=[pk])).content.decode()
    assert b"".join(client.get(address).streaming_content).startswith(b"%PDF")
    reason = {"reason": "replaced"}
    assert client.post(reverse(f"{space}:piece_remove", args=[pk, piece.pk]), reason).status_code == 302
    assert client.get(address).status_code == 404
    page = client.get(reverse(f"{space}:inspect", args=[pk])).content.decode()
    assert "remplacée par une autre pièce" in page
    assert client.post(reverse(f"{space}:piece_restore", args=[pk, piece.pk])).status_code == 302
    assert client.get(address).status_code == 200


def test_the_answer_tells_nothing_and_runs_nowhere(client_of, rows):
    piece = rows["piece_sollicitation_a"]
    address = reverse("cases:request_piece", args=[piece.object_id, piece.pk])
    answer = client_of("gendarme").get(address, headers={"range": "bytes=0-9"})
    assert answer.status_code == 200
    assert len(b"".join(answer.streaming_content)) == piece.size == int(answer["Content-Length"])
    assert re.fullmatch(r'attachment; filename="piece-[0-9a-f]{8}\.pdf"', answer["Content-Disposition"])
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert answer["Accept-Ranges"] == "none"
    assert "Content-Range" not in answer
    office = client_of("coordination").get(reverse("cases_sollicitation:piece", args=[piece.object_id, piece.pk]))
    assert office["Content-Security-Policy"] == answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("a.pdf", b"MZ programme", "type", "n’est pas accepté"),
        ("a.pdf", photo(), "disguised", "ce que son nom annonce"),
        ("a.pdf", b"", "empty", "est vide"),
        ("a.pdf", bytes(11 * 1024 * 1024), "size", "dépasse 10 Mo"),
    ],
)
@pytest.mark.parametrize("who", ["gendarme", "coordination"])
def test_a_refusal_is_said_at_the_field_and_kept_in_the_journal(
    client_of, cast, rows, private, who, name, content, code, said
):
    client, pk = client_of(who), rows["sollicitation_a"].pk
    space = "cases:request_piece_add" if who == "gendarme" else "cases_sollicitation:piece_add"
    answer = send(client, reverse(space, args=[pk]), content, name)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert lines(cast, pk)[-1] == f"files.refused.{code} refused"
    assert bodies(private) == []


def test_a_path_in_the_name_is_refused(client_of, cast, rows, private):
    client, pk = client_of("gendarme"), rows["sollicitation_a"].pk
    for name in ("../../etc/passwd.pdf", "C:\\Users\\a.pdf", "/etc/a.pdf"):
        body = (
            f'--havre\r\nContent-Disposition: form-data; name="title"\r\n\r\nUne pièce\r\n--havre\r\n'
            f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/pdf\r\n\r\n"
        ).encode() + pdf()
        body += b"\r\n--havre--\r\n"
        answer = client.post(
            reverse("cases:request_piece_add", args=[pk]),
            data=body,
            content_type="multipart/form-data; boundary=havre",
        )
        assert answer.status_code == 422, name
        assert "contient un chemin" in answer.content.decode()
        assert lines(cast, pk)[-1] == "files.refused.path refused"
    assert bodies(private) == []


def test_a_silent_antivirus_refuses(client_of, cast, rows, private, settings):
    settings.HAVRE_CLAMD = "unix:/nulle/part.sock"
    client, pk = client_of("gendarme"), rows["sollicitation_a"].pk
    answer = send(client, reverse("cases:request_piece_add", args=[pk]), pdf())
    assert answer.status_code == 422
    assert "L’antivirus ne répond pas" in answer.content.decode()
    assert lines(cast, pk)[-1] == "files.refused.antivirus_down refused"
    assert bodies(private) == []


def test_a_stranger_meets_a_404_that_the_journal_keeps(client_of, cast, rows):
    piece = rows["piece_sollicitation_a"]
    client = client_of("ase")
    assert client.get(reverse("cases:request_piece", args=[piece.object_id, piece.pk])).status_code == 404
    assert lines(cast, piece.object_id) == ["files.attachment.add done", "files.attachment.read refused"]
    own = rows["sollicitation_b"].pk
    assert client.get(reverse("cases:request_piece", args=[own, piece.pk])).status_code == 404
    assert lines(cast, piece.pk) == ["files.attachment.read refused"]


def test_a_damaged_body_is_told_and_not_given(client_of, cast, rows, private):
    piece = rows["piece_sollicitation_a"]  # its body stands in another folder
    answer = client_of("gendarme").get(reverse("cases:request_piece", args=[piece.object_id, piece.pk]))
    assert answer.status_code == 409
    assert "ne s’ouvre pas" in answer.content.decode()
    assert lines(cast, piece.object_id)[-1] == "files.attachment.unreadable refused"


def test_what_names_the_minor_waits_for_a_reveal(client_of, cast, rows, private):
    client, pk = client_of("coordination"), rows["case_b"].pk
    answer = send(client, reverse("cases_case:piece_add", args=[pk]), pdf(), is_identifying="on")
    assert answer.status_code == 302
    with scope.acting(cast["coordination"]):
        piece = Attachment.objects.get(object_id=pk, is_identifying=True)
    address = reverse("cases_case:piece", args=[pk, piece.pk])
    asked = client.get(address)
    assert asked.status_code == 302
    assert asked.url == reverse("cases_case:reveal", args=[pk])
    assert "files.attachment.read read" not in lines(cast, pk)
    with scope.acting(cast["coordination"]):
        reveal_open(kind="case", object_id=pk, by=cast["coordination"], reason=RevealReason.CONTACT)
    assert client.get(address).status_code == 200
    assert lines(cast, pk)[-1] == "files.attachment.read read"
