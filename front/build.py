"""Builds the public site of a network from its content API alone: standard library, one address, no token.

python front/build.py --api https://bureau.example/api/content/v2/ --url https://www.example/ --out site

A build replaces the whole folder at once: what is no longer public is gone, and a build that fails changes nothing.
Two builds of the same content are the same to the byte.
"""

import argparse
import json
import re
import shutil
import tempfile
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from urllib.request import urlopen

STYLE = """
body { font: 1.1rem/1.6 system-ui, sans-serif; margin: 0; color: #1b1b2f; background: #fff; }
main { max-width: 46rem; margin: 0 auto; } header, main, footer { padding: 1rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; list-style: none; margin: 0; padding: 0; }
a { color: #2b2b8c; } a:focus-visible { outline: 3px solid #b45309; }
.skip { position: absolute; left: -999rem; } .skip:focus { position: static; }
ins { background: #d8f3dc; } del { background: #fde2e2; }
img { max-width: 100%; height: auto; }
"""
RIGHT_TO_LEFT = ("ar", "dv", "fa", "he", "ps", "ur", "yi")
CHANGES = {"added": "ajouté", "removed": "retiré", "changed": "modifié"}


class Api:
    def __init__(self, base: str) -> None:
        self.base = base.rstrip("/") + "/"

    def read(self, path: str, **query: Any) -> Any:
        return json.loads(self.load(path + (f"?{urlencode(query)}" if query else "")))

    def load(self, path: str) -> bytes:
        with urlopen(self.base + path, timeout=30) as answer:  # noqa: S310 (the builder gave it)
            return answer.read()

    def all(self, path: str, **query: Any) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        while found := self.read(path, limit=100, offset=len(items), **query)["items"]:
            items += found
        return items


class Site:
    """Files of the site by their path, and the words around each page."""

    def __init__(self, api: Api, url: str) -> None:
        self.api, self.url = api, url.rstrip("/")
        self.files: dict[str, bytes] = {"style.css": STYLE.encode()}
        self.moved: dict[str, str] = {}
        self.nav: list[tuple[str, str]] = []
        self.name = ""

    def add(self, path: str, title: str, body: str, locale: str = "fr") -> None:
        """Keep one page, with its links turned to this site and its images beside it."""
        body = re.sub(r' href="([^"]+)"', lambda link: f' href="{self.moved.get(link[1], link[1])}"', body)
        body = re.sub(r' src="([^"]+)"', self._image, body)
        side = "rtl" if locale.split("-")[0] in RIGHT_TO_LEFT else "ltr"
        whole = title if title == self.name else f"{title} – {self.name}"
        self.files[f"{path}index.html".lstrip("/")] = f"""<!doctype html>
<html lang="{locale}" dir="{side}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self'">
<title>{escape(whole)}</title>
<link rel="canonical" href="{self.url}{path}">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<a class="skip" href="#contenu">Aller au contenu</a>
<header><nav aria-label="Principale">{links(self.nav)}</nav></header>
<main id="contenu" tabindex="-1">
<h1>{escape(title)}</h1>
{body}
</main>
<footer><p>{escape(self.name)}. Rien de ce que vous lisez ici n’est suivi.</p></footer>
</body>
</html>
""".encode()

    def _image(self, match: re.Match) -> str:
        known = re.search(r"/images/(\d+)/([\w-]+)/$", match[1])
        if not known:
            return ' src=""'
        name = f"images/{known[1]}-{known[2]}"
        if name not in self.files:
            self.files[name] = self.api.load(f"images/{known[1]}/{known[2]}/")
        return f' src="/{name}"'

    def write(self, out: Path) -> None:
        fresh = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}-"))
        fresh.chmod(0o755)
        for name, content in self.files.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).write_bytes(content)
        old = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}-"))
        if out.exists():
            out.rename(old / "old")
        fresh.rename(out)
        shutil.rmtree(old)


def place_of(page: dict[str, Any]) -> str:
    root = "/" if page["meta"]["locale"] == "fr" else f"/{page['meta']['locale']}/"
    return root if page["meta"]["type"] == "home.HomePage" else f"{root}{page['meta']['slug']}/"


def day(text: str) -> str:
    return "/".join(reversed(text[:10].split("-")))


def links(rows: list[tuple[str, str]]) -> str:
    return "<ul>" + "".join(f'<li><a href="{to}">{escape(words)}</a></li>' for words, to in rows) + "</ul>"


