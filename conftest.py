"""Plugins of our own, for every test."""

pytest_plugins = ["tests.plugins.chromium", "tests.plugins.extent", "tests.plugins.order"]
