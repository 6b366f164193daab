"""What the story of a night needs: people, hands that are counted, what left by mail and telephone, time passing."""

import datetime as dt
import email
import re
from collections.abc import Iterator
from contextlib import contextmanager
from email.policy import default

from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from cms.notify.duty.services.duties import duty_cancel
from cms.notify.duty.services.scan import rings_scan
from cms.notify.inbox.services.messages import notifications_send
from cms.notify.models import Duty, Obligation, Ring
from cms.partners.book.services import PartnerCard, partner_create
from cms.partners.enums import PartnerKind
from cms.partners.models import Membership, Partner
from cms.partners.oncall.services import LineFacts, line_set
from cms.partners.people.services import membership_open
from cms.users.models import User
from cms.users.roles import Role
from cms.users.services import user_create
from cms.values.services import setting_change
from cms.wall import scope
from tests.browser.conftest import menu_opens, tab
from tests.cast.people import PASSWORD, SINCE, network_join
from tests.notify.conftest import Gateway
from tests.notify.steps import obligations_end, rota
from tests.retention.steps import AGED, time_passes

LINE = "06 00 00 00 77"
ADDRESS = re.compile(r"https?://[^/\s]+(/\S+)")
ARRIVALS = "cases_linking cases_linkingagreement cases_linkingversion cases_legalframe"


class Hand:
    """A person at a screen, whose clicks and pages are counted."""

    def __init__(self, page: Page):
        self.page = page
        self.clicks = 0
        self.pages: list[str] = []
        page.on("domcontentloaded", lambda _: self.pages.append(self.page.url))

    def click(self, target: Locator) -> None:
        """Click once the page is whole: before its scripts, what opens in place would lead to a page of its own."""
        self.clicks += 1
        self.page.wait_for_load_state()
        target.click()

    def choose(self, label: str, value: str) -> None:
        self.clicks += 1
        self.page.get_by_label(label).select_option(label=value)

    def press(self, name: str) -> None:
        self.click(self.page.get_by_role("button", name=name, exact=True).first)

    def follow(self, name: str | re.Pattern[str]) -> None:
        self.clicks += menu_opens(self.page, name)
        self.click(self.page.get_by_role("link", name=name).first)

    def tab(self, name: str) -> None:
        self.clicks += 1
        tab(self.page, name)


class Post:
    """What left since it was last asked: by the mail server, and by the gateway of text messages."""

    def __init__(self, mails: list[str], gateway: Gateway):
        self.mails, self.gateway = mails, gateway

    def mailed(self, at: dt.datetime | None = None) -> dict[str, set[str]]:
        """Send what is owed, now unless told; return who received which subjects."""
        notifications_send(at=at)
        return self._read()

    def _read(self) -> dict[str, set[str]]:
        told: dict[str, set[str]] = {}
        for message in self._messages():
            subject = message["Subject"].replace("\xa0", " ").strip().removeprefix("Havre : ")
            told.setdefault(message["To"].split("@")[0], set()).add(f"{subject[:1].upper()}{subject[1:]}")
        return told

    def _messages(self) -> list[email.message.EmailMessage]:
        found = [email.message_from_bytes(text.encode(), policy=default) for text in self.mails]
        self.mails.clear()
        return found

    def rung(self, who: str, phone: str) -> tuple[str, str]:
        """Call whoever is to be called; return the address that the mail gives them, and that of the text message."""
        self.gateway.received.clear()
        rings_scan()
        bodies = [message.get_content() for message in self._messages() if message["To"] == f"{who}@havre.example"]
        texts = [payload["text"] for payload, _ in self.gateway.received if payload["to"] == phone]
        return ADDRESS.search(bodies[-1])[1], ADDRESS.search(texts[-1])[1]

    def called(self, *, in_minutes: int = 0) -> set[str]:
        """Call whoever is to be called by then; return who received a mail."""
        rings_scan(at=timezone.now() + dt.timedelta(minutes=in_minutes))
        return {message["To"].split("@")[0] for message in self._messages()}

    def is_quiet(self) -> bool:
        """Say whether a scan calls nobody."""
        self.gateway.received.clear()
        return not self.called() and not self.gateway.received


@contextmanager
def acting(key: str) -> Iterator[User]:
    user = User.objects.get(email=f"{key.replace('_', '-')}@havre.example")
    with scope.acting(user):
        yield user


def owed(who: str) -> set[str]:
    """Kinds that wait in the inbox of a person."""
    with scope.acting(scope.NOTIFY):
        rows = Obligation.objects.open().filter(person__email=f"{who}@havre.example")
        return set(rows.values_list("kind", flat=True))


def who_is_owed(kind: str) -> set[str]:
    with scope.acting(scope.NOTIFY):
        rows = Obligation.objects.open().filter(kind=kind).select_related("person")
        return {row.person.email.split("@")[0] for row in rows if row.person}


def night_falls() -> None:
    """It is night whatever the hour of the tests; nothing else waits nor rings; the coordinator is on call."""
    obligations_end()
    with scope.acting(scope.NOTIFY):
        Ring.objects.open().update(closed_at=timezone.now())
    hour = timezone.localtime().hour
    with acting("coordination"):
        for duty in Duty.objects.held():
            duty_cancel(duty=duty)
    _hours(hour, (hour + 3) % 24)
    rota(has_phones=True)


def day_breaks() -> None:
    """What happened in the night was yesterday, and it is day."""
    days_pass(1)
    hour = timezone.localtime().hour
    _hours((hour + 12) % 24, (hour + 13) % 24)


def _hours(start: int, end: int) -> None:
    """Set the hours of the night, for arrivals and for mails."""
    with acting("coordination") as by:
        for prefix in ("cases.night", "notify.quiet"):
            for key, value in ((f"{prefix}_from", start), (f"{prefix}_to", end)):
                setting_change(key=key, value=value, changed_by_id=by.pk)


def days_pass(days: int) -> None:
    with transaction.atomic():
        time_passes(days, tables=f"{AGED} {ARRIVALS}")


def third_structure() -> None:
    """« Les Charmes », directed by « director-c »: the cast has two structures."""
    with scope.acting(scope.REFERENCE):
        director = user_create(
            email="director-c@havre.example",
            first_name="Chloé",
            last_name="Durand",
            position="Directrice",
            password=PASSWORD,
        )
    with acting("coordination"):
        house = partner_create(
            PartnerCard(
                code_name="Les Charmes",
                opened_on=SINCE,
                kind=PartnerKind.STRUCTURE,
                structure_type_id="type_structure:MECS",
                territory_id="63",
                real_name="Maison des Charmes",
                address="1 rue de l’Essai",
            )
        )
        network_join(house)
        membership_open(user=director, partner=house, role=Role.STRUCTURE_DIRECTOR, starts_on=SINCE, can_sign=True)


def line_of_the_night() -> None:
    """An educator of Les Tilleuls answers its line at night, for the direction."""
    with acting("coordination"):
        educator = Membership.objects.get(user__email="educator-a@havre.example", revoked_at=None).pk
    with acting("director_a"):
        line_set(
            partner=Partner.objects.get(code_name="Les Tilleuls"),
            facts=LineFacts(phone=LINE, days=range(1, 8), members=[educator], delegates=[educator]),
        )


def home_says(page: Page, words: str | re.Pattern[str], *, address: str = "/") -> None:
    page.goto(address)
    expect(page.get_by_role("main")).to_contain_text(words)


def home_silent(page: Page, words: str | re.Pattern[str], *, address: str = "/") -> None:
    page.goto(address)
    expect(page.get_by_role("main")).not_to_contain_text(words)
