"""A real OpenID Connect provider (Canaille) on a real port, with what ProConnect adds and what a forger would do."""

import datetime as dt
import os
import threading
import uuid
from collections.abc import Callable
from secrets import token_urlsafe
from wsgiref.simple_server import WSGIRequestHandler, make_server

import jwt as unsigned
from canaille import create_app
from canaille.app import models
from canaille.app.session import UserSession
from canaille.backends import Backend
from canaille.oidc import provider as canaille, userinfo
from flask import Response, g, request
from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID, SECRET = "havre-tests", "un secret pour les tests"
OURS = {
    "usual_name": "{{ user.family_name }}",
    "siret": "{{ user.organization or '' }}",
    "organizational_unit": "{{ user.department or '' }}",
}
"""Claims of ProConnect that the standard does not know → where Canaille keeps them."""
POLL_SECONDS = 0.02
PASSWORD = "mot-de-passe-de-l-administration"

Claims = dict
Forge = Callable[[Claims], tuple[Claims, dict, RSAKey | None] | str]


def code_kept(grant, code: str, client):
    """The code itself, as long as it lasts."""
    kept = Backend.instance.query(models.AuthorizationCode, code=code)
    return next((row for row in kept if not row.is_expired()), None)


class Quiet(WSGIRequestHandler):
    def log_message(self, *arguments):
        pass


class Provider:
    """`people` signs in without the form; `forge_id` and `forge_person` rewrite what is answered."""

    def __init__(self):
        os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
        self.httpd = make_server("localhost", 0, self._wsgi, handler_class=Quiet)
        self.issuer = f"http://localhost:{self.httpd.server_port}"
        self.key = RSAKey.generate_key(2048, auto_kid=True)
        # Its own are signed texts: two in the same second would be the same, and it would not know whose.
        canaille.generate_access_token = lambda **given: token_urlsafe(32)
        # In memory it looks for this code *or* any of this client, and an earlier one that nobody used comes first.
        canaille.AuthorizationCodeGrant.query_authorization_code = code_kept
        self.app = create_app(config=self._configuration())
        self.app.before_request(self._present)
        self.app.after_request(self._forged)
        self._speak_proconnect()
        self.reset()
        with self.app.app_context():
            self._register()
        self.thread = threading.Thread(target=self.httpd.serve_forever, args=(POLL_SECONDS,), daemon=True)
        self.thread.start()

    def reset(self):
        self.signed_in = None
        self.methods = ["password"]
        self.forge_id: Forge | None = None
        self.forge_person: Forge | None = None
        self.is_down = False
        self.asked: list[dict] = []

    def stop(self):
        self.httpd.shutdown()
        self.thread.join()
        self.httpd.server_close()

    def person(self, sub: str, **facts):
        """An agent of an administration; `sub` is how she is named to us."""
        known = {
            "given_name": "Maryam",
            "family_name": "Benali",
            "formatted_name": "Maryam Benali",
            "emails": [f"{sub}@interieur.example"],
            "organization": "11002001300097",
            "department": "Brigade de protection des familles",
        }
        with self.app.app_context():
            user = Backend.instance.get(models.User, user_name=sub) or models.User(user_name=sub)
            Backend.instance.update(user, password=PASSWORD, **{**known, **facts})
            Backend.instance.save(user)
        return user

    def leads_back_to(self, site: str):
        """Where we are: the client says it at registration."""
        self.register(
            redirect_uris=[f"{site}/compte/proconnect/retour/"],
            post_logout_redirect_uris=[f"{site}/compte/proconnect/sortie/"],
        )

    def register(self, **facts):
        """Change what was agreed on at registration."""
        with self.app.app_context():
            client = Backend.instance.get(models.Client, client_id=CLIENT_ID)
            Backend.instance.update(client, **facts)
            Backend.instance.save(client)

    def sign(self, claims: Claims, *, key: RSAKey | None = None, **header) -> str:
        if header.get("alg") == "none":
            return unsigned.encode(claims, None, algorithm="none", headers={"kid": self.key.kid})
        return jwt.encode({"alg": "RS256", "kid": self.key.kid, **header}, claims, key or self.key)

    def _wsgi(self, environ, start_response):
        if self.is_down:
            start_response("503 Service Unavailable", [("Content-Type", "text/plain")])
            return [b"maintenance"]
        return self.app(environ, start_response)

    def _configuration(self) -> dict:
        return {
            "TESTING": True,
            "ENV_FILE": None,
            "SECRET_KEY": str(uuid.uuid4()),
            "WTF_CSRF_ENABLED": False,
            "PREFERRED_URL_SCHEME": "http",
            "SERVER_NAME": f"localhost:{self.httpd.server_port}",
            "CANAILLE": {
                "DATABASE": "memory",
                "JAVASCRIPT": False,
                "ACL": {"DEFAULT": {"PERMISSIONS": ["use_oidc"]}},
                "LOGGING": {"version": 1, "disable_existing_loggers": False},
            },
            "CANAILLE_OIDC": {
                "ACTIVE_JWKS": [self.key.as_dict(private=True)],
                "TRUSTED_DOMAINS": ["localhost", "testserver"],
            },
        }

    def _speak_proconnect(self):
        mapping = self.app.config["CANAILLE_OIDC"]["USERINFO_MAPPING"]
        mapping.update({name.upper(): template for name, template in OURS.items()})
        known = [name for name in userinfo.UserInfo.REGISTERED_CLAIMS if name not in OURS]
        userinfo.UserInfo.REGISTERED_CLAIMS = [*known, *OURS]
        scopes = {name: [name] for name in (*OURS, "given_name")}
        userinfo.UserInfo.SCOPES_CLAIMS_MAPPING = {**userinfo.UserInfo.SCOPES_CLAIMS_MAPPING, **scopes}

    def _register(self):
        client = models.Client(
            client_id=CLIENT_ID,
            client_secret=SECRET,
            client_name="Havre",
            client_uri="http://localhost",
            grant_types=["authorization_code"],
            response_types=["code"],
            scope=["openid", "email", "given_name", *OURS],
            token_endpoint_auth_method="client_secret_post",
            id_token_signed_response_alg="RS256",
            userinfo_signed_response_alg="RS256",
        )
        Backend.instance.save(client)
        client.audience = [client]
        Backend.instance.save(client)

    def _present(self):
        if request.path.endswith("/oauth/authorize"):
            self.asked.append(request.args.to_dict())
        if self.signed_in:
            now = dt.datetime.now(dt.UTC)
            g.session = UserSession(user=self.signed_in, last_login_datetime=now, authentication_methods=self.methods)

    def _forged(self, response: Response) -> Response:
        if self.forge_id and request.path.endswith("/oauth/token") and response.status_code == 200:
            body = response.get_json()
            body["id_token"] = self._rewrite(body["id_token"], self.forge_id)
            response.set_data(self.app.json.dumps(body))
        if self.forge_person and request.path.endswith("/oauth/userinfo"):
            response.set_data(self._rewrite(response.get_data(as_text=True), self.forge_person))
        return response

    def _rewrite(self, token: str, forge: Forge) -> str:
        written = forge(jwt.decode(token, self.key).claims)
        if isinstance(written, str):
            return written
        claims, header, key = written
        return self.sign(claims, key=key, **header)
