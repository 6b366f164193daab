"""The screens of the coordination in the admin: by day and by night, accessible in what is ours."""

import pytest
from django.urls import reverse

from cms.users.models import User
from tests.browser.conftest import DESK
from tests.browser.look import COLOURS, EVERYTHING, accessibility, overflow, part_of, picture
from tests.cast.everything import all_rows
from tests.cast.session import signed_in
from tests.plugins.extent import sampled

SCREENS = {
    "home": ("wagtailadmin_home", ""),
    "figures": ("dashboards_figures", ""),
    "adherence": ("referentiel_adherence", ""),
    "publish": ("referentiel_publish", ""),
    "paper": ("referentiel_paper", "partner_a"),
    "campaigns": ("referentiel_campaigns", ""),
    "campaign-open": ("referentiel_campaign_open", ""),
    "visits": ("referentiel_visits", ""),
    "visit": ("referentiel_visit", "visit_b"),
    "visit-open": ("referentiel_visit_open", ""),
    "derogation": ("referentiel_derogation_ask", "partner_a"),
    "settings": ("havre_settings:index", ""),
    "config": ("havre_config:index", ""),
    "extra": ("havre_extra:index", ""),
    "extra-edit": ("havre_extra:edit", "extra_field"),
    "kinds": ("documents_kinds", ""),
    "kind-new": ("documents_kind_new", ""),
    "table-new": ("dashboards_table_new", ""),
    "view-edit": ("havre_views:edit", "saved_view"),
    "board": ("havre_board", ""),
    "rota": ("havre_rota:index", ""),
    "rota-add": ("havre_rota:add", ""),
    "rota-swap": ("havre_rota:swap", "duty"),
    "sollicitation-ask": ("cases_sollicitation:ask", "sollicitation_open"),
    "sollicitations": ("cases_sollicitation:list", ""),
    "sollicitation": ("cases_sollicitation:inspect", "sollicitation_transmitted"),
    "sollicitation-new": ("cases_sollicitation:add", ""),
    "sollicitation-orient": ("cases_sollicitation:orient", "sollicitation_open"),
    "sollicitation-places": ("cases_sollicitation:places", "sollicitation_open"),
    "sollicitation-shelter": ("cases_sollicitation:shelter", "sollicitation_open"),
    "sollicitation-grid": ("cases_sollicitation:grid", "sollicitation_open"),
    "grid-version": ("havre_grid", ""),
    "grid-new": ("havre_grid_new", ""),
    "matching-rules": ("havre_matching_rules", ""),
    "cases": ("cases_case:list", ""),
    "case": ("cases_case:inspect", "case_a"),
    "case-frame": ("cases_case:frame", "case_a"),
    "case-away": ("cases_case:away", "case_a"),
    "case-needs": ("cases_case:needs", "case_a"),
    "case-duplicates": ("cases_case:duplicates", "case_a"),
    "case-history": ("cases_case:history", "case_a"),
    "orientation": ("cases_orientation:inspect", "orientation_open"),
    "stays": ("cases_placement:list", ""),
    "stay": ("cases_placement:inspect", "placement_a"),
    "incidents": ("cases_incident:list", ""),
    "incident": ("cases_incident:inspect", "incident_b"),
    "partners": ("partners_partner:list", ""),
    "partner": ("partners_partner:inspect", "partner_a"),
    "partner-new": ("partners_partner:add", ""),
    "pipeline": ("havre_pipeline", ""),
    "partners-import": ("havre_partners_import", ""),
    "convention-follow": ("partners_convention:follow", "convention_a"),
    "convention": ("partners_convention:inspect", "convention_a"),
    "values": ("values_value:list", ""),
    "sessions": ("formation_session:list", ""),
    "names": ("havre_names:index", ""),
    "file-access": ("havre_file:page", "case_a"),
    "request-copy": ("havre_rights:copy", "request_a"),
}
DIRECTION = {"journal": ("havre_journal:index", "")}
DPO = {
    "dpo-home": ("wagtailadmin_home", ""),
    "requests": ("havre_rights:index", ""),
    "request-new": ("havre_rights:add", ""),
    "request": ("havre_rights:page", "request_a"),
    "request-close": ("havre_rights:close", "request_a"),
    "guard": ("havre_guard:index", ""),
    "hold": ("havre_guard:hold", ""),
    "reviews": ("havre_review:index", ""),
}

SCHEMES = {"light": EVERYTHING, "dark": COLOURS}


@pytest.mark.sampled
@pytest.mark.parametrize(("key", "screens"), [("coordination", SCREENS), ("direction", DIRECTION), ("dpo", DPO)])
def test_every_screen_of_the_admin_holds_by_day_and_at_night(open_context, server, key, screens):
    rows, faults = all_rows(), []
    page = open_context(width=DESK).new_page()
    client = signed_in(User.objects.get(email=f"{key}@havre.example"))
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server}])
    for turn, (name, (route, row)) in enumerate(screens.items()):
        page.goto(reverse(route, args=[rows[row].pk] if row else []))
        for scheme, asked in sampled(list(SCHEMES.items()), [("light", EVERYTHING)]):
            page.emulate_media(color_scheme=scheme)
            said = accessibility(page, asked, part=part_of(turn)) + overflow(page)
            faults += [f"{name}, {scheme}: {fault}" for fault in said]
        picture(page, f"admin-{name}")
    assert not faults, "\n".join(faults)
