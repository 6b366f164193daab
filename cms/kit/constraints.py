"""Constraint of the database → neutral sentence. It never tells whether the row in the way is visible."""

DEFAULT = "Cette information vient de changer ou en contredit une autre. Rechargez la page et recommencez."

_sentences: dict[str, str] = {}


def sentence_register(**sentences: str) -> None:
    """`name_of_the_constraint="phrase à dire"`, given by each app in `ready()`."""
    _sentences.update(sentences)


def sentence_for(error: Exception) -> str:
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    return _sentences.get(name or "", DEFAULT)
