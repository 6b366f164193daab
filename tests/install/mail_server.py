"""A mail server that asks for TLS, a name and a password, and keeps each message as a file. Standard library alone.

python mail_server.py PORT CERTIFICATE KEY FOLDER PASSWORD
"""

import base64
import socketserver
import ssl
import sys
import uuid
from pathlib import Path


class Session(socketserver.StreamRequestHandler):
    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())
        self.wfile.flush()

    def handle(self):
        self.say("220 smtp.example")
        self.is_sealed = self.is_known = False
        while line := self.rfile.readline().decode().strip():
            verb, _, rest = line.partition(" ")
            if verb.upper() == "QUIT":
                return self.say("221 bye")
            getattr(self, f"do_{verb.lower()}", self.do_other)(rest)

    def do_ehlo(self, rest):
        self.say("250-smtp.example")
        self.say("250 AUTH PLAIN" if self.is_sealed else "250 STARTTLS")

    def do_starttls(self, rest):
        self.say("220 go")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE, KEY)
        self.request = context.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb")
        self.is_sealed = True

    def do_auth(self, rest):
        _, user, password = base64.b64decode(rest.split()[1]).decode().split("\0")
        self.is_known = self.is_sealed and (user, password) == ("havre", PASSWORD)
        self.say("235 yes" if self.is_known else "535 no")

    def do_data(self, rest):
        self.say("354 go")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        (FOLDER / f"{uuid.uuid4()}.eml").write_bytes(b"".join(lines))
        self.say("250 kept")

    def do_mail(self, rest):
        self.say("250 ok" if self.is_known else "530 authentication required")

    def do_other(self, rest):
        self.say("250 ok")


if __name__ == "__main__":
    CERTIFICATE, KEY, FOLDER, PASSWORD = sys.argv[2], sys.argv[3], Path(sys.argv[4]), sys.argv[5]
    socketserver.ThreadingTCPServer.allow_reuse_address = True
    with socketserver.ThreadingTCPServer(("127.0.0.1", int(sys.argv[1])), Session) as server:
        server.serve_forever()
