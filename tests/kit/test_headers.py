"""Headers of one page of each kind: portal, sign-in, refusal, form with errors, API, file, admin."""

import os
import subprocess
import sys

import pytest

from tests import database

STRICT = ["/", "/compte/login/", "/compte/password/reset/", "/compte/2fa/", "/mon-compte/", "/referentiel/"]
STRICT += ["/formation/", "/rien-ici/", "/api/v1/schema/", "/admin/login/", "/robots.txt"]


def policy_of(response) -> dict[str, list[str]]:
    directives = (directive.split() for directive in response["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in directives}


@pytest.mark.parametrize("key", ["anonymous", "director_a", "coordination"])
@pytest.mark.parametrize("path", [path for path in STRICT if path != "/admin/login/"])
def test_no_page_outside_the_admin_runs_what_is_written_in_it(key, path, client_of):
    response = client_of(key).get(path)
    policy = policy_of(response)
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == ["'self'"]
    assert policy["form-action"] == policy["frame-ancestors"] == ["'self'"]
    assert policy["base-uri"] == ["'none'"]
    assert "unsafe" not in response["Content-Security-Policy"]


@pytest.mark.parametrize("path", [*STRICT, "/admin/"])
def test_every_answer_closes_devices_and_other_sites(path, client_of):
    response = client_of("coordination").get(path)
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in response["Permissions-Policy"]
    assert "camera=()" in response["Permissions-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"


def test_a_form_with_errors_is_as_strict(client_of):
    response = client_of("gendarme").post("/situations/demander/", {})
    assert response.status_code == 422
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"


def test_the_admin_is_as_strict_but_for_styles_of_its_editor(client_of):
    client = client_of("coordination")
    for path in ("/admin/", "/admin/pages/"):
        policy = policy_of(client.get(path))
        assert policy["default-src"] == ["'none'"]
        assert policy["script-src"] == policy["style-src"] == ["'self'"]
        loose = {name for name, values in policy.items() if any("unsafe" in value for value in values)}
        assert loose == ({"style-src-elem"} if path == "/admin/pages/" else set())
        assert not any(value.startswith("http") for values in policy.values() for value in values)


def test_production_speaks_over_https_alone():
    assert production("SECURE_HSTS_SECONDS", "SECURE_SSL_REDIRECT") == ["63072000", "True"]


def test_production_keeps_its_cookies_to_this_site_over_https():
    assert production("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME") == ["__Host-sessionid", "__Host-csrftoken"]
    closed = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY")
    assert production(*closed, "SESSION_COOKIE_SAMESITE") == ["True", "True", "True", "Lax"]


def production(*names: str) -> list[str]:
    """Read settings in a process of their own."""
    script = f"from cms.settings import production as p; print({', '.join(f'p.{name}' for name in names)})"
    told = {
        "SECRET_KEY": "x",
        "ALLOWED_HOSTS": "havre.example",
        "HAVRE_KEYRING": "/nulle-part",
        "BASE_URL": "https://havre.example",
    }
    environment = {**os.environ, **told, "DATABASE_URL": "postgresql://havre_app@localhost/havre"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=database.ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.split()
