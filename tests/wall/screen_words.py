"""What a screen must never say: our software's words, a key of a row, a number and a noun that disagree."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.http import HttpResponse

from cms.values.models import Value

SILENT = {"script", "style", "template", "code", "textarea", "svg"}
"""What nobody reads as it stands, or what somebody wrote oneself."""
SPOKEN = ("placeholder", "title", "alt", "aria-label", "data-n")
"""Attributes that are read on the screen or aloud."""
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_INLINE = "a abbr b bdi cite em i label mark small span strong sub sup time u"
INLINE = frozenset(_INLINE.split())

UUID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", re.IGNORECASE)
WORDS = """
save selected select submit(?:ted)? moderators? approv(?:al|ed?) dashboard snippets? fragments? workflows?
edit delete cancel settings search loading untitled unpublish publish the with your from this that undefined
slug backend templates? workbook draft required unknown welcome please next previous add remove choose upload
page_not_found forbidden log(?:in|out|_in|_out) sign_(?:in|out) help view no_results users? groups? tags?
staging other yes all not and for of
"""
"""Words of English and of our software that no French word is, in small letters or with a capital; `_` is a space."""
EXACT = "null None True False NaN UUID npm Wagtail Django Python invalid"
"""Words that are found as they stand."""
_ALL = [f"[{word[0].upper()}{word[0]}]{word[1:]}".replace("_", " ") for word in WORDS.split()]
ENGLISH = re.compile(rf"(?<![.@\w])(?:{'|'.join([*_ALL, *EXACT.split()])})(?![.@]?\w)")
NAMES = re.compile(r"(?<![{\w])[a-z]+(?:_[a-z]+)+(?![\w}])")
"""Names of Python. What stands in braces is a word that a text of the network may hold."""
TAG = re.compile(r"</?(?:a|b|i|p|ul|li|strong|em|span|div|br)\b|&(?:nbsp|amp|lt|gt|eacute|#\d+);|\{[{%]|[%}]\}")
"""A tag, an entity or an order of a template that was escaped: text instead of what it draws."""
FIRST = re.compile(r"\b1 (?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b")
ONE = re.compile(r"(?<![\w,.:/–-] )(?<![\w,.:/–-])[01] (?P<noun>[a-zàâçéèêëîïôûùœ]+[sx])\b")
MANY = re.compile(r"(?<![\w,.:/–-])(?<!\d )(?:[2-9]|\d{2,}) (?P<noun>[a-zàâçéèêëîïôûùœ]+)\b")
_SAME = """
fois mois avis accès cas temps corps pays sous dans sans plus refus procès puis très pas jamais depuis alors
vous nous chez dos sens près vers des les ans aux retours heures est os recours concours parcours succès
"""
SAME = frozenset(_SAME.split())
_NOUNS = """
absence accord accueil acte action alerte année appel arrivée attestation brouillon case chapitre champ
chiffre colonne compte connexion convention demande demi-journée département dérogation document dossier étape
exigence fichier fiche filtre heure incident jour journée ligne lieu liste lot message mineur minute module
nuit objet page partenaire personne pièce point professionnel proposition question rang réponse semaine
seconde session signature situation sollicitation structure stagiaire unité valeur version visite vue élément
caractère participant formateur rappel envoi écart libre occupée enregistrement résultat
"""
NOUNS = frozenset(_NOUNS.split())
"""Nouns that are counted on our screens."""
PARENTHESES = re.compile(r"\w\((?:s|x|e|es|e\)\(s)\)")
PLANTED = re.compile(r"MARQUEUR[\w-]*")
"""What the cast writes in its rows, to find it again."""
KINDS = (("clé", UUID), ("nom", NAMES), ("balise", TAG), ("date", FIRST), ("pluriel", PARENTHESES), ("mot", ENGLISH))


class _Reader(HTMLParser):
    """Gather what is read: text of each block, and the attributes that are said."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = [""]
        self.silent = 0
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "input" and values.get("type") in ("submit", "button", "reset"):
            self.said += [values.get("value") or "", ""]
        if not self.silent:
            self.said[-1:-1] = [value for name in SPOKEN if (value := values.get(name))]
        if tag not in INLINE:
            self.said.append("")
        if tag not in VOID:
            silent = tag in SILENT or "hidden" in values
            self.open.append((tag, silent))
            self.silent += silent

    def handle_endtag(self, tag: str) -> None:
        if tag in {name for name, _ in self.open}:
            name = ""
            while name != tag:
                name, silent = self.open.pop()
                self.silent -= silent
        if tag not in INLINE:
            self.said.append("")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said[-1] += data


def lines_of(body: str) -> Iterator[str]:
    """Give each line that a page says."""
    reader = _Reader()
    reader.feed(body)
    reader.close()
    for line in reader.said:
        if words := " ".join(line.replace("\u202f", " ").replace("\xa0", " ").split()):
            yield words


def faults(body: str, codes: re.Pattern[str] | None = None) -> list[str]:
    """Say what a page says and should not, each fault with the line where it stands. `codes`: those of our lists."""
    return [f"{fault} dans « {line[:110]} »" for line in lines_of(body) for fault in line_faults(line, codes)]


def page_faults(response: HttpResponse, codes: re.Pattern[str] | None = None) -> list[str]:
    """Say what a page says and should not; nothing of what is no page."""
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return []
    return faults(response.content.decode(), codes)


def list_codes() -> re.Pattern[str]:
    """Return what finds a code of lists that no word is: degrees of urgency, and those with a dash."""
    dashed = {code for code in Value.objects.values_list("code", flat=True) if "-" in code}
    return re.compile(rf"\b(?:{'|'.join(sorted(dashed | {'U[0-4]'}))})\b")


def line_faults(line: str, codes: re.Pattern[str] | None = None) -> Iterator[str]:
    """Say what a line says and should not."""
    line = PLANTED.sub("", line)
    for kind, pattern in (*KINDS, *([("code", codes)] if codes else [])):
        if found := pattern.search(line):
            yield f"{kind} : {found[0]}"
    for found in ONE.finditer(line):
        if found["noun"] not in SAME:
            yield f"pluriel : {found[0]}"
    for found in MANY.finditer(line):
        if found["noun"] in NOUNS:
            yield f"pluriel : {found[0]}"
