"""The home of each: what it shows depends on the day, and so do its faults."""

from django.urls import reverse

from cms.users.models import User
from tests.browser.conftest import DESK, PHONE
from tests.browser.look import accessibility, overflow
from tests.cast.session import signed_in

HOMES = {
    "coordination": "wagtailadmin_home",
    "direction": "wagtailadmin_home",
    "dpo": "wagtailadmin_home",
    "trainer": "portal:home",
    "director_a": "portal:home",
    "gendarme": "portal:home",
}


def test_the_home_of_each_holds_on_any_day(open_context, server):
    faults = []
    for key, route in HOMES.items():
        width = DESK if route == "wagtailadmin_home" else PHONE
        context = open_context(width=width)
        client = signed_in(User.objects.get(email=f"{key.replace('_', '-')}@havre.example"))
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server}])
        page = context.new_page()
        page.goto(reverse(route))
        faults += [f"{key}: {fault}" for fault in accessibility(page) + overflow(page)]
        context.close()
    assert not faults, "\n".join(faults)
