"""The document of the API: valid, and committed, so that a change of contract shows."""

import pytest
import yaml
from drf_spectacular.generators import SchemaGenerator
from openapi_spec_validator import validate
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode


class YamlExtension(SingleFileSnapshotExtension):
    _write_mode = WriteMode.TEXT
    file_extension = "yaml"

    def serialize(self, data, **kwargs):
        return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)


@pytest.fixture
def document(recwarn):
    generated = SchemaGenerator().get_schema(public=True)
    # What the document holds, in plain types.
    return yaml.safe_load(yaml.safe_dump(_plain(generated), allow_unicode=True, sort_keys=False))


def _plain(value):
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, bool | int | float | type(None)) else str(value)


def test_the_document_is_valid(document):
    validate(document)


def test_the_document_describes_our_paths_alone(document):
    assert document["paths"]
    assert all(path.startswith("/api/v1/") for path in document["paths"])


def test_the_document_is_the_committed_one(document, snapshot):
    assert document == snapshot(extension_class=YamlExtension)
