"""What is looked at before anything is installed, so that the person learns at once what is missing."""

from __future__ import annotations

import errno
import os
import shutil
import socket
from pathlib import Path

from tools.steps import StepError

NEEDED_BYTES = 1_000_000_000


def check_writable(*folders: Path) -> None:
    for folder in folders:
        place = _nearest(folder)
        if not os.access(place, os.W_OK):
            raise StepError(
                f"Impossible d’écrire dans {place}. Clonez le projet dans un dossier à vous, "
                "ou choisissez-en un autre pour les données : HAVRE_VAR=/chemin make demo"
            )


def check_disk(*folders: Path) -> None:
    for folder in folders:
        place = _nearest(folder)
        free = shutil.disk_usage(place).free
        if free < NEEDED_BYTES:
            raise StepError(f"Il reste {free / 1e9:.1f} Go sur le disque de {place} : il en faut au moins 1.")


def read_port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise StepError(f"PORT vaut « {text} » : il faut un nombre entre 1 et 65535, par exemple PORT=8001 make demo")
    return int(text)


def check_port(host: str, port: int) -> None:
    """Try the address itself: asking who listens would miss a port that we may not open."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        raise StepError(f"HOST vaut « {host} » : cette adresse est inconnue. Par défaut : 127.0.0.1") from None
    other = port + 1 if port < 65535 else port - 1
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except PermissionError:
            raise StepError(f"Le port {port} est réservé au système. Essayez : PORT=8000 make demo") from None
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise StepError(f"HOST vaut « {host} » : cette machine ne peut pas écouter à cette adresse.") from None
            raise StepError(
                f"Le port {port} est déjà pris par un autre programme. Choisissez-en un autre : PORT={other} make demo"
            ) from None


def _nearest(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    return folder
