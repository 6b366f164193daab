"""A real clamd finds, answers or is silent; its silence is a refusal."""

import contextlib
import socket
import threading

import pytest

from cms.files.checks import antivirus_check
from cms.files.rules.antivirus import address_of, scan
from cms.files.rules.refusals import FileRefusedError
from tests.cast.files import pdf
from tests.files.conftest import EICAR


def refused(data: bytes) -> str:
    with pytest.raises(FileRefusedError) as caught:
        scan(data)
    return caught.value.refusal


@pytest.mark.antivirus
def test_clamd_lets_a_sound_file_through_and_stops_a_virus(settings, clamd):
    settings.HAVRE_CLAMD = f"unix:{clamd}"
    scan(pdf())
    scan(b"a" * 3_000_000)
    assert refused(EICAR) == "virus"


def test_without_configuration_nothing_is_asked(settings):
    settings.HAVRE_CLAMD = ""
    scan(EICAR)


@pytest.mark.parametrize("address", ["unix:/nulle/part.sock", "tcp:127.0.0.1:1", "n’importe quoi"])
def test_an_antivirus_that_is_down_refuses(settings, address):
    settings.HAVRE_CLAMD = address
    assert refused(pdf()) == "antivirus_down"


@pytest.fixture
def answering():
    """A server that answers one thing, whatever it is asked."""
    with contextlib.ExitStack() as stack:

        def start(answer: bytes) -> str:
            server = stack.enter_context(socket.create_server(("127.0.0.1", 0)))

            def serve() -> None:
                connection, _ = server.accept()
                with connection:
                    while not connection.recv(65536).endswith(b"\0\0\0\0"):
                        pass
                    connection.sendall(answer)

            thread = threading.Thread(target=serve)
            stack.callback(thread.join)
            thread.start()
            return f"tcp:127.0.0.1:{server.getsockname()[1]}"

        yield start


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"stream: Mal FOUND\0", "virus"),
        (b"INSTREAM size limit exceeded. ERROR\0", "antivirus_down"),
        (b"stream: OK", "kept"),
        (b"", "antivirus_down"),
        (b"stream: OK peut-\xeatre\0", "antivirus_down"),
    ],
)
def test_only_a_clear_answer_counts(settings, answering, answer, why):
    settings.HAVRE_CLAMD = answering(answer)
    if why == "kept":
        scan(b"un fichier")
    else:
        assert refused(b"un fichier") == why


def test_an_address_is_checked_when_the_service_starts(settings):
    assert address_of("tcp:[::1]:3310") == ("::1", 3310)
    for address, problems in (("unix:/run/clamav/clamd.ctl", 0), ("", 0), ("clamd", 1), ("tcp:host", 1)):
        settings.HAVRE_CLAMD = address
        assert len(antivirus_check(None)) == problems, address
