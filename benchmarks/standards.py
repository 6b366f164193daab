"""The référentiel at full size: a version of 200 exigences, 500 structures, each with its marks.

Run on the demo: `python -m benchmarks.standards`. Rows are written in a transaction that is taken back. Goals: the
heat map under 500 ms with as many queries as with the demo alone, a difference under 50 ms, the PDF under 3 s.
"""

import datetime as dt
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from cms.documents.models import DocumentVersion
    from cms.documents.versions.services.versions import ClauseContent
    from cms.partners.models import Convention, Partner
    from cms.users.models import User
    from referentiel.models import Visit

EXIGENCES, STRUCTURES, ROUNDS = 200, 500, 9
GOALS_MS = {"carte": 500, "écran": 1000, "classeur": 3000, "différence": 50, "PDF": 3000}
ADDRESS = "coordination@havre.example"
TABLES = (
    "referentiel_mark", "referentiel_assessment", "referentiel_visit", "referentiel_confirmedmark",
    "documents_acknowledgement", "partners_partner", "partners_convention",
)  # fmt: skip


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    django.setup()
    from django.db import connection, transaction

    from cms.users.models import User
    from cms.wall import scope
    from referentiel.steering.selectors import heat_map

    user = User.objects.filter(email=ADDRESS).first()
    if user is None:
        sys.exit("Le réseau fictif n’est pas chargé : lancez `make demo` une fois, puis recommencez.")
    with transaction.atomic(), scope.acting(user):
        few = queries_of(heat_map)
        before, after = versions_write(user)
        network_write(user, after, connection)
        many = queries_of(heat_map)
        grid = heat_map()
        print(f"{len(grid.rows)} structures × {len(grid.columns)} exigences, {few} puis {many} requêtes")
        say("carte", median(heat_map))
        say("écran", median(lambda: screen(user, ""), rounds=3))
        say("classeur", median(lambda: screen(user, "?export=xlsx"), rounds=1))
        say("différence", median(lambda: differ(before, after)))
        say("PDF", median(lambda: paper(after), rounds=3))
        transaction.set_rollback(True)


def say(name: str, ms: float) -> None:
    print(f"{name:<12}{ms:>9.1f} ms : {ms / GOALS_MS[name]:.2f}× l’objectif de {GOALS_MS[name]} ms")


