"""Triggers keep both sums in the transaction of each change, by adding and taking away: two people who sign at once
both count. The application writes neither: what it sends for them is left out.
"""

from django.db import migrations

DEFINER = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$"

# The half-day is held while it is read: its length does not change under a presence that is being written.
KEPT = (
    f"""
CREATE FUNCTION session_hours_keep() RETURNS trigger {DEFINER}
BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE formation_session SET total_hours = total_hours - OLD.hours WHERE id = OLD.session_id;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    UPDATE formation_session SET total_hours = total_hours + NEW.hours WHERE id = NEW.session_id;
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.hours <> OLD.hours THEN
    UPDATE formation_enrolment e SET hours_present = e.hours_present + NEW.hours - OLD.hours
      FROM formation_attendance a WHERE a.half_day_id = NEW.id AND a.status = 'present' AND e.id = a.enrolment_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER session_hours_kept AFTER INSERT OR DELETE OR UPDATE OF hours, session_id ON formation_halfday
  FOR EACH ROW EXECUTE FUNCTION session_hours_keep();

CREATE FUNCTION hours_present_keep() RETURNS trigger {DEFINER}
DECLARE
  worth numeric;
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.status = 'present' THEN
    SELECT hours INTO worth FROM formation_halfday WHERE id = OLD.half_day_id FOR SHARE;
    UPDATE formation_enrolment SET hours_present = hours_present - worth WHERE id = OLD.enrolment_id;
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.status = 'present' THEN
    SELECT hours INTO worth FROM formation_halfday WHERE id = NEW.half_day_id FOR SHARE;
    UPDATE formation_enrolment SET hours_present = hours_present + worth WHERE id = NEW.enrolment_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER hours_present_kept AFTER INSERT OR DELETE OR UPDATE OF status, half_day_id, enrolment_id ON formation_attendance
  FOR EACH ROW EXECUTE FUNCTION hours_present_keep();
""",
    "DROP FUNCTION session_hours_keep() CASCADE; DROP FUNCTION hours_present_keep() CASCADE;",
)

GUARD = (
    """
CREATE FUNCTION session_hours_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'havre_app' THEN
    NEW.total_hours := CASE TG_OP WHEN 'UPDATE' THEN OLD.total_hours ELSE 0 END;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER session_hours_guarded BEFORE INSERT OR UPDATE OF total_hours ON formation_session
  FOR EACH ROW EXECUTE FUNCTION session_hours_guard();
CREATE FUNCTION hours_present_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'havre_app' THEN
    NEW.hours_present := CASE TG_OP WHEN 'UPDATE' THEN OLD.hours_present ELSE 0 END;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER hours_present_guarded BEFORE INSERT OR UPDATE OF hours_present ON formation_enrolment
  FOR EACH ROW EXECUTE FUNCTION hours_present_guard();
""",
    "DROP FUNCTION session_hours_guard() CASCADE; DROP FUNCTION hours_present_guard() CASCADE;",
)

SUMS = (
    """
UPDATE formation_session s SET total_hours = h.hours
  FROM (SELECT session_id, sum(hours) AS hours FROM formation_halfday GROUP BY 1) h WHERE h.session_id = s.id;
UPDATE formation_enrolment e SET hours_present = p.hours FROM (
  SELECT a.enrolment_id, sum(h.hours) AS hours FROM formation_attendance a JOIN formation_halfday h ON h.id = a.half_day_id
  WHERE a.status = 'present' GROUP BY 1) p WHERE p.enrolment_id = e.id;
""",
    "",
)


class Migration(migrations.Migration):
    dependencies = [("formation", "0013_hours")]

    operations = [migrations.RunSQL(*pair) for pair in (KEPT, GUARD, SUMS)]
