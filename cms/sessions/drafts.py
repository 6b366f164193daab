"""What is typed in a long form before it is sent: kept sealed for its author alone, for as long as
`access.draft_hours` says.

Only the forms registered here are kept, by the address of their page. Passwords, codes and files never are.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import cast

from django import forms
from django.db import connection, transaction
from django.forms.utils import ErrorDict
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve
from django.utils import timezone

from cms.sessions.models import Draft
from cms.sessions.settings import DRAFT_HOURS
from cms.users.models import User
from cms.values.settings import setting_value
from cms.wall import doors, scope

LARGEST = 60_000
"""Characters: the longest form of ours filled to its limits holds a third of it."""
NEVER = re.compile(r"csrf|password|passwd|secret|token|otp|(^|_)(code|step|draft)(_|$)", re.IGNORECASE)
"""Names of fields that are never kept, whatever the form."""
RESUME = "saisie"
"""`?saisie=reprendre` shows the form with what was kept."""

_labels: dict[str, str] = {}


def draft_form_register(labels: Mapping[str, str]) -> None:
    """Let the form of these pages be kept: name of the view → what the form is, in words. Its template says
    `data-draft`; its view calls the functions below.
    """
    _labels.update(labels)


def keeps_drafts(address: str) -> bool:
    """Whether the page at this address has a form that is kept."""
    return bool(_label_of(address))


def _label_of(address: str) -> str:
    try:
        return _labels.get(resolve(address).view_name, "")
    except Resolver404:
        return ""


def draft_fields(posted: QueryDict) -> dict[str, list[str]]:
    """Return what may be kept of a form; files are not in `POST`, and empty boxes are nothing to keep."""
    return {name: posted.getlist(name) for name in posted if not NEVER.search(name) and any(posted.getlist(name))}


@transaction.atomic
def draft_save(*, user: User, address: str, fields: Mapping[str, list[str]], at: dt.datetime | None = None) -> bool:
    """Keep what is typed, in place of what was kept for this form. False when the form is not one that is kept, or is
    too long.
    """
    length = sum(len(text) for texts in fields.values() for text in texts)
    if not fields or length > LARGEST or not keeps_drafts(address):
        return False
    draft = Draft(user=user, address=address, fields=dict(fields), saved_at=at or timezone.now())
    Draft.objects.bulk_create(
        [draft], update_conflicts=True, unique_fields=["user", "address"], update_fields=["fields", "saved_at"]
    )
    return True


def draft_hand_in(request: HttpRequest, user: User) -> bool:
    """Keep a form that arrived after the connexion came to its time, under the scope of its author."""
    with scope.acting(user, door=doors.DRAFT):
        return draft_save(user=user, address=request.path, fields=draft_fields(request.POST))


def draft_get(*, user: User, address: str, at: dt.datetime | None = None) -> Draft | None:
    """Return what is kept of this form: the job may pass later than the end of its hours."""
    return Draft.objects.filter(user=user, address=address, saved_at__gt=_since(at)).first()


def drafts_waiting(at: dt.datetime | None = None) -> list[tuple[str, Draft]]:
    """List what the actor may take up again, latest first, without opening it: what the form is, and the draft."""
    rows = Draft.objects.filter(
        user_id=scope.current().user_id,  # type: ignore[misc]  # None finds no row, which the stub refuses
        saved_at__gt=_since(at),
    ).defer("fields")
    return [(_label_of(row.address), row) for row in rows.order_by("-saved_at")]


def _since(at: dt.datetime | None) -> dt.datetime:
    """Return the moment before which nothing that was typed is shown; `drafts_forget` counts the same in SQL."""
    return (at or timezone.now()) - dt.timedelta(hours=setting_value(DRAFT_HOURS))


def draft_drop(*, user: User, address: str) -> None:
    """Forget what was kept: the form was sent, or its author no longer wants it."""
    Draft.objects.filter(user=user, address=address).delete()


def form_or_draft(request: HttpRequest, build: Callable[[QueryDict | None], forms.Form]) -> forms.Form:
    """Build the form of a page: with what is posted, with what was kept when its author takes it up again, or new.

    `build` makes the form from its data, or a new one from None.
    """
    if request.method == "POST":
        return build(request.POST)
    draft = _draft_here(request) if request.GET.get(RESUME) == "reprendre" else None
    if draft is None:
        return build(None)
    data = QueryDict(mutable=True)
    for name, texts in draft.fields.items():
        data.setlist(name, texts)
    form = build(data)
    # Unfinished, not wrong: nothing is said before it is sent.
    form._errors = ErrorDict()  # type: ignore[attr-defined]  # the stub leaves it out, and `errors` would validate
    return form


def draft_offered(request: HttpRequest) -> Draft | None:
    """Return what a page offers to take up again, when it shows its form anew."""
    if request.method != "GET" or request.GET.get(RESUME) == "reprendre":
        return None
    return _draft_here(request)


def _draft_here(request: HttpRequest) -> Draft | None:
    """Return the draft of this page; every page that keeps drafts is behind the login."""
    return draft_get(user=cast(User, request.user), address=request.path)


def drafts_forget(at: dt.datetime | None = None) -> int:
    """Remove drafts older than `access.draft_hours` without reading them. Called by the hourly job."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT drafts_forget(%s)", [at or timezone.now()])
        return cursor.fetchone()[0]