def median(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def queries_of(run: Callable[[], object]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        run()
    return len(queries)


def screen(user: "User", query: str) -> None:
    from django.test import RequestFactory

    from referentiel.steering.admin import SteeringView

    request = RequestFactory().get(f"/admin/referentiel/pilotage/{query}")
    vars(request).update(user=user, session={})
    response = SteeringView.as_view()(request)
    if hasattr(response, "render"):
        response.render()


def differ(before: "DocumentVersion", after: "DocumentVersion") -> None:
    from referentiel.reading.rules import changes_between

    changes_between(before, after)


def paper(version: "DocumentVersion") -> None:
    from referentiel.reading.papers import referentiel_pdf

    referentiel_pdf(version)


def versions_write(user: "User") -> "tuple[DocumentVersion, DocumentVersion]":
    """Publish two versions of 200 exigences, every one of which changed a little in the second."""
    from cms.documents.enums import VALIDATION
    from cms.documents.models import Document, DocumentKind
    from cms.documents.versions.selectors import versions_of
    from cms.documents.versions.services.versions import version_publish
    from cms.values.services import setting_change

    # The demo asks for a second person, who would read nothing of this.
    setting_change(key=VALIDATION, value=False, changed_by_id=user.pk)
    document, today = Document.objects.get(kind=DocumentKind.REFERENTIEL), dt.date.today()
    for number, words in (("90.0", "formés"), ("91.0", "formés et relayés")):
        content, clauses = content_of(words)
        version_publish(
            document=document, clauses=clauses, content=content, number=number, effective_on=today, is_major=False,
            change_note="Mesure", published_by=user,
        )  # fmt: skip
    after, before = versions_of(DocumentKind.REFERENTIEL)[:2]
    return before, after


def content_of(words: str) -> "tuple[dict[str, object], list[ClauseContent]]":
    from cms.documents.versions.services.versions import ClauseContent

    chapters = [
        {"code": letter, "title": f"Chapitre {letter}", "introduction": "Ce que le réseau demande."}
        for letter in "EPST"
    ]
    clauses = [
        ClauseContent(
            code=f"{'EPST'[rank % 4]}{rank}.1",
            chapter="EPST"[rank % 4],
            content={
                "level": "imperative" if rank % 3 == 0 else "standard",
                "text": f"Des adultes {words} sont présents chaque nuit dans la maison numéro {rank}, et le disent.",
                "evidence": ["planning de nuit du trimestre", f"registre {rank}"],
                "modes": ["D", "V"],
                "assessment": "L’évaluateur rapproche le planning du registre et demande qui remplace un absent.",
                "module_codes": ["M4"],
                "law": "",
                "is_law_verified": False,
            },
        )
        for rank in range(EXIGENCES)
    ]
    return {"title": "Référentiel", "introduction": "Mesure.", "chapters": chapters}, clauses


def network_write(user: "User", version: "DocumentVersion", connection: "BaseDatabaseWrapper") -> None:
    """Write the structures, then what each has of the version: marks, visits, a signature."""
    draw = random.Random(7)
    with connection.cursor() as cursor:
        # A campaign and its rows are written as their structures would: the wall sleeps for the time of a measure.
        cursor.execute("SET ROLE NONE")
    partners = structures_write()
    assessments_write(partners, version, user, draw)
    visits_write(partners, version, user, draw)
    signatures_write(partners, version, user)
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ANALYZE {table}")
        cursor.execute("SET ROLE havre_app")


def structures_write() -> "list[Partner]":
    from cms.partners.models import Convention, Partner

    known = Partner.objects.structures().filter(conventions__signed_on__isnull=False)[0]
    model = known.conventions.filter(signed_on__isnull=False)[0]
    partners = Partner.objects.bulk_create(
        Partner(
            kind="structure",
            code_name=f"Mesure {rank:04d}",
            structure_type_id=known.structure_type_id,
            territory_id=known.territory_id,
            opened_on=dt.date.today(),
        )
        for rank in range(STRUCTURES)
    )
    Convention.objects.bulk_create(copies_of(model, partners, Convention))
    return partners


def assessments_write(
    partners: "list[Partner]", version: "DocumentVersion", user: "User", draw: random.Random
) -> None:
    from django.utils import timezone

    from referentiel.models import Assessment, Campaign, Mark

    now, today = timezone.now(), dt.date.today()
    campaign = Campaign.objects.create(
        year=2099, version=version, opens_on=today, closes_on=today + dt.timedelta(days=30), opened_by=user
    )
    rows = Assessment.objects.bulk_create(
        Assessment(campaign=campaign, partner=partner, version=version, started_by=user, started_at=now)
        for partner in partners
    )
    marks = [
        Mark(assessment=row, code=code, level=level, value=draw.choice("1234"), marked_by=user, marked_at=now)
        for row in rows
        for code, level in levels_of(version)
    ]
    Mark.objects.bulk_create(marks, batch_size=5000)


def visits_write(partners: "list[Partner]", version: "DocumentVersion", user: "User", draw: random.Random) -> None:
    """Write two visits of each structure, the older one under the newer."""
    from django.utils import timezone

    from referentiel.models import ConfirmedMark, Visit

    now = timezone.now()
    seen = [
        Visit.objects.bulk_create(visits_of(partners, version, user, now - dt.timedelta(days=days), Visit))
        for days in (400, 30)
    ]
    held = [
        ConfirmedMark(
            visit=visit, partner_id=visit.partner_id, code=code, level=level, value=draw.choice("1234"),
            origin="decided", decided_by=user, decided_at=visit.closed_at or now,
        )
        for visits in seen
        for visit in visits
        for code, level in levels_of(version)[::2]
    ]  # fmt: skip
    ConfirmedMark.objects.bulk_create(held, batch_size=5000)


def signatures_write(partners: "list[Partner]", version: "DocumentVersion", user: "User") -> None:
    """Write a signature of each structure, with its two hundred hashes."""
    from django.utils import timezone

    from cms.documents.models import Acknowledgement

    now, hashes = timezone.now(), {clause.code: clause.content_hash for clause in version.ordered_clauses}
    Acknowledgement.objects.bulk_create(
        Acknowledgement(
            version=version, partner=partner, signed_by=user, signer_name="Mesure", signer_position="Mesure",
            signed_at=now, version_hash=version.content_hash, clause_hashes=hashes,
        )
        for partner in partners
    )  # fmt: skip


@cache
def levels_of(version: "DocumentVersion") -> "list[tuple[str, str]]":
    """Return the code and the level of each exigence, read once."""
    return [(clause.code, clause.content["level"]) for clause in version.ordered_clauses]


def visits_of(
    partners: "Iterable[Partner]", version: "DocumentVersion", user: "User", at: dt.datetime, kind: "type[Visit]"
) -> "Iterator[Visit]":
    for partner in partners:
        yield kind(
            partner=partner, version=version, kind="desk", state="closed", opened_by=user, opened_at=at,
            visited_on=at.date(), sent_by=user, sent_at=at, answer_by=at.date(), answered_at=at, closed_by=user,
            closed_at=at, closing="Mesure",
        )  # fmt: skip


def copies_of(model: "Convention", partners: "Iterable[Partner]", kind: "type[Convention]") -> "Iterator[Convention]":
    import uuid

    fields = [field.attname for field in kind._meta.concrete_fields]
    for rank, partner in enumerate(partners):
        values = {name: getattr(model, name) for name in fields}
        yield kind(**{**values, "id": uuid.uuid4(), "partner_id": partner.pk, "reference": f"MESURE-{rank}"})


if __name__ == "__main__":
    main()
