"""A call to an address that somebody wrote: nothing inside may be reached by it, and none lasts.

A name is resolved once, each of its addresses is checked, and the connection is made to one that was checked: a server
of names that answers otherwise the second time changes nothing. No redirection is followed.
"""

import ipaddress
import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

LONGEST_URL = 500
NOT_HTTPS = "L’adresse commence par « https:// », sans nom ni mot de passe, et ne dépasse pas 500 caractères."
UNKNOWN = "Ce nom n’existe pas, ou ne répond pas : vérifiez l’adresse."
PRIVATE = "Cette adresse est celle d’un réseau privé : on ne l’appelle pas d’ici."


class AddressRefusedError(Exception):
    """The address is not one that may be called. Its text is a sentence for a screen."""


class NoAnswerError(Exception):
    """Nobody answered in time, or what answered is not HTTP. Its text is a code: `hung`, `tls`, `cut`."""


@dataclass(frozen=True)
class Answer:
    status: int
    milliseconds: int


def address_parts(address: str) -> SplitResult:
    """Return the parts of an address that has the right form. Raises `AddressRefusedError`."""
    try:
        parts = urlsplit(address)
        port, host = parts.port, parts.hostname
    except ValueError as error:
        raise AddressRefusedError(NOT_HTTPS) from error
    schemes = ("https", "http") if settings.HAVRE_CALLS_LOOPBACK else ("https",)
    has_secret = parts.username is not None or parts.password is not None
    odd = len(address) > LONGEST_URL or not address.isascii() or not address.isprintable() or " " in address
    if parts.scheme not in schemes or not host or has_secret or odd or parts.fragment or port == 0:
        raise AddressRefusedError(NOT_HTTPS)
    return parts


def address_checked(address: str) -> str:
    """Return the IP address that a call would reach. Raises `AddressRefusedError`.

    One private address among several is enough to refuse: the next connection could take that one.
    """
    parts = address_parts(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressRefusedError(UNKNOWN) from error
    addresses = [str(sockaddr[0]) for *_, sockaddr in found]
    if not addresses or not all(_is_outside(each) for each in addresses):
        raise AddressRefusedError(PRIVATE if addresses else UNKNOWN)
    return addresses[0]


def _is_outside(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        # An address of the other family wrapped in one of this one is the same machine.
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
        if inner:
            return _is_outside(str(inner))
        if address in NAT64:
            return _is_outside(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
    if settings.HAVRE_CALLS_LOOPBACK and address.is_loopback:
        return True
    return address.is_global and not address.is_multicast


NAT64 = ipaddress.ip_network("64:ff9b::/96")


class _Pinned(HTTPConnection):
    """Connects to an address that was checked, whatever the name leads to by then."""

    reached = ""

    def connect(self) -> None:
        self.sock = socket.create_connection((self.reached, self.port), self.timeout)


class _PinnedTls(HTTPSConnection):
    """The same, under the certificate of the name."""

    reached = ""

    def connect(self) -> None:
        plain = socket.create_connection((self.reached, self.port), self.timeout)
        context = ssl.create_default_context()
        # Known before the handshake, so that the end of the time cuts it too.
        secure = context.wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock = secure
        secure.do_handshake()


def post(address: str, body: bytes, headers: dict[str, str], *, seconds: float) -> Answer:
    """Call an address that somebody wrote, within so many seconds in all.

    Raises `AddressRefusedError` or `NoAnswerError`.
    """
    parts, reached = address_parts(address), address_checked(address)
    return _call("POST", parts, reached, body, headers, seconds)


def call_ours(method: str, address: str, headers: dict[str, str], *, seconds: float) -> Answer:
    """Call a machine of ours, named by whoever runs the service: it may well stand inside. Raises `NoAnswerError`."""
    parts = urlsplit(address)
    return _call(method, parts, parts.hostname or "", b"", headers, seconds)


def _call(
    method: str, parts: SplitResult, reached: str, body: bytes, headers: dict[str, str], seconds: float
) -> Answer:
    """Send, and read the status alone.

    A time limit of the socket holds for one read: drop by drop, a receiver would hold up every other call for hours.
    The connection is cut at the end of the whole time.
    """
    kind = _PinnedTls if parts.scheme == "https" else _Pinned
    connection = kind(parts.hostname or "", parts.port, timeout=seconds)
    connection.reached = reached
    began, over = time.monotonic(), threading.Event()
    cut = threading.Timer(seconds, _cut, [connection, over])
    cut.daemon = True
    cut.start()
    try:
        connection.connect()
        if over.is_set():
            raise NoAnswerError("hung")
        connection.request(method, f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}", body, headers)
        status = connection.getresponse().status
        return Answer(status, round(1000 * (time.monotonic() - began)))
    except ssl.SSLError as error:
        raise NoAnswerError("hung" if over.is_set() else "tls") from error
    except TimeoutError as error:
        raise NoAnswerError("hung") from error
    except (HTTPException, OSError, ValueError) as error:
        raise NoAnswerError("hung" if over.is_set() else "cut") from error
    finally:
        cut.cancel()
        connection.close()


def _cut(connection: HTTPConnection, over: threading.Event) -> None:
    """Whatever waits on it fails at once."""
    over.set()
    with suppress(OSError):
        if connection.sock:
            connection.sock.shutdown(socket.SHUT_RDWR)
