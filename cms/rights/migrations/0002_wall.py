"""Row security of the register, of copies and of what data protection checks; who a file is about, for the journal."""

from django.db import migrations

from cms.access.wall import definer, optional, policies

ME = "(SELECT scope_user_id())"
CONTROLS = "((SELECT scope_has_role('direction')) OR (SELECT scope_has_role('dpo')))"
COORDINATES = "(SELECT scope_has_role('coordination'))"
SEEN = f"{CONTROLS} OR ({COORDINATES} AND is_with_coordination)"

FUNCTIONS = [
    # Data protection sees no file, and may ask whose reference it is: it may tie a request to it as well.
    definer(
        "can_see_rights_case(row_id uuid)",
        "boolean",
        "SELECT (scope_manages_cases() OR scope_has_role('dpo')) AND EXISTS (SELECT FROM cases_case c WHERE c.id = $1)",
    ),
    definer(
        "can_see_rights_request(row_id uuid)",
        "boolean",
        """SELECT EXISTS (SELECT FROM rights_rightsrequest r WHERE r.id = $1
             AND (scope_has_role('direction') OR scope_has_role('dpo')
                  OR (scope_has_role('coordination') AND r.is_with_coordination)))""",
    ),
    definer(
        "can_see_file_copy(row_id uuid)",
        "boolean",
        "SELECT EXISTS (SELECT FROM rights_filecopy c WHERE c.id = $1 AND can_see_rights_request(c.request_id))",
    ),
    definer(
        "file_copy_is_of_another(row_id uuid)",
        "boolean",
        "SELECT EXISTS (SELECT FROM rights_filecopy c WHERE c.id = $1 AND c.prepared_by_id <> scope_user_id())",
    ),
    definer(
        "can_see_alert(row_id uuid)",
        "boolean",
        """SELECT (scope_has_role('direction') OR scope_has_role('dpo'))
             AND EXISTS (SELECT FROM access_alert a WHERE a.id = $1)""",
    ),
    definer(
        "alert_is_of_another(row_id uuid)",
        "boolean",
        "SELECT EXISTS (SELECT FROM access_alert a WHERE a.id = $1 AND a.raised_by_id <> scope_user_id())",
    ),
    # A name tells which child is followed: the number of one's own searches is counted where nobody may lower it.
    definer(
        "name_searches_recent()",
        "integer",
        """SELECT count(*)::integer FROM journal_line l WHERE l.actor_id = scope_user_id()
             AND l.at > clock_timestamp() - interval '1 hour' AND l.action = 'case.search'""",
    ),
]

BY_ME = "by_id = (SELECT scope_user_id())"
TABLES = [
    policies(
        "rights_rightsrequest",
        select=SEEN,
        insert=f"({CONTROLS} OR {COORDINATES}) AND registered_by_id = {ME}",
        update=SEEN,
        check=optional("can_see_rights_case", "case_id"),
    ),
    policies(
        "rights_rightsdetail",
        select="can_see_rights_request(request_id)",
        insert="can_see_rights_request(request_id)",
        update="can_see_rights_request(request_id)",
    ),
    policies(
        "rights_rightsstep",
        select="can_see_rights_request(request_id)",
        insert=BY_ME,
        update="false",
        check="can_see_rights_request(request_id)",
    ),
    policies(
        "rights_filecopy",
        select="can_see_rights_request(request_id)",
        insert=f"prepared_by_id = {ME} AND (SELECT scope_manages_cases())",
        update="false",
        check="can_see_rights_request(request_id)",
    ),
    policies(
        "rights_filecopyagreement",
        select="can_see_file_copy(copy_id)",
        insert=f"{BY_ME} AND {CONTROLS} AND file_copy_is_of_another(copy_id)",
        update="false",
        check="can_see_file_copy(copy_id)",
    ),
    policies(
        "rights_alertreceipt",
        select=CONTROLS,
        insert=f"{BY_ME} AND {CONTROLS} AND alert_is_of_another(alert_id)",
        update="false",
        check="can_see_alert(alert_id)",
    ),
    policies(
        "rights_nightcheck",
        select=f"{CONTROLS} OR (SELECT scope_system()) = 'journal'",
        insert="(SELECT scope_system()) = 'journal'",
        update="false",
    ),
    policies(
        "rights_accessreview",
        select=CONTROLS,
        insert=f"signed_by_id = {ME} AND (SELECT scope_has_role('dpo'))",
        update="false",
    ),
]

KINDS = [
    (
        f"SELECT journal_kind_register('{kind}', '{table}')",
        f"DELETE FROM journal_kind WHERE kind = '{kind}'",
    )
    for kind, table in (
        ("rights_request", "rights_rightsrequest"),
        ("access_review", "rights_accessreview"),
        ("alert", "access_alert"),
    )
]


class Migration(migrations.Migration):
    dependencies = [
        ("rights", "0001_initial"),
        ("cases", "0009_file_access"),
        ("access", "0005_journal_months"),
    ]

    operations = [migrations.RunSQL(*pair) for pair in [*FUNCTIONS, *TABLES, *KINDS]]
