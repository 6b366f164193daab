"""What Django's test client keeps of a page: the context of the template that a view renders, in `response.context`.

Django copies the context of each template that the page includes as well, hundreds a page: an eighth of the time of
the whole suite, measured, for what no test reads.
"""

from collections.abc import Iterator
from threading import local

import pytest
from django.template.base import Template
from django.template.context import Context
from django.utils.safestring import SafeString

_state = local()


@pytest.fixture(autouse=True, scope="session")
def outer_templates_alone(django_test_environment: None) -> Iterator[None]:
    """Tell the test client of the outermost template alone."""
    told = Template._render

    def render(template: Template, context: Context) -> SafeString:
        if getattr(_state, "inside", False):
            return template.nodelist.render(context)
        _state.inside = True
        try:
            return told(template, context)
        finally:
            _state.inside = False

    Template._render = render
    yield
    Template._render = told
