"""Reads a code to scan as a telephone does: from the pixels that the browser drew."""

import io

import zxingcpp
from PIL import Image
from playwright.sync_api import Locator


def scan(drawn: Locator) -> str:
    """Return the address that a code leads to; fails when there is none to read, or more than one."""
    with Image.open(io.BytesIO(drawn.screenshot())) as picture:
        (code,) = zxingcpp.read_barcodes(picture.convert("L"))
    return code.text
