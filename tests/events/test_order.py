"""Changes that are committed out of order: whoever reads the feed misses none."""

import threading

from django.db import connection

from cms.events.feed.selectors import events_after
from cms.events.feed.services import events_ready
from cms.events.models import Event
from cms.partners.models import Partner
from cms.users.models import User
from cms.wall import scope


def person():
    return User.objects.get(email="coordination@havre.example")


def changed(name):
    Partner.objects.filter(code_name=name).update(manager_name=f"{name} changé")


def in_thread(run):
    def whole():
        try:
            run()
        finally:
            connection.close()

    thread = threading.Thread(target=whole)
    thread.start()
    return thread


def test_a_reader_never_goes_past_what_is_still_being_written(committed):
    with scope.acting(scope.EVENTS):
        events_ready()
        last = Event.objects.order_by("position").last()
    with scope.acting(person()):
        names = list(Partner.objects.order_by("code_name").values_list("code_name", flat=True)[:2])
    written, goes_on = threading.Event(), threading.Event()

    def slow():
        with scope.acting(person()):
            changed(names[0])
            written.set()
            goes_on.wait(30)

    thread = in_thread(slow)
    written.wait(30)
    with scope.acting(person()):
        changed(names[1])
    with scope.acting(person()):
        events_ready()
        first = events_after(last.key, limit=100)
    goes_on.set()
    thread.join(30)
    with scope.acting(person()):
        events_ready()
        second = events_after(first.events[-1].key, limit=100)
    told = [event.object_id for event in (*first.events, *second.events)]
    with scope.acting(person()):
        ids = [str(Partner.objects.get(code_name=name).pk) for name in names]
    assert told == [ids[1], ids[0]], "celui qui finit le dernier vient après, et rien ne manque"
