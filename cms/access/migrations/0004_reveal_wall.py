"""Row security of reveals and alerts, and the two questions that sealed tables ask."""

from django.db import migrations

from cms.access.wall import definer, policies

# Who may open what is known further up (stays, partners): their own migration replaces this answer.
MAY_OPEN = definer(
    "reveal_may_open(kind text, object_id uuid, what text, is_break_glass boolean)",
    "boolean",
    "SELECT false",
)
# A right that ends while the reveal lasts ends the reveal: the question is asked again at each reading.
LIVE = definer(
    "reveal_live_ids(kind text, what text)",
    "SETOF uuid",
    """SELECT r.object_id FROM access_reveal r
       WHERE r.user_id = scope_user_id() AND r.object_kind = $1 AND r.what = $2
         AND r.starts_at <= statement_timestamp() AND r.ends_at > statement_timestamp()
         AND reveal_may_open(r.object_kind, r.object_id, r.what, r.is_break_glass)""",
)
# The actor is part of the value, so that a scope entered next inherits nothing.
SEALED_ROW = (
    """
CREATE OR REPLACE FUNCTION sealed_row_of(kind text) RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN split_part(s, ':', 1) = coalesce(scope_user_id()::text, scope_system())
              AND split_part(s, ':', 2) = $1 THEN split_part(s, ':', 3)::uuid END
  FROM (SELECT coalesce(current_setting('app.sealed_row', true), '')) AS set(s)
$$;
""",
    "DROP FUNCTION sealed_row_of(text);",
)

CONTROLS = "(SELECT scope_has_role('direction')) OR (SELECT scope_has_role('dpo'))"
REVEAL = policies(
    "access_reveal",
    select=f"user_id = (SELECT scope_user_id()) OR (SELECT scope_manages_cases()) OR {CONTROLS}",
    insert="user_id = (SELECT scope_user_id()) AND starts_at <= statement_timestamp() + interval '1 minute' "
    "AND reveal_may_open(object_kind, object_id, what, is_break_glass)",
    update="false",
)
ALERT = policies(
    "access_alert",
    select=CONTROLS,
    insert="raised_by_id = (SELECT scope_user_id()) AND reveal_may_open(object_kind, object_id, 'identity', true)",
    update="false",
)


class Migration(migrations.Migration):
    dependencies = [("access", "0003_reveal")]

    operations = [migrations.RunSQL(*pair) for pair in [MAY_OPEN, LIVE, SEALED_ROW, REVEAL, ALERT]]
