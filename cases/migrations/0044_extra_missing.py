"""Compulsory added fields without an answer. Sealed answers of a situation are hidden from whoever opened no identity:
the database says which questions wait, never what was answered.

No index: a network has forty fields at most, and the answers of one parent are found by the unique keys of 0037.
"""

from django.db import migrations

MISSING = (
    """
CREATE FUNCTION extra_missing(p_target text, p_parent uuid) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(f.label ORDER BY f.position, f.label), '{}') FROM cases_extrafield f
  WHERE f.target = p_target AND f.is_required AND f.retired_on IS NULL AND (SELECT scope_sees_all_cases())
    AND NOT EXISTS (SELECT FROM cases_extraanswer a WHERE a.field_id = f.id AND CASE p_target
      WHEN 'case' THEN a.case_id = p_parent ELSE a.sollicitation_id = p_parent END)
$$;
CREATE FUNCTION extra_missing_ids(p_target text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT c.id FROM cases_case c JOIN cases_extrafield f
    ON f.target = 'case' AND f.is_required AND f.retired_on IS NULL
  WHERE p_target = 'case' AND (SELECT scope_sees_all_cases()) AND c.closed_on IS NULL AND NOT c.is_test
    AND NOT EXISTS (SELECT FROM cases_extraanswer a WHERE a.field_id = f.id AND a.case_id = c.id)
  UNION
  SELECT s.id FROM cases_sollicitation s JOIN cases_extrafield f
    ON f.target = 'sollicitation' AND f.is_required AND f.retired_on IS NULL
  WHERE p_target = 'sollicitation' AND (SELECT scope_sees_all_cases()) AND s.state <> 'closed' AND NOT s.is_test
    AND NOT EXISTS (SELECT FROM cases_extraanswer a WHERE a.field_id = f.id AND a.sollicitation_id = s.id)
$$;
""",
    "DROP FUNCTION extra_missing(text, uuid); DROP FUNCTION extra_missing_ids(text);",
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0043_severity_targets_wall")]

    operations = [migrations.RunSQL(*MISSING)]
