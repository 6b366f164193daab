"""Reading linkings for the portal and for the home of the coordination. Row security filters."""

import datetime as dt
import uuid

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from cases.arrival.convention.models import LinkingVersion
from cases.arrival.enums import Party
from cases.arrival.models import Journey, Linking, LinkingAgreement, LinkingQuerySet, PayerAgreement
from cases.common.selectors import row_get
from cms.partners.enums import PartnerKind
from cms.partners.models import Partner
from cms.users.roles import Role
from cms.values.settings import setting_value
from cms.wall import scope


def linking_get(*, pk: uuid.UUID, action: str) -> Linking:
    """Return the linking, or raise 404 and journal the refusal.

    Its case and its structure may be hidden from the actor: they are not joined.
    """
    rows = Linking.objects.with_missing().select_related("payer_kind", "payer").prefetch_related("agreements")
    return row_get(rows, "linking", pk, action)


def journey_of(linking: Linking) -> Journey | None:
    """Return the journey, or `None` while the actor may not read it."""
    return Journey.objects.filter(linking=linking).select_related("driver", "shelter").first()


def party_of(linking: Linking) -> Party | None:
    """Return the party for which the actor speaks; `None` for the coordination."""
    if linking.partner_id in scope.current().partners_as(Role.STRUCTURE_DIRECTOR):
        return Party.STRUCTURE
    if linking.requester_id in scope.current().partners_as(Role.REQUESTER):
        return Party.REQUESTER
    return None


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
    return PayerAgreement.objects.filter(
        linking=linking,
        payer_id=linking.payer_id,
        daily_price_cents=linking.daily_price_cents,
        ends_on=linking.finance_ends_on,
    ).first()


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
    agreed = PayerAgreement.objects.filter(
        Q(ends_on=OuterRef("finance_ends_on")) | Q(ends_on=None) & Q(linking__finance_ends_on=None),
        linking=OuterRef("pk"),
        payer=OuterRef("payer"),
        daily_price_cents=OuterRef("daily_price_cents"),
    )
    rows = Linking.objects.live().filter(payer_id__in=codes)
    return rows.for_payer(is_agreed=Exists(agreed), is_waiting=is_waiting)


def linkings_to_agree(party: Party) -> LinkingQuerySet:
    """List linkings whose version in force waits for the agreement of the actor's structures, or of its services.

    `is_again`: the party signed an older one. After an arrival, only a waiver or a change leaves something to sign.
    """
    own = scope.current().partners_as(Role.STRUCTURE_DIRECTOR if party == Party.STRUCTURE else Role.REQUESTER)
    column = "partner_id__in" if party == Party.STRUCTURE else "requester_id__in"
    latest = LinkingVersion.objects.filter(linking=OuterRef("pk")).order_by("-number").values("pk")[:1]
    agreements = LinkingAgreement.objects.filter(linking=OuterRef("pk"), party=party)
    signed = agreements.filter(Q(version=OuterRef("latest")) | Q(version=None, linking__versions=None))
    rows: LinkingQuerySet = Linking.objects.live().filter(**{column: own})
    return rows.to_sign(latest=Subquery(latest), signed=Exists(signed), given=Exists(agreements))


def waivers_to_settle() -> list[Linking]:
    """List arrivals by waiver in which something is still missing, the oldest first; each with `due_at`."""
    hours = setting_value("cases.linking_hours")
    rows = (
        Linking.objects.live()
        .incomplete()
        .filter(waived_at__isnull=False, placement__isnull=False, placement__ended_on=None, case__is_test=False)
        .select_related("case", "partner")
        .order_by("waived_at")
    )
    linkings = list(rows)
    for row in linkings:
        if row.waived_at is not None:
            row.due_at = row.waived_at + dt.timedelta(hours=hours)
    return linkings
