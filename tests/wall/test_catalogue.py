"""What the catalogue of the database says of the wall: no table, foreign key or function escapes its rules."""

import re
from pathlib import Path

import pytest
from django.db import connection

CASES = {
    "cases_absence",
    "cases_afterstay",
    "cases_circuit",
    "cases_circuitstep",
    "cases_circuittemplate",
    "cases_circuitversion",
    "cases_stayreview",
    "cases_unmetneed",
    "cases_authoritynotice",
    "cases_authoritywaiver",
    "cases_case",
    "cases_caseform",
    "cases_caseidentity",
    "cases_caselanguage",
    "cases_caseapart",
    "cases_casemerge",
    "cases_casename",
    "cases_casesound",
    "cases_caseneed",
    "cases_extraanswer",
    "cases_extrafield",
    "cases_extrarequirement",
    "cases_filledgrid",
    "cases_gridversion",
    "cases_identitygiven",
    "cases_incident",
    "cases_incidentcause",
    "cases_incidentchild",
    "cases_incidentdetail",
    "cases_incidentevent",
    "cases_incidentpair",
    "cases_incidentreview",
    "cases_incidenttask",
    "cases_keepaway",
    "cases_journey",
    "cases_legalframe",
    "cases_linking",
    "cases_linkingagreement",
    "cases_linkingcheck",
    "cases_linkingversion",
    "cases_matching",
    "cases_matchingrules",
    "cases_noticeproof",
    "cases_orientation",
    "cases_payeragreement",
    "cases_peopletoavoid",
    "cases_placeconfirmation",
    "cases_placement",
    "cases_proposal",
    "cases_proposalmessage",
    "cases_runaway",
    "cases_runawaydelay",
    "cases_runawayreturn",
    "cases_severitytargets",
    "cases_shelter",
    "cases_sollicitation",
    "cases_sollicitationdetail",
    "cases_sollicitationform",
    "cases_sollicitationmessage",
    "cases_stayderogation",
    "cases_switchboardcall",
    "cases_unverifiedrequest",
    "cases_voicemessage",
    "cases_voicereply",
}
"""Every table of the app `cases`: a new one is added here with its policies."""

PUBLISHED = {
    *("documents_clauseversion", "documents_document", "documents_documentversion"),
    *("cases_gridversion", "cases_extrafield"),
}
"""Whoever is signed in, or everybody, reads these rows: a key that points at one shows nothing."""

VERBS = {"SELECT", "INSERT", "UPDATE", "DELETE"}


def ask(sql: str, *values) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


@pytest.fixture
def walled(db) -> dict[str, bool]:
    """Tables under row security, partitions apart, and whether it is forced on their owner."""
    return dict(
        ask(
            "SELECT relname, relforcerowsecurity FROM pg_class WHERE relrowsecurity AND relkind IN ('r', 'p') "
            "AND relnamespace = 'public'::regnamespace AND NOT relispartition"
        )
    )


def test_every_table_about_minors_is_walled(walled):
    tables = {name for (name,) in ask("SELECT tablename FROM pg_tables WHERE tablename LIKE 'cases%%'")}
    assert tables == CASES
    assert walled.keys() >= CASES


def test_each_table_without_row_security_is_named_with_its_reason(db):
    page = (Path(__file__).parents[2] / "docs" / "wall.md").read_text()
    section = page.partition("## Tables without row security")[2].partition("\n## ")[0]
    named = {
        table
        for line in section.splitlines()
        if line.startswith("| `")
        for table in re.findall(r"`(\w+)`", line.split("|")[1])
    }
    bare = ask(
        "SELECT relname FROM pg_class WHERE NOT relrowsecurity AND relkind IN ('r', 'p', 'f') "
        "AND relnamespace = 'public'::regnamespace AND NOT relispartition"
    )
    assert named == {name for (name,) in bare}


CLOSED = ("access_doorkey", "access_scopekey", "access_signinsecret", "django_session", "users_secret")
READ_ONLY = ("auth_group", "auth_group_permissions", "auth_permission", "django_content_type", "django_migrations")


def test_secrets_and_rights_are_closed_by_privilege(db):
    held = """SELECT r FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) r
              WHERE has_table_privilege(%s, r)"""
    for table in CLOSED:
        assert ask(held, table) == [], table
    for table in READ_ONLY:
        assert ask(held, table) == [("SELECT",)], table


def test_the_owner_is_not_forced_behind_the_wall(walled):
    assert not [table for table, is_forced in walled.items() if is_forced]


def test_each_walled_table_has_a_policy_for_each_verb(walled):
    for table in walled:
        if table.startswith("journal_"):
            continue  # written by functions alone: no privilege is given
        verbs = {verb for (verb,) in ask("SELECT cmd FROM pg_policies WHERE tablename = %s", table)}
        assert verbs == VERBS, table


