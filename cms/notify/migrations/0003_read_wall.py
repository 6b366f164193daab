"""Only who answers for the network takes a call: a structure or the State that was told has read, and stops nothing."""

from django.db import migrations


def takes(condition: str) -> str:
    """Replace the test of who may take a call where it stands in `ring_freeze`."""
    before = "IF OLD.acknowledged_at IS NULL AND NEW.acknowledged_by_id = public.scope_user_id() THEN"
    after = f"IF OLD.acknowledged_at IS NULL AND NEW.acknowledged_by_id = public.scope_user_id() AND {condition} THEN"
    old, new = (before, after) if condition != "true" else (after.replace("true", MANAGES), before)
    return f"""DO $do$
DECLARE
  v_before text := pg_get_functiondef('ring_freeze()'::regprocedure);
  v_after text := replace(v_before, $old${old}$old$, $new${new}$new$);
BEGIN
  IF v_before = v_after THEN RAISE EXCEPTION 'ring_freeze has not the passage to replace'; END IF;
  EXECUTE v_after;
END $do$"""


MANAGES = "public.scope_manages_cases()"


class Migration(migrations.Migration):
    dependencies = [("notify", "0002_wall")]

    operations = [migrations.RunSQL(takes(MANAGES), takes("true"))]
