"""The contract of the API, drawn in a browser by the files of the product alone."""

from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE


def test_the_contract_is_drawn_under_the_policy_of_every_page(sign_in, watch):
    """`watch` fails for a script that the policy refused, and for a call to another site."""
    page = sign_in("coordination", width=DESK)
    page.goto("/api/v1/docs/")
    # The document is made at each call.
    expect(page.locator(".opblock-tag").first).to_be_visible(timeout=60_000)
    assert page.locator(".opblock-tag").count() > 15
    page.locator("#operations-tag-vacancies").click()
    confirming = page.locator(".opblock[id$=vacancies_confirmations_create]")
    confirming.locator(".opblock-summary-control").click()
    expect(confirming.get_by_text("Idempotency-Key").first).to_be_visible()
    page.set_viewport_size({"width": PHONE, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
