"""Somebody whose account was just opened: asks for a password by mail, links an application, signs in again.

python sign_in.py SITE ADDRESS FOLDER_OF_MAILS — with the standard library alone, as a browser would, through nginx.
"""

import base64
import email
import email.policy
import hashlib
import hmac
import http.cookiejar
import re
import struct
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

PASSWORD = "quatre tuiles bleues sous la pluie"
SECONDS = 120


class Browser:
    def __init__(self, site):
        self.site = f"https://{site}"
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def open(self, path, fields=None):
        url = urllib.parse.urljoin(self.site, path)
        data = urllib.parse.urlencode(fields).encode() if fields else None
        request = urllib.request.Request(url, data, {"Referer": url, "Origin": self.site})
        try:
            answer = self.opener.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{path}: {error.code}\n{words(error.read().decode())[:1500]}") from error
        self.at, self.page = answer.geturl(), answer.read().decode()
        return self.page

    def send(self, path, **fields):
        """Send a form of the page under our eyes, with the token that it holds."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page)[1]
        return self.open(path, {"csrfmiddlewaretoken": token, **fields})


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def link_of(folder, address):
    """Return the link of the message to this address, once the worker has sent it."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        for path in folder.glob("*.eml"):
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            found = re.search(r"https://\S+/compte/password/reset/key/\S+", message.get_content())
            if message["To"] == address and found:
                return found[0]
        time.sleep(0.5)
    raise SystemExit(f"no message to {address}")


def code_of(seed, step):
    digest = hmac.digest(base64.b32decode(seed + "=" * (-len(seed) % 8)), struct.pack(">Q", step), hashlib.sha1)
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def main(site, address, folder):
    browser = Browser(site)
    browser.open("/compte/password/reset/")
    browser.send("/compte/password/reset/", email=address)
    browser.open(link_of(Path(folder), address))
    browser.send(browser.at, password1=PASSWORD, password2=PASSWORD)
    browser.open("/compte/login/")
    browser.send("/compte/login/", login=address, password=PASSWORD)
    browser.open("/compte/2fa/totp/activate/")
    if "reauthenticate" in browser.at:  # a factor is added by who shows the password again
        browser.send(browser.at, password=PASSWORD)
    seed = re.search(r"\b[A-Z2-7]{32}\b", browser.page)[0]
    step = int(time.time()) // 30
    browser.send("/compte/2fa/totp/activate/", code=code_of(seed, step))

    again = Browser(site)
    again.open("/compte/login/")
    again.send("/compte/login/", login=address, password=PASSWORD)
    if "/2fa/authenticate" not in again.at:
        raise SystemExit(f"a password alone led to {again.at}")
    while int(time.time()) // 30 == step:  # a code serves once: the next one is waited for
        time.sleep(0.5)
    again.send(again.at, code=code_of(seed, int(time.time()) // 30))
    again.open("/")
    if "/compte/logout/" not in again.page:
        raise SystemExit(f"not signed in: {again.at}\n{words(again.page)[:1500]}")
    print(f"{address}: signed in")


if __name__ == "__main__":
    main(*sys.argv[1:])
