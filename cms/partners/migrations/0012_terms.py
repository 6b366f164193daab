"""What comes to its end is told through the notifications of everybody: the reminders of conventions had a table."""

from importlib import import_module

from django.db import migrations

from cms.access.wall import definer

wall = import_module("cms.partners.migrations.0011_pipeline_wall")

# Who answers for the convention while their account and their role hold; else the whole coordination.
TERMS = definer(
    "convention_terms(day date, within integer)",
    "TABLE (convention_id uuid, ends_on date, person_id uuid)",
    """SELECT c.id, c.ends_on, u.id
       FROM partners_convention c
       JOIN partners_partner p ON p.id = c.partner_id AND (p.closed_on IS NULL OR p.closed_on > $1)
       LEFT JOIN partners_conventionfollowup f ON f.convention_id = c.id AND EXISTS (
         SELECT 1 FROM users_user o JOIN users_user_groups g ON g.user_id = o.id JOIN auth_group r ON r.id = g.group_id
         WHERE o.id = f.owner_id AND o.is_active AND r.name IN ('coordination', 'direction'))
       JOIN users_user u ON u.is_active AND (u.id = f.owner_id OR (f.owner_id IS NULL AND EXISTS (
         SELECT 1 FROM users_user_groups g JOIN auth_group r ON r.id = g.group_id
         WHERE g.user_id = u.id AND r.name = 'coordination')))
       WHERE coalesce(scope_system() = 'notify', false) AND c.stage = 'signed' AND c.denounced_on IS NULL
         AND c.ends_on >= $1 AND c.ends_on <= $1 + $2
         AND NOT EXISTS (SELECT 1 FROM partners_convention n WHERE n.partner_id = c.partner_id AND n.stage = 'signed'
           AND n.starts_on > c.ends_on)
       ORDER BY c.ends_on, u.email""",
)


class Migration(migrations.Migration):
    dependencies = [("partners", "0011_pipeline_wall")]

    operations = [
        migrations.RunSQL(*reversed(wall.MARK)),
        migrations.RunSQL(*reversed(wall.DUE)),
        migrations.RunSQL(*reversed(wall.REMINDER)),
        migrations.DeleteModel(name="ConventionReminder"),
        migrations.RunSQL(*TERMS),
    ]
