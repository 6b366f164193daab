"""A worker with a quick heart, and a slow job to be killed in."""

import asyncio
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")


def setup() -> None:
    from django.apps import apps

    if not apps.ready:
        django.setup()


if "EMAIL_PORT" in os.environ:
    from django.conf import settings

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # a test keeps a real server there


setup()

from procrastinate.contrib.django import app  # noqa: E402


@app.task(name="tests.slow")
async def slow(number: int) -> None:
    await asyncio.sleep(0.5)


def main() -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as running:
        running.run_worker(
            update_heartbeat_interval=0.3,
            stalled_worker_timeout=1,
            fetch_job_polling_interval=0.2,
            listen_notify=False,
        )


if __name__ == "__main__":
    main()
