"""Functions that every policy reads, the reference counter, and the wall around grants."""

from django.db import migrations

from cms.access.wall import definer, policies

ACCESSORS = """
CREATE OR REPLACE FUNCTION scope_user_id() RETURNS uuid LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('app.user_id', true), '')::uuid $$;
CREATE OR REPLACE FUNCTION scope_system() RETURNS text LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('app.system', true), '') $$;
CREATE OR REPLACE FUNCTION scope_roles() RETURNS text[] LANGUAGE sql STABLE AS
  $$ SELECT coalesce(nullif(current_setting('app.roles', true), '')::text[], '{}') $$;
CREATE OR REPLACE FUNCTION scope_memberships() RETURNS text[] LANGUAGE sql STABLE AS
  $$ SELECT coalesce(nullif(current_setting('app.memberships', true), '')::text[], '{}') $$;
CREATE OR REPLACE FUNCTION scope_partner_ids() RETURNS uuid[] LANGUAGE sql STABLE AS
  $$ SELECT coalesce(nullif(current_setting('app.partners', true), '')::uuid[], '{}') $$;
CREATE OR REPLACE FUNCTION scope_has_role(role text) RETURNS boolean LANGUAGE sql STABLE AS
  $$ SELECT role = ANY (scope_roles()) $$;
CREATE OR REPLACE FUNCTION scope_partners_as(VARIADIC roles text[]) RETURNS uuid[] LANGUAGE sql STABLE AS
  $$ SELECT coalesce(array_agg(split_part(m, ':', 1)::uuid), '{}')
     FROM unnest(scope_memberships()) m WHERE split_part(m, ':', 2) = ANY (roles) $$;
CREATE OR REPLACE FUNCTION scope_manages_cases() RETURNS boolean LANGUAGE sql STABLE AS
  $$ SELECT scope_roles() && ARRAY['coordination', 'direction'] $$;
CREATE OR REPLACE FUNCTION scope_sees_all_cases() RETURNS boolean LANGUAGE sql STABLE AS
  $$ SELECT scope_manages_cases() OR coalesce(scope_system() IN ('figures', 'retention', 'escalation'), false) $$;
CREATE OR REPLACE FUNCTION scope_is_reference() RETURNS boolean LANGUAGE sql STABLE AS
  $$ SELECT coalesce(scope_system() = 'reference', false) $$;

CREATE OR REPLACE FUNCTION scope_set(user_id uuid, system text, roles text[], memberships text[]) RETURNS void
LANGUAGE sql VOLATILE AS $$
  SELECT set_config('app.user_id', coalesce(user_id::text, ''), true),
         set_config('app.system', system, true),
         set_config('app.roles', roles::text, true),
         set_config('app.memberships', memberships::text, true),
         set_config('app.professional_id', '', true),
         set_config('app.partners',
           (SELECT coalesce(array_agg(DISTINCT split_part(m, ':', 1)), '{}') FROM unnest(memberships) m)::text, true)
$$;

CREATE OR REPLACE FUNCTION scope_memberships_of(user_id uuid, day date) RETURNS TABLE (partner_id uuid, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
  $$ SELECT NULL::uuid, NULL::text WHERE false $$;

CREATE OR REPLACE FUNCTION scope_enter(actor uuid, OUT roles text[], OUT memberships text[])
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  roles := '{}';
  memberships := '{}';
  IF EXISTS (SELECT 1 FROM users_user u WHERE u.id = actor AND u.is_active) THEN
    SELECT coalesce(array_agg(m.partner_id || ':' || m.role), '{}') INTO memberships
      FROM scope_memberships_of(actor, (now() AT TIME ZONE 'Europe/Paris')::date) m;
    SELECT coalesce(array_agg(DISTINCT r), '{}') INTO roles FROM (
      SELECT g.name FROM users_user_groups ug JOIN auth_group g ON g.id = ug.group_id WHERE ug.user_id = actor
      UNION SELECT split_part(m, ':', 2) FROM unnest(memberships) m) AS held(r);
    PERFORM scope_set(actor, '', roles, memberships);
  ELSE
    PERFORM scope_set(NULL, '', '{}', '{}');
  END IF;
END $$;
"""

DROP_ACCESSORS = """
DROP FUNCTION scope_enter(uuid); DROP FUNCTION scope_memberships_of(uuid, date);
DROP FUNCTION scope_set(uuid, text, text[], text[]); DROP FUNCTION scope_is_reference();
DROP FUNCTION scope_sees_all_cases(); DROP FUNCTION scope_manages_cases(); DROP FUNCTION scope_partners_as(text[]);
DROP FUNCTION scope_has_role(text); DROP FUNCTION scope_partner_ids(); DROP FUNCTION scope_memberships();
DROP FUNCTION scope_roles(); DROP FUNCTION scope_system(); DROP FUNCTION scope_user_id();
"""

HOLDS = """(g.user_id = scope_user_id() OR (g.partner_id = ANY (scope_partner_ids())
  AND (g.role = '' OR (g.partner_id || ':' || g.role) = ANY (scope_memberships()))))"""

GRANTED = definer(
    "scope_granted_ids(kind text, level integer)",
    "SETOF uuid",
    f"""SELECT g.object_id FROM access_grant g WHERE g.object_kind = $1 AND g.level >= $2
        AND g.starts_at <= statement_timestamp() AND (g.ends_at IS NULL OR g.ends_at > statement_timestamp()) AND {HOLDS}""",
)

GRANT_WALL = policies(
    "access_grant",
    select=f"(SELECT scope_sees_all_cases()) OR {HOLDS.replace('g.', '')}",
    insert="scope_manages_cases()",
    update="scope_manages_cases()",
)

COUNTER = (
    """
CREATE OR REPLACE FUNCTION reference_draw(prefix text, year integer) RETURNS text
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO access_counter AS c (id, last) VALUES (prefix || '-' || year, 1)
  ON CONFLICT (id) DO UPDATE SET last = c.last + 1
  RETURNING prefix || '-' || year || '-' || lpad(last::text, greatest(4, length(last::text)), '0')
$$;
""",
    "DROP FUNCTION reference_draw(text, integer);",
)

SEARCH = (
    """
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE TEXT SEARCH CONFIGURATION havre_french (COPY = french);
ALTER TEXT SEARCH CONFIGURATION havre_french
  ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;
""",
    "DROP TEXT SEARCH CONFIGURATION havre_french;",
)


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("users", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.RunSQL(*SEARCH),
        migrations.RunSQL(ACCESSORS, DROP_ACCESSORS),
        migrations.RunSQL(*GRANTED),
        migrations.RunSQL(*GRANT_WALL),
        migrations.RunSQL(*COUNTER),
    ]
