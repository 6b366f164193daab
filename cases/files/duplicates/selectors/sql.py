"""Statement of the search for duplicates, written by hand: what is known of a file, how a pair is judged."""

from cases.enums import AgePrecision

DAYS = 7
"""Two requests this close to each other are « of the same week »."""
MOST = 20
MARGINS = {AgePrecision.EXACT: 0, AgePrecision.DECLARED: 1, AgePrecision.ESTIMATED: 2}
"""Years by which a birth may be wrong on either side; one when nothing tells how it is known."""
UNKNOWN_MARGIN = 1

CRITERIA = {
    "last": "nom",
    "first": "prénom",
    "alias": "autre identité",
    "sex": "sexe",
    "birth": "naissance",
    "origin": "département d’origine",
    "exploitation": "département d’exploitation",
    "place": "département où il se trouvait",
    "week": "demande de la même semaine",
    "stays": "séjours",
}

MARGIN = (
    "make_interval(years => CASE c.age_precision_id "
    + " ".join(f"WHEN '{value}' THEN {years}" for value, years in MARGINS.items())
    + f" ELSE {UNKNOWN_MARGIN} END)"
)

# One row a file: its hashes by part, the earliest and latest birth, where it was seen.
KNOWN = f"""SELECT c.id, c.reference, c.person_key, c.is_test, c.opened_on, c.sex_id, c.origin_id, c.exploitation_place_id,
    s.lasts, s.firsts, s.aliases, s.every, q.places,
    (CASE WHEN c.birth_year IS NOT NULL THEN make_date(c.birth_year, coalesce(c.birth_month, 1), 1)
          ELSE (q.seen_on - make_interval(years => q.age + 1) + interval '1 day') END - {MARGIN})::date AS born_from,
    (CASE WHEN c.birth_year IS NOT NULL
          THEN make_date(c.birth_year, coalesce(c.birth_month, 12), 1) + interval '1 month - 1 day'
          ELSE q.seen_on - make_interval(years => q.age) END + {MARGIN})::date AS born_to
  FROM cases_case c
  LEFT JOIN LATERAL (SELECT array_agg(x.digest) FILTER (WHERE x.part = 'last') AS lasts,
      array_agg(x.digest) FILTER (WHERE x.part = 'first') AS firsts,
      array_agg(x.digest) FILTER (WHERE x.part = 'alias') AS aliases, array_agg(x.digest) AS every
    FROM cases_casesound x WHERE x.case_id = c.id) s ON true
  LEFT JOIN LATERAL (SELECT array_agg(x.current_place_id) FILTER (WHERE x.current_place_id IS NOT NULL) AS places,
      (array_agg(x.age_at_reception ORDER BY x.received_on) FILTER (WHERE x.age_at_reception IS NOT NULL))[1] AS age,
      min(x.received_on) FILTER (WHERE x.age_at_reception IS NOT NULL) AS seen_on
    FROM cases_sollicitation x WHERE x.case_id = c.id) q ON true"""

NEAR = f"""SELECT y.case_id AS id FROM cases_casesound x JOIN cases_casesound y ON y.digest = x.digest
    WHERE x.case_id = %(case)s
  UNION SELECT y.case_id FROM cases_sollicitation x
    JOIN cases_sollicitation y ON y.received_on BETWEEN x.received_on - {DAYS} AND x.received_on + {DAYS}
    WHERE x.case_id = %(case)s AND y.case_id IS NOT NULL"""
ONE = "SELECT %(other)s::uuid AS id"

SWAPPED = "coalesce(m.lasts && c.firsts AND m.firsts && c.lasts, false)"
# true: match; false: mismatch; null: blank on either side.
JUDGED = f"""SELECT c.id, c.reference, c.opened_on, c.person_key = m.person_key AS is_same_person,
    m.lasts && c.lasts OR {SWAPPED} AS last, m.firsts && c.firsts OR {SWAPPED} AS first,
    CASE WHEN coalesce(m.aliases && c.every, false) OR coalesce(c.aliases && m.every, false) THEN true
         WHEN m.every IS NULL OR c.every IS NULL OR (m.aliases IS NULL AND c.aliases IS NULL) THEN NULL
         ELSE false END AS alias,
    CASE WHEN 'sexe:X' IN (m.sex_id, c.sex_id) THEN NULL ELSE m.sex_id = c.sex_id END AS sex,
    m.born_from <= c.born_to AND c.born_from <= m.born_to AS birth,
    m.origin_id = c.origin_id AS origin, m.exploitation_place_id = c.exploitation_place_id AS exploitation,
    m.places && c.places AS place,
    (SELECT bool_or(abs(x.received_on - y.received_on) <= {DAYS}) FROM cases_sollicitation x, cases_sollicitation y
      WHERE x.case_id = m.id AND y.case_id = c.id) AS week,
    CASE WHEN EXISTS (SELECT 1 FROM cases_placement x JOIN cases_placement y
        ON daterange(x.arrived_on, x.ended_on) && daterange(y.arrived_on, y.ended_on)
        WHERE x.case_id = m.id AND y.case_id = c.id) THEN false END AS stays,
    m.born_from AS my_born_from, m.born_to AS my_born_to, c.born_from, c.born_to
  FROM known m JOIN known c ON c.id <> m.id WHERE m.id = %(case)s"""

PROPOSED = """c.person_key <> m.person_key AND c.is_test = m.is_test AND c.reference NOT LIKE 'X-%%'
    AND NOT EXISTS (SELECT 1 FROM cases_caseapart a
      JOIN cases_case x ON x.id = a.first_id JOIN cases_case y ON y.id = a.second_id
      WHERE a.lifted_at IS NULL AND ((x.person_key = m.person_key AND y.person_key = c.person_key)
        OR (x.person_key = c.person_key AND y.person_key = m.person_key)))"""

LIKELY = """((last OR alias) AND NOT (sex IS FALSE AND birth IS FALSE))
    OR (first AND birth AND sex IS NOT FALSE AND around >= CASE WHEN last IS FALSE THEN 2 ELSE 1 END)
    OR (last IS NULL AND first IS NULL AND sex AND birth AND week AND (origin OR exploitation OR place))"""
AROUND = "(SELECT count(*) FROM unnest(ARRAY[j.origin, j.exploitation, j.place, j.week]) AS told WHERE told) AS around"
BALANCE = f"""(SELECT count(*) FILTER (WHERE told) - count(*) FILTER (WHERE NOT told)
    FROM unnest(ARRAY[{", ".join(f"j.{name}" for name in CRITERIA)}]) AS told) AS balance"""

COLUMNS = f"id, reference, is_same_person, {', '.join(CRITERIA)}, my_born_from, my_born_to, born_from, born_to"
WITH = "WITH near AS ({near}), known AS ({known} WHERE c.id = %(case)s OR c.id IN (SELECT id FROM near))"
CANDIDATES = f"""{WITH.format(near=NEAR, known=KNOWN)}
SELECT {COLUMNS} FROM (SELECT j.*, {AROUND}, {BALANCE} FROM ({JUDGED} AND {PROPOSED}) AS j) AS f
WHERE {LIKELY} ORDER BY balance DESC, opened_on DESC, reference LIMIT {MOST}"""
PAIR = f"{WITH.format(near=ONE, known=KNOWN)} SELECT {COLUMNS} FROM ({JUDGED}) AS j"
