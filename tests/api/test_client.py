"""A client written by a machine from the document, and by nobody of ours, calls every operation of the API."""

import datetime as dt
import importlib
import inspect
import json
import pkgutil
import subprocess
import sys
import uuid

import httpx
import pytest
from drf_spectacular.generators import SchemaGenerator

from tests.api.reading import Here
from tests.api.test_openapi import _plain
from tests.cast.session import token_header

PEOPLE = ["coordination", "director_a", "gendarme", "trainer", "state_reader"]
ASKED = {"du": dt.date(2026, 1, 1), "au": dt.date(2026, 6, 30), "code": "0000-0000-0000-0000"}
UNKNOWN = uuid.UUID("00000000-0000-4000-8000-000000000000")
CONFIGURATION = """\
post_hooks: []
project_name_override: havre
package_name_override: havre_client
"""


@pytest.fixture(scope="session")
def package(tmp_path_factory):
    """The client, generated as anybody would, and imported."""
    folder = tmp_path_factory.mktemp("client")
    document, configuration, made = folder / "document.json", folder / "configuration.yaml", folder / "havre_client"
    document.write_text(json.dumps(_plain(SchemaGenerator().get_schema(public=True))))
    configuration.write_text(CONFIGURATION)
    command = [
        sys.executable,
        "-m",
        "openapi_python_client",
        "generate",
        "--path",
        document,
        "--config",
        configuration,
    ]
    said = subprocess.run([*command, "--output-path", made, "--meta", "none"], capture_output=True, text=True)
    assert said.returncode == 0, said.stdout + said.stderr
    assert "WARNING" not in said.stdout + said.stderr, "Une opération ne se lit pas : " + said.stdout
    sys.path.insert(0, str(folder))
    yield importlib.import_module("havre_client")
    sys.path.remove(str(folder))


def operations(package):
    """Yield each operation that was generated, by its identifier."""
    for found in pkgutil.walk_packages(package.__path__, "havre_client."):
        module = importlib.import_module(found.name)
        if hasattr(module, "sync_detailed"):
            yield found.name.rpartition(".")[2], module


def client_with(package, header):
    client = package.AuthenticatedClient(base_url="http://testserver", token="")
    inner = httpx.Client(base_url="http://testserver", transport=Here(), headers={"Authorization": header})
    return client.set_httpx_client(inner)


def arguments(module, known):
    """Return what an operation requires, its body left out."""
    required = {
        name: parameter
        for name, parameter in inspect.signature(module.sync_detailed).parameters.items()
        if parameter.default is inspect.Parameter.empty and name != "client"
    }
    return {name: known.get(name, ASKED.get(name, UNKNOWN)) for name in required}


def test_every_operation_of_the_document_has_its_function(package):
    paths = SchemaGenerator().get_schema(public=True)["paths"]
    wanted = {operation["operationId"] for verbs in paths.values() for operation in verbs.values()}
    assert wanted == {name for name, _ in operations(package)}


@pytest.mark.parametrize("key", PEOPLE)
def test_each_operation_answers_what_the_document_says(package, cast, files, key):
    client = client_with(package, token_header(cast[key])["HTTP_AUTHORIZATION"].replace("Token", "Bearer"))
    found, read = dict(operations(package)), set()
    firsts = {}
    for name in sorted(found, key=lambda name: not name.endswith("_list")):
        module = found[name]
        if "body" in inspect.signature(module.sync_detailed).parameters:
            continue
        known = {"id": firsts.get(name.removesuffix("_retrieve"), UNKNOWN)}
        answer = module.sync_detailed(client=client, **arguments(module, known))
        assert answer.parsed is not None, (name, answer.status_code, answer.content)
        assert json.loads(answer.content) == _written(answer.parsed), name
        if answer.status_code == 200:
            read.add(name)
        rows = getattr(answer.parsed, "results", None)
        if rows:
            firsts[name.removesuffix("_list")] = rows[0].id
    if key != "state_reader":
        assert len(read) > 20, read
    for prefix in firsts:
        assert f"{prefix}_retrieve" in read or f"{prefix}_retrieve" not in found, prefix


def _written(parsed):
    """Return what the classes of the client hold, as JSON again: a field that they do not know would be lost."""
    return [row.to_dict() for row in parsed] if isinstance(parsed, list) else parsed.to_dict()
