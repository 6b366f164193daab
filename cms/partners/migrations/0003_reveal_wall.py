"""The real name and the address of a structure are read under a live reveal alone, its own team included."""

from django.db import migrations

BEFORE = """
DROP POLICY select_rows ON partners_partneridentity;
CREATE POLICY select_rows ON partners_partneridentity FOR SELECT USING (
  (SELECT scope_sees_all_cases()) OR (SELECT scope_is_reference())
  OR partner_id = ANY ((SELECT scope_partner_ids())::uuid[])
  OR partner_id IN (SELECT scope_granted_ids('partner', 40)));
"""
AFTER = """
DROP POLICY select_rows ON partners_partneridentity;
CREATE POLICY select_rows ON partners_partneridentity FOR SELECT USING (
  partner_id IN (SELECT reveal_live_ids('partner', 'address'))
  OR (((SELECT scope_manages_cases()) OR (SELECT scope_is_reference()))
      AND partner_id = (SELECT sealed_row_of('partner'))));
"""


class Migration(migrations.Migration):
    dependencies = [("partners", "0002_wall"), ("access", "0004_reveal_wall")]

    operations = [migrations.RunSQL(AFTER, BEFORE)]
