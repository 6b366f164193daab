"""What a structure cannot take in is walled as the rest of its profile."""

from django.db import migrations

from cms.access.wall import policies

LINK = policies(
    "partners_structureprofile_contraindications",
    select="(SELECT scope_sees_all_cases()) OR (SELECT scope_is_reference()) "
    "OR structureprofile_id = ANY ((SELECT scope_partner_ids())::uuid[])",
    insert="(SELECT scope_manages_cases()) OR (SELECT scope_is_reference())",
    update="(SELECT scope_manages_cases()) OR (SELECT scope_is_reference())",
    delete="(SELECT scope_manages_cases()) OR (SELECT scope_is_reference())",
    check="can_see_partner(structureprofile_id)",
)


class Migration(migrations.Migration):
    dependencies = [("partners", "0004_contraindications")]

    operations = [migrations.RunSQL(*LINK)]
