"""A service that declared for its minor reads what its own people attached, never what the structure did: a receipt or a
letterhead names the place. And the words of an added field that two people let be counted, or that one asked to, stay.
"""

from django.db import migrations

from cms.access.wall import definer

PIECES = definer(
    "can_see_files_incident(row_id uuid, author uuid)",
    "boolean",
    """SELECT scope_sees_all_cases() OR ($1 IN (SELECT incident_visible_ids()) AND EXISTS (
         SELECT 1 FROM cases_incident i WHERE i.id = $1 AND (i.service_id IS NULL
           OR i.partner_id = ANY (scope_partners_as('structure_director', 'structure_educator'))
           OR EXISTS (SELECT 1 FROM partners_membership m WHERE m.user_id = $2 AND m.partner_id = i.service_id))))""",
)
# A field is counted as it was worded: another question is sealed first. A choice may be added, none says something else.
WORDS = (
    """
CREATE FUNCTION extrafield_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF current_user <> 'havre_app' THEN
    RETURN NEW;
  END IF;
  IF (NOT OLD.is_sealed OR OLD.unseal_asked_by_id IS NOT NULL) AND (NOT NEW.is_sealed OR NEW.unseal_asked_by_id IS NOT NULL)
     AND ((NEW.target, NEW.code, NEW.kind, NEW.label, NEW.help) IS DISTINCT FROM
          (OLD.target, OLD.code, OLD.kind, OLD.label, OLD.help)
       OR EXISTS (SELECT 1 FROM jsonb_array_elements(OLD.choices) o WHERE NOT EXISTS (
            SELECT 1 FROM jsonb_array_elements(NEW.choices) n
             WHERE n ->> 'code' = o ->> 'code' AND n ->> 'label' = o ->> 'label')))
  THEN
    RAISE EXCEPTION 'extrafield_agreed_words' USING ERRCODE = 'check_violation', CONSTRAINT = 'extrafield_agreed_words';
  END IF;
  IF (NEW.unseal_asked_by_id IS DISTINCT FROM OLD.unseal_asked_by_id AND NEW.unseal_asked_by_id <> public.scope_user_id())
     OR (NEW.unseal_agreed_by_id IS DISTINCT FROM OLD.unseal_agreed_by_id
         AND NEW.unseal_agreed_by_id <> public.scope_user_id())
  THEN
    RAISE EXCEPTION 'extrafield_own_name' USING ERRCODE = 'check_violation', CONSTRAINT = 'extrafield_own_name';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER extrafield_guarded BEFORE UPDATE ON cases_extrafield FOR EACH ROW EXECUTE FUNCTION extrafield_guard();
""",
    "DROP FUNCTION extrafield_guard() CASCADE",
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0038_extra_wall"), ("files", "0003_seen_by_author")]

    operations = [migrations.RunSQL(*PIECES), migrations.RunSQL(*WORDS)]
