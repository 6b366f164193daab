"""Names by which a minor is looked up: the same hash for every way of writing one."""

from collections.abc import Iterable

from cms.vault.hashing import keyed_hash

PURPOSE = "case.name"


def name_digest(text: str) -> str:
    """Return the hash of a name without accents, capitals or order of words; empty when no letter remains."""
    return keyed_hash(text, PURPOSE)


def name_digests(*, last_name: str, first_name: str, aliases: Iterable[object]) -> set[str]:
    """Return hashes of the whole name, of the last name and of each alias. A first name alone matches too many."""
    names = [f"{first_name} {last_name}", last_name, *(str(alias) for alias in aliases)]
    return {digest for name in names if (digest := name_digest(name))}
