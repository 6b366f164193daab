"""What came without an account: two requests, one that waits for a call and one that a switchboard disowned; and what
two children said, one answered and one to read.

None becomes a sollicitation: the figures of the demo are those of its plan.
"""

import datetime as dt
import uuid

from cases.models import UnverifiedRequest, VoiceMessage
from cases.requests.unverified.services import unverified_call, unverified_send
from cases.voice.services import voice_answer, voice_send
from cms.demo.network import NAMES, Network
from cms.wall import scope

ANSWERS = {
    "sex_id": "sexe:F",
    "age_precision_id": "precision_age:EST",
    "age": 15,
    "forms": ["forme:SEX"],
    "main_form": "forme:SEX",
    "current_place_id": "59",
    "exploitation_place_id": "59",
}


def front_door_load(*, network: Network, now: dt.datetime) -> None:
    _send("Brigade de Valmont-le-Haut", "Adjudant Morel", "11 11", now - dt.timedelta(hours=2))
    at = now - dt.timedelta(days=6)
    disowned = _send("Brigade des Essarts", "Capitaine Durand", "22 22", at)
    with scope.acting(network.coordination):
        unverified_call(
            request=UnverifiedRequest.objects.get(reference=disowned),
            by=network.coordination,
            outcome="unknown",
            number=f"{NAMES['phone_prefix']} 90 00",
            called_at=at + dt.timedelta(minutes=35),
        )


def voices_load(*, network: Network, now: dt.datetime) -> None:
    at = now - dt.timedelta(days=4)
    voice_send(key=uuid.uuid4(), words="Je dors mal ici. Personne ne me demande pourquoi.", at=at)
    with scope.acting(network.coordination):
        voice_answer(
            message=VoiceMessage.objects.get(),
            words="Merci de nous écrire. Quelqu’un vient te voir jeudi. Tu peux écrire encore ici.",
            by=network.coordination,
        )
    voice_send(
        key=uuid.uuid4(),
        words="Un adulte de la maison lit mon téléphone la nuit. Je ne veux pas qu’il sache que j’écris.",
        at=now - dt.timedelta(hours=3),
    )


def _send(unit: str, name: str, line: str, at: dt.datetime) -> str:
    words = {
        "unit": unit,
        "callback_name": name,
        "callback_phone": f"{NAMES['phone_prefix']} {line}",
        "narrative": "Récit fictif, écrit pour la démonstration.",
    }
    receipt = unverified_send(
        key=uuid.uuid4(), unit_type_id="acteur:GN-BT", urgency_id="urgence:U2", words=words, answers=ANSWERS, at=at
    )
    return receipt.reference