def test_every_policy_binds_the_application(walled):
    [(role,)] = ask("SELECT current_user")
    assert role == "havre_app"
    for table, policy, roles, permissive in ask(
        "SELECT tablename, policyname, roles::text, permissive FROM pg_policies"
    ):
        assert roles in ("{public}", "{havre_app}"), table
        if permissive != "PERMISSIVE":
            assert policy in TOKEN_POLICIES, (table, policy)


TOKEN_POLICIES = {f"token_{verb.lower()}" for verb in VERBS}
ANY_TOKEN = {"access_counter", "access_idempotentcall", "rights_readingstop"} | {
    *("access_doorkey", "access_scopekey", "access_signinsecret", "users_secret"),
}
"""What every call of a token reads or writes (the mark of a sending, the brake), and the keys and secrets, which only
functions of the owner read; the others are closed to all.
"""


def test_each_walled_table_says_which_tokens_open_it(walled):
    held = {}
    for table, policy in ask("SELECT tablename, policyname FROM pg_policies WHERE permissive = 'RESTRICTIVE'"):
        held.setdefault(table, set()).add(policy)
    asked = {table for table in walled if not table.startswith("journal_")} - ANY_TOKEN
    assert {table for table, policies in held.items() if policies == TOKEN_POLICIES} == asked


def test_each_foreign_key_to_a_walled_table_is_tested_by_its_can_see_function(walled):
    keys = ask(
        """SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text FROM pg_constraint c
           JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
           WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace"""
    )
    missing = []
    for table, column, target in keys:
        if target not in walled.keys() - PUBLISHED or table not in walled:
            continue
        tested = re.compile(rf"can_see_\w+\({column}\)")
        checks = ask(
            """SELECT cmd, coalesce(with_check, '') FROM pg_policies
               WHERE tablename = %s AND cmd IN ('INSERT', 'UPDATE') AND permissive = 'PERMISSIVE'""",
            table,
        )
        missing += [
            f"{table}.{column} ({cmd})" for cmd, check in checks if not (tested.search(check) or _closed(check))
        ]
    assert missing == []


def _closed(check: str) -> bool:
    """A policy that lets nothing through."""
    return check == "false" or check.startswith("(false AND")


def test_what_points_at_a_walled_table_is_walled_too(walled):
    keys = ask(
        """SELECT DISTINCT c.conrelid::regclass::text, c.confrelid::regclass::text FROM pg_constraint c
           WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace"""
    )
    assert [(table, target) for table, target in keys if target in CASES and table not in walled] == []


def test_no_policy_reads_another_protected_table(walled):
    policies = ask(
        "SELECT tablename, policyname, coalesce(qual, '') || ' ' || coalesce(with_check, '') FROM pg_policies"
    )
    direct = [
        (table, policy, name)
        for table, policy, text in policies
        for name in re.findall(r"\bFROM\s+\(*(\w+)", text)
        if name in walled
    ]
    assert direct == []


def test_functions_of_the_owner_fix_their_search_path(db):
    """`pg_temp` comes last and by name: left out, it would be searched first, and anybody may write there."""
    functions = ask(
        """SELECT p.oid::regprocedure::text, coalesce(p.proconfig::text, '') FROM pg_proc p
           WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace"""
    )
    assert functions
    loose = [name for name, config in functions if "search_path=pg_catalog, public, pg_temp" not in config]
    assert loose == []


def test_functions_that_tell_what_may_be_seen_read_as_the_owner(db):
    functions = ask(
        """SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND NOT prosecdef
           AND (starts_with(proname, 'can_see_') OR proname LIKE '%%\\_ids')"""
    )
    assert {name for (name,) in functions} <= {"scope_partner_ids"}


def test_the_application_owns_and_bypasses_nothing(db):
    assert ask("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = 'havre_app'") == [(False, False)]
    assert ask("SELECT count(*) FROM pg_class WHERE relowner = 'havre_app'::regrole") == [(0,)]


def test_no_guard_knows_a_login_by_its_name(db):
    """A guard that stops `havre_app` lets the next login through: `acts_as_owner` names who is let through."""
    named = "current_user\\s*(=|<>|!=|IS|IN)|session_user\\s*(=|<>|!=|IS|IN)"
    assert ask("SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosrc ~* %s", named) == []
    assert ask("SELECT tgname FROM pg_trigger WHERE pg_get_triggerdef(oid) ~* %s", named.upper()) == []


def test_no_summary_escapes_the_wall(db):
    """A materialized view holds rows that no policy filters; a plain view must run as who asks."""
    assert ask("SELECT matviewname FROM pg_matviews WHERE schemaname = 'public'") == []
    views = ask(
        """SELECT relname FROM pg_class WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace
           AND NOT coalesce(reloptions::text, '') LIKE '%%security_invoker=true%%'"""
    )
    assert views == []
