"""Writes the page where a draft is looked at before it is published: two files, to serve beside the site or apart.

python front/preview.py --api https://bureau.example/api/content/v2/ --out apercu

In the office, `PREVIEW_URL` is its address, and `CONTENT_ORIGINS` names its origin. What the link says stands after
`#`: it is sent to the office alone. The page shows nothing to whoever comes without a link.
"""

import argparse
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from build import RIGHT_TO_LEFT, STYLE

PAGE = """<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; script-src 'self'; \
connect-src {origin}; img-src {origin}">
<title>Brouillon</title>
<link rel="stylesheet" href="style.css">
<script src="apercu.js" defer data-api="{api}" data-right-to-left="{sides}"></script>
</head>
<body>
<main id="contenu"><p role="status">Brouillon, vu par vous seul.</p><h1>Aperçu</h1><div></div></main>
</body>
</html>
"""
SCRIPT = """
const said = document.currentScript.dataset;
async function show() {
  const token = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
  const [status, title, body] = document.querySelectorAll("[role=status], h1, main > div");
  if (!token) { status.textContent = "Ouvrez l’aperçu depuis la page que vous écrivez."; return; }
  const asked = { method: "POST", body: new URLSearchParams({ token }), credentials: "omit" };
  const answer = await fetch(said.api + "preview/", asked);
  const draft = await answer.json();
  if (!answer.ok) { status.textContent = draft.detail; return; }
  document.documentElement.lang = draft.meta.locale;
  const isRtl = said.rightToLeft.split(" ").includes(draft.meta.locale.split("-")[0]);
  document.documentElement.dir = isRtl ? "rtl" : "ltr";
  document.title = title.textContent = draft.title;
  body.innerHTML = draft.body || draft.introduction || "";
}
show();
"""


def write(api: str, out: Path) -> None:
    parts = urlsplit(api)
    values = {"api": escape(api.rstrip("/") + "/"), "origin": escape(f"{parts.scheme}://{parts.netloc}")}
    out.mkdir(parents=True, exist_ok=True)
    (out / "index.html").write_text(PAGE.format(**values, sides=" ".join(RIGHT_TO_LEFT)), encoding="utf-8")
    (out / "apercu.js").write_text(SCRIPT.lstrip(), encoding="utf-8")
    (out / "style.css").write_text(STYLE, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--api", required=True)
    parser.add_argument("--out", required=True, type=Path)
    asked = parser.parse_args()
    write(asked.api, asked.out)
