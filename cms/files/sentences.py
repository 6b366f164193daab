"""What the actions on attachments are called on the screens."""

from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register

REFUSALS = {
    "antivirus_down": "l’antivirus ne répondait pas",
    "bomb": "compression ou dimensions anormales",
    "count": "trop de pièces",
    "damaged": "fichier abîmé",
    "disguised": "contenu autre que le nom",
    "empty": "fichier vide",
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
            "files.attachment.unreadable": "pièce illisible",
            **{f"files.refused.{code}": f"pièce refusée : {words}" for code, words in REFUSALS.items()},
        }
    )
    sentence_register(
        attachment_frozen="Une pièce ne se modifie pas : retirez-la, puis déposez la nouvelle.",
        attachment_removal_is_whole="Un retrait a une date, un auteur et un motif.",
    )
