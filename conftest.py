"""Plugins of our own, for every test."""

pytest_plugins = [
    f"tests.plugins.{name}" for name in ("by_file", "chromium", "extent", "figures", "order", "rendering", "stage")
]
