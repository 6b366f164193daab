"""Words of the journal and of the refusals about what children say."""

from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register

ACTIONS = {
    "cases.voice.send": "message d’un enfant reçu",
    "cases.voice.write": "nouveau message d’un enfant",
    "cases.voice.take": "parole d’un enfant prise en charge",
    "cases.voice.answer": "réponse écrite à un enfant",
    "cases.voice.incident": "parole d’un enfant devenue situation préoccupante",
    "cases.voice.close": "parole d’un enfant close",
}
SENTENCES = {
    "voice_kept_as_said": "Ce que dit un enfant ne se change pas, et se clôt une fois que vous lui avez répondu.",
    "voice_taken_by_somebody": "Prenez d’abord cette parole en charge.",
}


def register() -> None:
    actions_register(ACTIONS)
    sentence_register(**SENTENCES)
