"""What the network keeps about a professional who signs in, read under their own scope: nothing of anybody else."""

from collections.abc import Iterable
from typing import Any

from cms.documents.models import Acknowledgement, Reading
from cms.kit.words import day_long
from cms.partners.models import Membership
from cms.users.models import User
from formation.models import Attestation, Enrolment, Professional, WaitingEntry

Line = tuple[str, str]
WHOLE = "ce qui change"


def own_sections(user: User) -> list[dict[str, Any]]:
    """Sections with a title and lines; one that has nothing to say is left out."""
    person = Professional.objects.filter(user=user).select_related("profession", "employer", "territory").first()
    sections = [
        ("Votre compte", _account(user)),
        ("Vos rattachements", _memberships(user)),
        ("Ce que vous avez lu", _readings(user)),
        ("Ce que vous avez signé", _signatures(user)),
        ("Votre fiche de formation", _professional(person) if person else []),
        ("Vos sessions", _sessions(person) if person else []),
        ("Vos attestations", _attestations(person) if person else []),
    ]
    return [{"title": title, "lines": lines} for title, lines in sections if lines]


def _filled(lines: Iterable[Line]) -> list[Line]:
    return [(label, value) for label, value in lines if value]


def _account(user: User) -> list[Line]:
    return _filled(
        [
            ("Nom", user.get_full_name()),
            ("Adresse électronique", user.email),
            ("Fonction", user.position),
            ("Téléphone", user.phone),
            ("Compte ouvert le", day_long(user.date_joined)),
            ("Dernière connexion", day_long(user.last_login)),
        ]
    )


def _memberships(user: User) -> list[Line]:
    rows = Membership.objects.filter(user=user).select_related("partner").order_by("starts_on")
    return [
        (row.partner.code_name, f"{row.get_role_display()}, depuis le {day_long(row.starts_on)}{_until(row)}")
        for row in rows
    ]


def _until(row: Membership) -> str:
    end = row.ends_on or row.revoked_at
    return f", jusqu’au {day_long(end)}" if end else ""


def _readings(user: User) -> list[Line]:
    rows = Reading.objects.filter(user=user).select_related("version__document").order_by("read_at")
    return [
        (
            f"{row.version.document.title}, version {row.version.number}",
            f"{f'chapitre {row.chapter}' if row.chapter else WHOLE}, lu le {day_long(row.read_at)}",
        )
        for row in rows.defer("version__content")
    ]


def _signatures(user: User) -> list[Line]:
    rows = Acknowledgement.objects.filter(signed_by=user).select_related("version__document", "partner")
    return [
        (
            f"{row.version.document.title}, version {row.version.number}",
            f"signé le {day_long(row.signed_at)} pour {row.partner.code_name}, comme {row.signer_position}",
        )
        for row in rows.defer("version__content", "clause_hashes").order_by("signed_at")
    ]


def _professional(person: Professional) -> list[Line]:
    return _filled(
        [
            ("Nom", str(person)),
            ("Adresse électronique", person.email),
            ("Profession", person.profession.label if person.profession else ""),
            ("Employeur", person.employer.code_name if person.employer else person.employer_name),
            ("Département", person.territory.name if person.territory else ""),
            ("Sexe", person.get_sex_display()),
            ("Exerce depuis", str(person.working_since or "")),
        ]
    )


def _sessions(person: Professional) -> list[Line]:
    rows = Enrolment.objects.filter(professional=person).select_related("session").order_by("session__starts_on")
    waiting = WaitingEntry.objects.filter(professional=person, left_at=None, enrolment=None).select_related("session")
    return [
        *((f"{row.session.title}, du {day_long(row.session.starts_on)}", _presence(row)) for row in rows),
        *(
            (f"{row.session.title}, du {day_long(row.session.starts_on)}", "vous attendez une place")
            for row in waiting
        ),
    ]


def _presence(row: Enrolment) -> str:
    if row.cancelled_at:
        return f"inscription retirée le {day_long(row.cancelled_at)}"
    hours = f"{row.hours_present:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    result = f", évaluation : {row.get_result_display()}" if row.result else ""
    return f"session {row.session.get_state_display()}, {hours} h suivies{result}"


def _attestations(person: Professional) -> list[Line]:
    rows = Attestation.objects.filter(enrolment__professional=person).order_by("issued_at")
    return [
        (
            f"Attestation {row.number}",
            f"{row.title}, établie le {day_long(row.issued_at)}"
            + (f", retirée le {day_long(row.withdrawn_at)}" if row.withdrawn_at else ""),
        )
        for row in rows
    ]
