"""Asking clamd about a file. When it is configured and does not answer, the file is refused."""

import socket
import struct
from contextlib import closing

from django.conf import settings

from cms.files.rules.refusals import FileRefusedError

CONNECT_SECONDS, ANSWER_SECONDS = 5, 60
CHUNK_BYTES = 64 * 1024
LONGEST_ANSWER = 4096


class AddressError(ValueError):
    """`HAVRE_CLAMD` is not an address."""


def address_of(text: str) -> str | tuple[str, int]:
    """`unix:/run/clamav/clamd.ctl` → the path; `tcp:host:3310` → host and port. Raises `AddressError`."""
    scheme, _, rest = text.partition(":")
    if scheme == "unix" and rest.startswith("/"):
        return rest
    host, _, port = rest.rpartition(":")
    if scheme == "tcp" and host and port.isdecimal():
        return host.strip("[]"), int(port)
    raise AddressError(text)


def scan(data: bytes) -> None:
    """Return when clamd finds nothing, or when none is configured. Raises `FileRefusedError` otherwise."""
    if not settings.HAVRE_CLAMD:
        return
    try:
        answer = _ask(data)
    except (OSError, AddressError):
        answer = ""
    if answer.endswith(" FOUND"):
        raise FileRefusedError(
            "virus", "L’antivirus a reconnu un programme malveillant dans ce fichier : ne l’ouvrez pas."
        )
    if answer != "stream: OK":
        raise FileRefusedError(
            "antivirus_down",
            "L’antivirus ne répond pas : le fichier n’a pas été gardé. Réessayez dans quelques minutes, "
            "puis prévenez la coordination.",
        )


def version() -> str:
    """Return what clamd says of itself: `ClamAV 1.4.3/27800/Wed Nov 25 09:12:03 2026`. Raises `OSError`."""
    with closing(_connect()) as connection:
        connection.settimeout(CONNECT_SECONDS)
        connection.sendall(b"zVERSION\0")
        return connection.recv(LONGEST_ANSWER).rstrip(b"\0").decode(errors="replace").strip()


def _ask(data: bytes) -> str:
    with closing(_connect()) as connection:
        connection.settimeout(ANSWER_SECONDS)
        connection.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), CHUNK_BYTES):
            chunk = data[start : start + CHUNK_BYTES]
            connection.sendall(struct.pack(">I", len(chunk)) + chunk)
        connection.sendall(struct.pack(">I", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
            received = connection.recv(LONGEST_ANSWER)
            if not received:
                break
            answer += received
    return answer.rstrip(b"\0").decode(errors="replace").strip()


def _connect() -> socket.socket:
    address = address_of(settings.HAVRE_CLAMD)
    if isinstance(address, tuple):
        return socket.create_connection(address, timeout=CONNECT_SECONDS)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(CONNECT_SECONDS)
        connection.connect(address)
    except OSError:
        connection.close()
        raise
    return connection
