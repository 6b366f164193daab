"""A real S3 server, over TLS, on this machine: rclone serves a folder."""

import datetime as dt
import http.client
import ipaddress
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.missing import tool_missing
from tools import clock

KEY, SECRET = "havre", "un-secret-du-seau"
MISSING = "rclone introuvable : installez les paquets du groupe test (python -m tools.environment test)"


class ObjectStore:
    """Starts, stops and starts again on the same port, over the same folder.

    Requests are signed with their hour, and nothing shifts that of this server. It checks them when processes on the
    real clock alone ask it (`verifies`); for those on the clock of the tests, a relay before it tells the real hour.
    """

    def __init__(self, folder: Path, *, verifies: bool = False) -> None:
        found = shutil.which("rclone", path=str(Path(sys.executable).parent))
        self.program = found or tool_missing(MISSING)
        self.folder, self.data = folder, folder / "data"
        (self.data / "havre").mkdir(parents=True)
        self.authority, leaf, key = certificate(folder)
        self.relay: Relay | None = None
        self.port = self.behind = free_port()
        if verifies:
            self.options = ["--cert", str(leaf), "--key", str(key), "--auth-key", f"{KEY},{SECRET}"]
        else:
            self.options = []
            self.behind = free_port()
            self.relay = Relay(self.port, self.behind, leaf, key)
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def endpoint(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """Return the variables of an instance that keeps its files here."""
        return {
            "HAVRE_FILES": "s3://havre/essai",
            "HAVRE_S3_ENDPOINT": self.endpoint,
            "HAVRE_S3_KEY": KEY,
            "HAVRE_S3_SECRET": SECRET,
            "HAVRE_S3_CA": str(self.authority),
        }

    def start(self) -> None:
        command = [self.program, "serve", "s3", str(self.data), "--addr", f"127.0.0.1:{self.behind}", *self.options]
        with (self.folder / "store.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--dir-cache-time", "0s", "--config", ""],
                stdout=log,
                stderr=log,
                env=clock.real_time(),
            )
        deadline = time.monotonic() + 60
        while True:
            with socket.socket() as caller:
                if caller.connect_ex(("127.0.0.1", self.behind)) == 0:
                    return
            assert self.process.poll() is None, (self.folder / "store.log").read_text()
            assert time.monotonic() < deadline
            time.sleep(0.1)

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def close(self) -> None:
        self.stop()
        if self.relay:
            self.relay.close()

    def held(self, part: str = "bodies") -> list[Path]:
        return sorted(path for path in (self.data / "havre" / "essai" / part).rglob("*") if path.is_file())


class Relay:
    """Ends TLS, writes the real hour in the request, and passes all else as it is. With nobody behind: no answer."""

    def __init__(self, port: int, behind: int, leaf: Path, key: Path) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(leaf, key)

        class Passing(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def passed(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                held = {name: value for name, value in self.headers.items() if name.lower() != "x-amz-date"}
                there = http.client.HTTPConnection("127.0.0.1", behind, timeout=60)
                now = dt.datetime.fromtimestamp(clock.real_timestamp(), dt.UTC)
                try:
                    there.request(self.command, self.path, body, held | {"X-Amz-Date": f"{now:%Y%m%dT%H%M%SZ}"})
                    answer = there.getresponse()
                    given = answer.read()
                except OSError:
                    self.close_connection = True
                    return
                finally:
                    there.close()
                self.send_response_only(answer.status)
                for name, value in answer.getheaders():
                    if name.lower() not in ("transfer-encoding", "connection") and (
                        name.lower() != "content-length" or self.command == "HEAD"
                    ):
                        self.send_header(name, value)
                if self.command != "HEAD":
                    self.send_header("Content-Length", str(len(given)))
                self.end_headers()
                self.wfile.write(given)

            do_GET = do_PUT = do_HEAD = do_DELETE = do_POST = passed

            def log_message(self, format: str, *args: Any) -> None:
                return

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True

            def get_request(self) -> tuple[Any, Any]:
                caller, address = self.socket.accept()
                return context.wrap_socket(caller, server_side=True, do_handshake_on_connect=False), address

            def handle_error(self, request: Any, client_address: Any) -> None:
                return  # a caller who refused the certificate

        self.server = Quiet(("127.0.0.1", port), Passing)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def certificate(folder: Path) -> tuple[Path, Path, Path]:
    """Make an authority, and a certificate of 127.0.0.1 that it signs: paths of both, and of the key."""
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = signed("autorite", authority_key, "autorite", authority_key, x509.BasicConstraints(True, None))
    leaf = signed("essai", key, "autorite", authority_key, here)
    paths = folder / "authority.pem", folder / "store.pem", folder / "store.key"
    for path, made in zip(paths, (authority, leaf), strict=False):
        path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8
    paths[2].write_bytes(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
    return paths


def signed(name: str, key: Any, signer: str, signing: Any, extension: x509.ExtensionType) -> x509.Certificate:
    now, long = dt.datetime.now(dt.UTC), dt.timedelta(days=9000)
    return (
        x509.CertificateBuilder(
            x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, signer)]),
            x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]),
            key.public_key(),
            x509.random_serial_number(),
            now - long,
            now + long,
        )
        .add_extension(extension, critical=False)
        .sign(signing, hashes.SHA256())
    )