def version_body(version: dict[str, Any], others: list[dict[str, Any]]) -> str:
    root = f"/documents/{version['document']}/"
    head = "".join(f"<p>{escape(text)}</p>" for label, text in version["text"].items() if label != "Titre")
    clauses = "".join(
        f'<h2 id="{escape(row["code"])}"><a href="{root}clauses/{quote(row["code"])}/">{escape(row["code"])}</a>. '
        f"{escape(row['title'])}</h2>{row['html']}"
        for row in version["clauses"]
    )
    known = links([(f"Version {row['number']}", f"{root}{row['number']}/") for row in others])
    return (
        f"{head}<p>Version {version['number']}, en vigueur depuis le {day(version['effective_on'])}. "
        f"Empreinte&nbsp;: <code>{version['content_hash'][:12]}</code></p>{clauses}<h2>Versions</h2>{known}"
    )


def difference_body(found: dict[str, Any]) -> str:
    tags, parts = {"added": "ins", "removed": "del"}, []
    for row in found["clauses"]:
        if row["change"] == "same":
            continue
        parts.append(f"<h2>{escape(row['code'])}&nbsp;: {CHANGES[row['change']]}</h2>")
        for part in row["parts"]:
            runs = ((tags.get(run["change"]), escape(run["text"])) for run in part["runs"])
            parts.append("<p>" + "".join(f"<{tag}>{text}</{tag}>" if tag else text for tag, text in runs) + "</p>")
        if not row["parts"]:
            parts += [f"<p>{escape(text)}</p>" for text in row["texts"].values()]
    return "".join(parts) or "<p>Aucun mot n’a changé.</p>"


def document(site: Site, kind: str) -> None:
    root, rows = f"/documents/{kind}/", site.api.read(f"documents/{kind}/versions/")["items"]
    in_force = site.api.read(f"documents/{kind}/")
    site.add(root, in_force["title"], version_body(in_force, rows))
    for rank, row in enumerate(rows):
        version = site.api.read(f"documents/{kind}/versions/{row['number']}/")
        body = version_body(version, rows)
        if rank + 1 < len(rows):
            since = rows[rank + 1]["number"]
            changes = site.api.read(f"documents/{kind}/versions/{row['number']}/difference/", since=since)
            title = f"{row['title']} : ce qui change entre les versions {since} et {row['number']}"
            site.add(f"{root}{row['number']}/changements/", title, difference_body(changes))
            body = f'<p><a href="{root}{row["number"]}/changements/">Ce qui a changé</a></p>' + body
        site.add(f"{root}{row['number']}/", f"{row['title']}, version {row['number']}", body)
    for clause in in_force["clauses"]:
        site.add(f"{root}clauses/{clause['code']}/", f"{clause['code']}. {clause['title']}", clause["html"])


def build(api: Api, url: str, out: Path) -> None:
    site = Site(api, url)
    rows, documents = api.all("pages/", fields="*"), api.read("documents/")["items"]
    site.moved = {row["meta"]["html_url"]: place_of(row) for row in rows}
    home = next(row for row in rows if place_of(row) == "/")
    site.name = home["title"]
    site.nav = [(row["title"], place_of(row)) for row in rows if row["meta"]["locale"] == "fr"]
    for row in rows:
        body = row.get("body") or row.get("introduction") or ""
        if row is home and documents:
            named = [(document["title"], f"/documents/{document['document']}/") for document in documents]
            body += f"<h2>Documents du réseau</h2>{links(named)}"
        site.add(place_of(row), row["title"], body, row["meta"]["locale"])
    for row in documents:
        document(site, row["document"])
    places = sorted(name.removesuffix("index.html") for name in site.files if name.endswith("index.html"))
    urls = "".join(f"<url><loc>{escape(site.url)}/{place}</loc></url>" for place in places)
    head = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    site.files["sitemap.xml"] = f"{head}{urls}</urlset>\n".encode()
    site.add("/404/", "Cette page n’existe pas", '<p><a href="/">Revenir à l’accueil</a></p>')
    site.files["404.html"] = site.files.pop("404/index.html")
    site.write(out)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--api", "--url", "--out"):
        parser.add_argument(name, required=True)
    asked = parser.parse_args()
    build(Api(asked.api), asked.url, Path(asked.out).resolve())
