"""Row security of partners. A structure is seen by itself, by the coordination, and by whoever holds a grant on it;
authorities, requesting services and State bodies are public inside the network.
"""

from django.db import migrations

from cms.access.wall import definer, policies

MEMBERSHIPS = (
    """
CREATE OR REPLACE FUNCTION scope_memberships_of(user_id uuid, day date) RETURNS TABLE (partner_id uuid, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT m.partner_id, m.role::text FROM partners_membership m
  WHERE m.user_id = $1 AND m.starts_on <= day AND (m.ends_on IS NULL OR m.ends_on >= day) $$;
""",
    """
CREATE OR REPLACE FUNCTION scope_memberships_of(user_id uuid, day date) RETURNS TABLE (partner_id uuid, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
  $$ SELECT NULL::uuid, NULL::text WHERE false $$;
""",
)

ALL = "(SELECT scope_sees_all_cases()) OR (SELECT scope_is_reference())"
MANAGES = "(SELECT scope_manages_cases()) OR (SELECT scope_is_reference())"
OWN = "partner_id = ANY ((SELECT scope_partner_ids())::uuid[])"

VISIBLE = definer(
    "partner_visible_ids()",
    "SETOF uuid",
    """SELECT unnest(scope_partner_ids()) UNION SELECT scope_granted_ids('partner', 10)
       UNION SELECT p.id FROM partners_partner p WHERE p.kind <> 'structure'
         AND (scope_user_id() IS NOT NULL OR scope_system() IS NOT NULL)""",
)
CAN_SEE = definer(
    "can_see_partner(partner uuid)",
    "boolean",
    f"SELECT {ALL} OR $1 IN (SELECT partner_visible_ids())",
)

PARTNER = policies(
    "partners_partner",
    select=f"{ALL} OR id IN (SELECT partner_visible_ids())",
    insert=MANAGES,
    update=MANAGES,
)


def child(table: str, *, select: str, delete: str = "false") -> tuple[str, str]:
    return policies(
        table,
        select=f"{ALL} OR {select}",
        insert=MANAGES,
        update=MANAGES,
        delete=delete,
        check="can_see_partner(partner_id)",
    )


MEMBERSHIP = child("partners_membership", select=f"user_id = (SELECT scope_user_id()) OR {OWN}")
IDENTITY = child(
    "partners_partneridentity", select=f"{OWN} OR partner_id IN (SELECT scope_granted_ids('partner', 40))"
)
PROFILE = child("partners_structureprofile", select=OWN)
PLACE = child("partners_place", select=OWN)
CONVENTION = child("partners_convention", select=OWN)
SUSPENSION = child("partners_suspension", select=OWN)
CONTACT = child("partners_contact", select=OWN, delete=MANAGES)
OWNED = [
    definer(
        f"can_see_{name}(row_id uuid)",
        "boolean",
        f"""SELECT {ALL} OR EXISTS (SELECT 1 FROM partners_{name} t
            WHERE t.id = $1 AND t.partner_id = ANY (scope_partner_ids()))""",
    )
    for name in ("place", "convention")
]
STEP = policies(
    "partners_conventionstep", select=ALL, insert=MANAGES, update="false", check="can_see_convention(convention_id)"
)
LINKS = [
    policies(
        f"partners_structureprofile_{name}",
        select=f"{ALL} OR structureprofile_id = ANY ((SELECT scope_partner_ids())::uuid[])",
        insert=MANAGES,
        update=MANAGES,
        delete=MANAGES,
        check="can_see_partner(structureprofile_id)",
    )
    for name in ("sexes", "forms", "languages")
]


KINDS = ("SELECT journal_kind_register('partner', 'partners_partner')", migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial"), ("access", "0002_scope"), ("journal", "0002_functions")]

    operations = [
        migrations.RunSQL(*pair)
        for pair in [
            MEMBERSHIPS,
            VISIBLE,
            CAN_SEE,
            PARTNER,
            MEMBERSHIP,
            IDENTITY,
            PROFILE,
            PLACE,
            CONVENTION,
            SUSPENSION,
            CONTACT,
            *OWNED,
            STEP,
            *LINKS,
            KINDS,
        ]
    ]
