"""How attachments are said on the screens."""

from cms.files.models import Attachment
from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register


def size_words(size: int) -> str:
    """« 240 Ko », « 1,2 Mo »."""
    kilobytes = size / 1024
    if kilobytes < 1000:
        return f"{max(1, round(kilobytes))} Ko"
    return f"{kilobytes / 1024:.1f} Mo".replace(".", ",")


def title_of(attachment: Attachment) -> str:
    return attachment.title or "Sans intitulé"


REFUSALS = {
    "antivirus_down": "l’antivirus ne répondait pas",
    "bomb": "compression ou dimensions anormales",
    "count": "trop de pièces",
    "damaged": "fichier abîmé",
    "disguised": "contenu autre que le nom",
    "empty": "fichier vide",
    "full": "plus de place sur le serveur",
    "locked": "protégé par un mot de passe",
    "nested": "fichier dans un fichier",
    "path": "chemin de dossier",
    "program": "programme ou macros",
    "size": "trop gros",
    "storage": "écriture impossible",
    "type": "type non accepté",
    "virus": "programme malveillant",
}


def register() -> None:
    actions_register(
        {
            "files.attachment.add": "pièce ajoutée",
            "files.attachment.read": "pièce téléchargée",
            "files.attachment.remove": "pièce retirée",
            "files.attachment.restore": "pièce rétablie",
            "files.attachment.destroy": "pièce détruite",
            "files.attachment.lost": "fichier d’une pièce introuvable",
            "files.orphan.remove": "fichiers sans pièce supprimés",
            "files.attachment.unreadable": "pièce illisible",
            **{f"files.refused.{code}": f"pièce refusée : {words}" for code, words in REFUSALS.items()},
        }
    )
    sentence_register(
        attachment_portrait_is_sealed_picture="Une photo d’identité est une photo, et se garde sous scellé.",
        attachment_frozen="Une pièce ne se modifie pas : retirez-la, puis déposez la nouvelle.",
        attachment_removal_is_whole="Un retrait a une date, un auteur et un motif.",
    )
