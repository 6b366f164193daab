"""Rules and searches belong to the coordination; free places also to the structure that tells them."""

from django.db import migrations

from cms.access.wall import policies

ALL = "(SELECT scope_sees_all_cases())"
MANAGES = "(SELECT scope_manages_cases())"

TABLES = [
    policies("cases_matchingrules", select=ALL, insert=MANAGES, update="false"),
    policies(
        "cases_matching",
        select=ALL,
        insert=MANAGES,
        update="false",
        check="can_see_orientation(orientation_id) AND can_see_sollicitation(sollicitation_id)",
    ),
    policies(
        "cases_placeconfirmation",
        select=f"{ALL} OR partner_id = ANY (scope_partners_as('structure_director', 'structure_educator'))",
        insert=f"{MANAGES} OR partner_id = ANY (scope_partners_as('structure_director'))",
        update="false",
        check="can_see_partner(partner_id)",
    ),
]


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_matching"), ("partners", "0005_contraindications_wall")]

    operations = [migrations.RunSQL(*pair) for pair in TABLES]
