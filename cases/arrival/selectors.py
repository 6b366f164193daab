"""Reading linkings for the portal and for the home of the coordination. Row security filters."""

import datetime as dt
import uuid
from operator import attrgetter

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import Http404
from django.utils import timezone

from cases.arrival.convention.models import LinkingVersion
from cases.arrival.enums import Party, Reply
from cases.arrival.models import Journey, Linking, LinkingAgreement, LinkingQuerySet, PayerAgreement
from cases.arrival.rules import Delays, due_after_waiver, is_night
from cases.common.selectors import row_get
from cases.files.protection.models import LegalFrame
from cms.partners.enums import PartnerKind
from cms.partners.models import Partner
from cms.users.roles import Role
from cms.values.settings import setting_values
from cms.wall import scope


def linking_get(*, pk: uuid.UUID, action: str) -> Linking:
    """Return the linking, or raise 404 and journal the refusal.

    Its case and its structure may be hidden from the actor: they are not joined.
    """
    rows = (
        Linking.objects.with_missing()
        .with_version()
        .select_related("payer_kind", "payer")
        .prefetch_related("agreements")
    )
    return row_get(rows, "linking", pk, action)


def journey_of(linking_id: uuid.UUID) -> Journey | None:
    """Return the journey, or `None` while the actor may not read it."""
    return Journey.objects.filter(linking_id=linking_id).select_related("driver", "shelter").first()


def journey_get(*, linking_id: uuid.UUID) -> Journey:
    """Return the journey, or raise 404 and journal the refusal of a linking that the actor may not see either.

    Who holds the delegation of a structure reads it, and never the linking: they receive the minor, they sign nothing.
    """
    if (journey := journey_of(linking_id)) is None:
        linking_get(pk=linking_id, action="cases.journey.read")
        raise Http404
    return journey


def reads_linking(pk: uuid.UUID) -> bool:
    return Linking.objects.filter(pk=pk).exists()


def party_of(linking: Linking) -> Party | None:
    """Return the party for which the actor agrees; `None` for whoever only reads, and for the coordination."""
    if linking.partner_id in scope.current().partners_as(Role.STRUCTURE_DIRECTOR):
        return Party.STRUCTURE
    if linking.guardian_id in scope.current().partners_as(Role.REQUESTER):
        return Party.REQUESTER
    return None


def follows_linking(linking: Linking) -> bool:
    """Return whether the actor reads the page of a linking: its parties, and the service that asked."""
    return party_of(linking) is not None or linking.requester_id in scope.current().partners_as(Role.REQUESTER)


def answers_of(linking: Linking) -> dict[Party, LinkingAgreement]:
    """Return the agreement of each party to the version in force, else the last thing that it answered about it.

    `linking` comes from `linking_get`.
    """
    rows = [row for row in linking.agreements.all() if row.version_id == linking.version_id]
    latest = {Party(row.party): row for row in sorted(rows, key=attrgetter("answered_at"))}
    return latest | {Party(row.party): row for row in rows if row.reply == Reply.AGREED}


def authorities_of_actor() -> list[str]:
    """List codes of the ASE authorities whose services the actor belongs to."""
    services = Partner.objects.filter(pk__in=scope.current().partners_as(Role.REQUESTER), kind=PartnerKind.ASE)
    return list(services.exclude(ase_authority=None).values_list("ase_authority_id", flat=True))


def is_paid_by_actor(linking: Linking) -> bool:
    return linking.payer_id is not None and linking.payer_id in authorities_of_actor()


def payer_agreement_of(linking: Linking) -> PayerAgreement | None:
    """Return the agreement of the authority on the current price and end date."""
    if linking.payer_id is None or linking.daily_price_cents is None:
        return None
    return (
        PayerAgreement.objects.agreed()
        .filter(
            linking=linking,
            payer_id=linking.payer_id,
            daily_price_cents=linking.daily_price_cents,
            ends_on=linking.finance_ends_on,
        )
        .first()
    )


