"""How a name sounds to a French ear: one key for the spellings of one name, whatever the alphabet it was written in.

The names that the network hears were spelt by ear, in a car, at a counter, from another alphabet: « Ouattara » and
« Watara », « Mohammed » and « محمد ». What a consonant sounds like is kept, vowels are not: alphabets without vowels
and clerks agree on the former alone. A name with a single consonant keeps its vowels, or too many would be one.
"""

import re
from collections.abc import Iterable

from anyascii import anyascii

from cms.vault.hashing import keyed_hash, normalise

PURPOSE = "case.sound"
PARTICLES = frozenset(
    ("d", "de", "del", "des", "du", "la", "le", "les", "el", "al", "a", "ben", "bin", "ibn", "bint", "ould", "von")
)
"""Words that many names share: alone they say nothing."""
SHORTEST = 2

# In this order: each rule reads what the ones before have written. Upper case is a sound already settled.
RULES = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"(.)\1+", r"\1"),
        (r"(?<=[aeiouy])[wsx]$|(?<=[a-z]{2})[sx]$", ""),
        (r"^[iy]w(?=[^aeiou])", "y"),
        (r"ph", "f"),
        (r"^pf", "f"),
        (r"tch|tsch", "C"),
        (r"sch|sh|ch(?=r)", lambda match: "k" if match.group() == "ch" else "C"),
        (r"ch", "C"),
        (r"^di(?=[aou])|dj", "J"),
        (r"gn", "n"),
        (r"(?:^|(?<=[aeiouy]))ou(?=[aeiy])|w", "V"),
        (r"kh|qu|q|ck|cq", "k"),
        (r"gu(?=[eiy])", "G"),
        (r"g(?=[eiy])|j", "J"),
        (r"g", "G"),
        (r"sc(?=[eiy])|c(?=[eiy])|z", "s"),
        (r"c", "k"),
        (r"x", "ks"),
        (r"[mn](?=[bp])", "n"),
        (r"(?<=[aeiou])(?:nt|nd|rt|rd)s?$", lambda match: match.group()[0]),
        (r"d$", "t"),
        (r"v", "V"),
        (r"h", ""),
    )
]
VOWELS = re.compile(r"(?<!^)[aeiouy]+")
FIRST_VOWEL = re.compile(r"^[aeiouy]+")


def sound_of(word: str) -> str:
    """Return the phonetic key of one word of a name: compared, never read. Empty when no letter remains."""
    letters = "".join(re.findall("[a-z]", _plain(word)))
    for pattern, sound in RULES:
        letters = pattern.sub(sound, letters)
    spoken = FIRST_VOWEL.sub("a", letters)
    skeleton = VOWELS.sub("", spoken)
    return (skeleton if len(skeleton) >= SHORTEST else spoken).upper()


def _plain(text: str) -> str:
    """Return Latin letters without accents. An apostrophe splits no word (« N’Diaye »); a leading one is the alif."""
    return normalise(re.sub("['`]", "", re.sub(r"(?:^|(?<=\s))['`]+", "a", anyascii(text))))


def sounds_of(text: str) -> set[str]:
    """Return the keys of the words of a name. Particles are left out, unless there is nothing else."""
    words = _plain(text).split()
    spoken = {sound_of(word) for word in words if word not in PARTICLES} or {sound_of(word) for word in words}
    return {key for key in spoken if len(key) >= SHORTEST}


def sound_digests(*, last_name: str, first_name: str, aliases: Iterable[object]) -> set[tuple[str, str]]:
    """Return keyed hashes of the sounds of an identity, each with the part of the name from which it comes."""
    parts = {
        "last": sounds_of(last_name),
        "first": sounds_of(first_name),
        "alias": {key for alias in aliases for key in sounds_of(str(alias))},
    }
    return {(part, keyed_hash(key, PURPOSE)) for part, keys in parts.items() for key in keys}