def reference_of_paid(linking: Linking) -> str:
    """Return the reference of the minor whom the actor's authority pays for."""
    if linking.payer_id is None:
        return ""
    row = linkings_of_authorities([linking.payer_id]).filter(pk=linking.pk).first()
    return getattr(row, "reference", None) or ""


def linkings_of_authorities(codes: list[str], *, is_waiting: bool = False) -> QuerySet[Linking]:
    """List linkings that these authorities pay for, as far as a grant opens them, with `reference` and `is_agreed`.
    Those that wait for an agreement come first; they come alone if `is_waiting`.
    """
    agreed = PayerAgreement.objects.agreed().filter(
        Q(ends_on=OuterRef("finance_ends_on")) | Q(ends_on=None) & Q(linking__finance_ends_on=None),
        linking=OuterRef("pk"),
        payer=OuterRef("payer"),
        daily_price_cents=OuterRef("daily_price_cents"),
    )
    rows = Linking.objects.live().filter(payer_id__in=codes)
    return rows.for_payer(is_agreed=Exists(agreed), is_waiting=is_waiting)


def linkings_to_agree(party: Party) -> LinkingQuerySet:
    """List linkings whose version in force waits for the agreement of the actor's structures, or of its services that
    hold the minor.

    `is_again`: the party signed an older one. After an arrival, only a waiver or a change leaves something to sign.
    """
    own = scope.current().partners_as(Role.STRUCTURE_DIRECTOR if party == Party.STRUCTURE else Role.REQUESTER)
    column = "partner_id__in" if party == Party.STRUCTURE else "guardian_id__in"
    latest = LinkingVersion.objects.filter(linking=OuterRef("pk")).order_by("-number").values("pk")[:1]
    given = LinkingAgreement.objects.agreed().filter(linking=OuterRef("pk"), party=party)
    signed = given.filter(Q(version=OuterRef("latest")) | Q(version=None, linking__versions=None))
    asked = Q(placement=None) | Q(waived_at__isnull=False) | Exists(given)
    rows: LinkingQuerySet = Linking.objects.live().filter(asked, **{column: own})
    return rows.to_sign(latest=Subquery(latest), signed=Exists(signed), given=Exists(given))


def guardian_of_case(case_id: uuid.UUID) -> Partner | None:
    """Return the service to which a minor who is housed now is entrusted."""
    rows = Linking.objects.live().filter(case=case_id, placement__ended_on=None, placement__isnull=False)
    linking = rows.exclude(guardian=None).select_related("guardian").first()
    return linking.guardian if linking else None


def delays_set() -> Delays:
    names = ("cases.night_from", "cases.night_to", "cases.night_due_hour", "cases.linking_hours")
    return Delays(*setting_values(*names))


def is_night_now() -> bool:
    return is_night(timezone.now(), delays_set())


def waivers_to_settle() -> list[Linking]:
    """List stays under way for which something is missing, the first due first; each with `due_at`.

    What was waived is due after the waiver; a decision that is replaced or over, after it was.
    """
    delays = delays_set()
    in_force = LegalFrame.objects.filter(replaced_at=None)
    rows = (
        Linking.objects.live()
        .incomplete()
        .filter(placement__isnull=False, placement__ended_on=None, case__is_test=False)
        .select_related("case", "partner", "guardian", "payer", "payer_kind", "placement")
        .prefetch_related(Prefetch("case__legal_frames", in_force, to_attr="frames_in_force"))
    )
    linkings = list(rows)
    for row in linkings:
        row.due_at = due_after_waiver(row.waived_at or _since(row), delays)
    return sorted(linkings, key=attrgetter("due_at"))


def _since(linking: Linking) -> dt.datetime:
    """Return since when a stay that began in order lacks something: its decision is over, or another frame waits."""
    frame: LegalFrame | None = next(iter(linking.case.frames_in_force), None)  # type: ignore[attr-defined]
    if frame is None:
        return linking.opened_at
    if frame.ends_on and frame.ends_on < timezone.localdate():
        return timezone.make_aware(dt.datetime.combine(frame.ends_on, dt.time(12)))
    return frame.decided_at
