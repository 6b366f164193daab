Read by cms.demo.volume: one statement a comment. Ids and dates come from the number of the row and the seed alone.

-- structures
INSERT INTO partners_partner (id, kind, code_name, manager_name, establishment_number, opened_on, is_test,
    structure_type_id, territory_id)
SELECT pg_temp.made('structure', n), 'structure', 'Volume ' || lpad(n::text, 5, '0'), '', '',
    current_date - make_interval(months => %(months)s + 6), false,
    pg_temp.pick((SELECT pg_temp.ids('type_structure')), n, 'type'),
    pg_temp.pick((SELECT array_agg(code::text ORDER BY code) FROM territory_territory WHERE zone <> 'com'), n, 'where')
FROM generate_series(1, %(structures)s) AS n;

-- services demandeurs
INSERT INTO partners_partner (id, kind, code_name, manager_name, establishment_number, opened_on, is_test,
    requester_type_id, territory_id)
SELECT pg_temp.made('requester', n), 'requester', 'Volume service ' || lpad(n::text, 5, '0'), '', '',
    current_date - make_interval(months => %(months)s + 6), false, pg_temp.pick((SELECT pg_temp.ids('acteur')), n, 'type'),
    pg_temp.pick((SELECT array_agg(code::text ORDER BY code) FROM territory_territory), n, 'where')
FROM generate_series(1, %(requesters)s) AS n;

-- conventions
INSERT INTO partners_convention (id, reference, stage, signed_on, starts_on, ends_on, partner_id)
SELECT pg_temp.made('convention', n), 'V-' || n, 'signed', d.day, d.day,
    CASE WHEN pg_temp.drawn(n, 'ends') < 0.2 THEN d.day + 900 END, pg_temp.made('structure', n)
FROM generate_series(1, %(structures)s) AS n,
    LATERAL (SELECT current_date - 30 * (%(months)s - floor(pg_temp.drawn(n, 'signed') * %(months)s)::integer) AS day) d;

-- suspensions
INSERT INTO partners_suspension (id, starts_on, ends_on, reason, partner_id)
SELECT pg_temp.made('suspension', n), c.starts_on + 60,
    CASE WHEN pg_temp.drawn(n, 'lifted') < 0.7 THEN c.starts_on + 120 END, 'Volume', c.partner_id
FROM generate_series(1, %(structures)s) AS n JOIN partners_convention c ON c.id = pg_temp.made('convention', n)
WHERE pg_temp.drawn(n, 'suspended') < 0.03;

-- signatures du référentiel
INSERT INTO documents_acknowledgement (id, signer_name, signer_position, signed_at, version_hash, clause_hashes,
    signed_by_id, version_id, partner_id)
SELECT pg_temp.made('acknowledgement', n * 10 + v.place), 'Volume', 'Direction',
    greatest(v.effective_on, c.starts_on) + pg_temp.drawn(n, 'read') * interval '40 days', v.content_hash, '{}',
    %(account)s, v.id, c.partner_id
FROM generate_series(1, %(structures)s) AS n JOIN partners_convention c ON c.id = pg_temp.made('convention', n),
    (SELECT v.*, row_number() OVER (ORDER BY v.sequence) AS place FROM documents_documentversion v
     JOIN documents_document d ON d.id = v.document_id WHERE d.kind = 'referentiel' AND v.is_major) v
WHERE pg_temp.drawn(n * 10 + v.place, 'signs') < 0.9;

-- profils d’accueil
INSERT INTO partners_structureprofile (partner_id, age_min, age_max, pledged_places, takes_at_night, takes_siblings,
    has_psychologist)
SELECT pg_temp.made('structure', n), 6 + floor(pg_temp.drawn(n, 'youngest') * 8)::integer, 17, 6,
    pg_temp.drawn(n, 'night') < 0.6, pg_temp.drawn(n, 'family') < 0.4, pg_temp.drawn(n, 'psy') < 0.5
FROM generate_series(1, %(structures)s) AS n;

-- places
INSERT INTO partners_place (id, label, starts_on, partner_id, is_extra, note)
SELECT pg_temp.made('place', n * 10 + k), k::text, c.starts_on, c.partner_id, false, ''
FROM generate_series(1, %(structures)s) AS n
    JOIN partners_convention c ON c.id = pg_temp.made('convention', n),
    LATERAL generate_series(1, 2 + floor(pg_temp.drawn(n, 'places') * 5)::integer) AS k;

-- situations
INSERT INTO cases_case (id, reference, person_key, opened_on, is_test, birth_year, is_unaccompanied, sex_id,
    age_precision_id, identification_level_id, nationality_zone_id, origin_id, exploitation_place_id)
SELECT pg_temp.made('case', n), 'V-' || lpad(n::text, 8, '0'), pg_temp.made('person', n),
    (current_date - make_interval(months => %(months)s) + pg_temp.drawn(n, 'day') * make_interval(months => %(months)s))::date,
    false, extract(year FROM current_date)::integer - 11 - floor(pg_temp.drawn(n, 'age') * 7)::integer,
    pg_temp.drawn(n, 'alone') < 0.3, pg_temp.pick(ARRAY['sexe:F', 'sexe:F', 'sexe:F', 'sexe:M'], n, 'sex'),
    pg_temp.pick((SELECT pg_temp.ids('precision_age')), n, 'precision'),
    pg_temp.pick((SELECT pg_temp.ids('niveau_identification')), n, 'level'),
    pg_temp.pick((SELECT pg_temp.ids('zone_nationalite')), n, 'nationality'),
    CASE WHEN pg_temp.drawn(n, 'known') < 0.9 THEN pg_temp.pick(
      (SELECT array_agg(code::text ORDER BY code) FROM territory_territory WHERE zone <> 'com'), n, 'origin') END,
    pg_temp.pick((SELECT array_agg(code::text ORDER BY code) FROM territory_territory WHERE zone <> 'com'), n, 'exploited')
FROM generate_series(1, (%(n)s * 0.8)::integer) AS n;

-- formes d’exploitation
INSERT INTO cases_caseform (id, is_main, case_id, form_id)
SELECT pg_temp.made('form', n), true, pg_temp.made('case', n), pg_temp.pick((SELECT pg_temp.ids('forme')), n, 'form')
FROM generate_series(1, (%(n)s * 0.8)::integer) AS n;

-- sollicitations
INSERT INTO cases_sollicitation (id, reference, received_at, received_on, is_test, age_at_reception, state, first_answered_at,
    closed_at, case_id, channel_id, nature_id, urgency_id, outcome_id, requester_id, requester_type_id, detected_by_id,
    sex_id, age_precision_id, origin_id, nationality_zone_id, submitted_by_id, taken_by_id, rights_told,
    parquet_told, placement_order)
SELECT pg_temp.made('request', s.n), 'VS-' || lpad(s.n::text, 8, '0'), s.at, (s.at AT TIME ZONE 'Europe/Paris')::date, false,
    CASE WHEN pg_temp.drawn(s.n, 'age known') < 0.95 THEN 11 + floor(pg_temp.drawn(s.n, 'age') * 7)::integer END, 'closed',
    s.at + pg_temp.drawn(s.n, 'answer') * interval '6 hours', s.at + interval '3 days', c.id,
    pg_temp.pick((SELECT pg_temp.ids('canal')), s.n, 'channel'),
    CASE WHEN pg_temp.drawn(s.n, 'nature') < 0.9 THEN 'nature:PEC' ELSE 'nature:AVIS' END,
    pg_temp.pick((SELECT pg_temp.ids('urgence')), s.n, 'urgency'), 'decision:RESEAU', p.id, p.requester_type_id,
    pg_temp.pick((SELECT pg_temp.ids('acteur')), s.n, 'detected'), c.sex_id, c.age_precision_id, c.origin_id,
    c.nationality_zone_id, %(account)s, %(account)s, true, '', ''
FROM (SELECT n, CASE WHEN n <= %(n)s * 0.8 THEN n ELSE 1 + floor(pg_temp.drawn(n, 'again') * %(n)s * 0.8)::bigint END AS who,
        (current_date - make_interval(months => %(months)s)
          + pg_temp.drawn(n, 'day') * make_interval(months => %(months)s) - interval '4 days')::timestamptz AS at
      FROM generate_series(1, %(n)s) AS n) s
  JOIN cases_case c ON c.id = pg_temp.made('case', s.who)
  JOIN partners_partner p ON p.id = pg_temp.made('requester', 1 + floor(pg_temp.drawn(s.n, 'by') * %(requesters)s)::bigint);

-- formes présumées
INSERT INTO cases_sollicitationform (id, is_main, sollicitation_id, form_id)
SELECT pg_temp.made('asked form', n), true, pg_temp.made('request', n),
    pg_temp.pick((SELECT pg_temp.ids('forme')), n, 'form')
FROM generate_series(1, %(n)s) AS n;

-- orientations
INSERT INTO cases_orientation (id, decided_at, decided_on, age_at_decision, case_id, decided_by_id, decision_id,
    identification_level_id, sollicitation_id)
SELECT pg_temp.made('orientation', n), d.at, (d.at AT TIME ZONE 'Europe/Paris')::date, s.age_at_reception, s.case_id,
    %(account)s, CASE WHEN n <= %(n)s * 0.55 THEN 'decision:RESEAU' ELSE 'decision:DROIT-COMMUN' END,
    pg_temp.pick((SELECT pg_temp.ids('niveau_identification')), n, 'level'), s.id
FROM generate_series(1, (%(n)s * 0.7)::integer) AS n JOIN cases_sollicitation s ON s.id = pg_temp.made('request', n),
    LATERAL (SELECT s.received_at + (1 + 40 * pg_temp.drawn(n, 'decided')) * interval '1 hour' AS at) d;

-- propositions
INSERT INTO cases_proposal (id, sheet, sent_at, answer_by, answered_at, confirmed_at, answer_id, answered_by_id,
    orientation_id, partner_id)
SELECT pg_temp.made('proposal', n), '{}', o.decided_at, o.decided_at + interval '6 hours', o.decided_at + interval '2 hours',
    o.decided_at + interval '3 hours', 'reponse:ACC', %(account)s, o.id,
    pg_temp.made('structure', 1 + floor(pg_temp.drawn(n, 'house') * %(structures)s)::bigint)
FROM generate_series(1, (%(n)s * 0.55)::integer) AS n JOIN cases_orientation o ON o.id = pg_temp.made('orientation', n);

-- séjours
INSERT INTO cases_placement (id, arrived_at, arrived_on, confirmed_at, confirmed_by_id, age_at_arrival, ended_on, end_reason_id,
    case_id, convention_id, outside_reason_id, legal_frame_id, orientation_id, partner_id)
SELECT pg_temp.made('stay', n), a.at, a.day, a.at + interval '2 hours', %(account)s, o.age_at_decision, e.day,
    CASE WHEN e.day IS NOT NULL THEN pg_temp.pick((SELECT pg_temp.ids('motif_fin')), n, 'end') END,
    o.case_id, c.id, CASE WHEN c.id IS NULL THEN 'motif_hors_convention:URGENCE' END,
    pg_temp.pick((SELECT pg_temp.ids('cadre_juridique')), n, 'frame'), o.id, p.partner_id
FROM generate_series(1, (%(n)s * 0.5)::integer) AS n
  JOIN cases_orientation o ON o.id = pg_temp.made('orientation', n) JOIN cases_proposal p ON p.orientation_id = o.id,
  LATERAL (SELECT o.decided_at + (4 + 30 * pg_temp.drawn(n, 'road')) * interval '1 hour' AS at,
    (o.decided_at + (4 + 30 * pg_temp.drawn(n, 'road')) * interval '1 hour') AT TIME ZONE 'Europe/Paris' AS local) l,
  LATERAL (SELECT l.at, l.local::date AS day) a
  LEFT JOIN LATERAL (SELECT k.id FROM partners_convention k WHERE k.partner_id = p.partner_id AND k.starts_on <= a.day
    AND (k.ends_on IS NULL OR k.ends_on >= a.day)) c ON true,
  LATERAL (SELECT nullif(least(a.day + 5 + floor(pg_temp.drawn(n, 'nights') * 240)::integer, current_date), current_date)
    AS day) e;

-- absences
INSERT INTO cases_absence (id, starts_on, ends_on, is_runaway, placement_id)
SELECT pg_temp.made('absence', n), s.arrived_on + 1, s.arrived_on + 3, pg_temp.drawn(n, 'runaway') < 0.6, s.id
FROM generate_series(1, (%(n)s * 0.5)::integer, 10) AS n JOIN cases_placement s ON s.id = pg_temp.made('stay', n);

-- incidents
INSERT INTO cases_incident (id, reference, occurred_at, noticed_at, declared_at, declared_on, is_confidential, state,
    acknowledged_at, acknowledged_by_id, closed_at, has_analysis, is_test, is_drill, is_from_outside, declared_by_id, incident_type_id, partner_id,
    severity_id, placement_id)
SELECT pg_temp.made('incident', n), 'VI-' || lpad(n::text, 8, '0'), d.at - interval '5 hours', d.at - interval '2 hours', d.at,
    (d.at AT TIME ZONE 'Europe/Paris')::date, pg_temp.drawn(n, 'secret') < 0.05, 'closed', d.at + interval '1 hour', %(account)s,
    d.at + interval '9 days', pg_temp.drawn(n, 'look back') < 0.5, false, false, false, %(account)s,
    pg_temp.pick((SELECT pg_temp.ids('type_incident')), n, 'type'), s.partner_id,
    pg_temp.pick((SELECT pg_temp.ids('gravite')), n, 'severity'), s.id
FROM generate_series(1, (%(n)s * 0.1)::integer) AS n JOIN cases_placement s ON s.id = pg_temp.made('stay', n),
    LATERAL (SELECT least(s.arrived_at + (1 + pg_temp.drawn(n, 'after') * 20) * interval '1 day',
      statement_timestamp() - interval '10 days') AS at) d
WHERE s.arrived_at < statement_timestamp() - interval '12 days';

-- enfants concernés
INSERT INTO cases_incidentchild (id, incident_id, placement_id)
SELECT pg_temp.made('child', n), i.id, i.placement_id
FROM generate_series(1, (%(n)s * 0.1)::integer) AS n JOIN cases_incident i ON i.id = pg_temp.made('incident', n);

-- autorités informées
INSERT INTO cases_authoritynotice (id, told_at, authority_id, channel_id, told_by_id, incident_id)
SELECT pg_temp.made('notice', n), i.declared_at + interval '2 hours',
    pg_temp.pick((SELECT pg_temp.ids('autorite')), n, 'authority'), NULL, %(account)s, i.id
FROM generate_series(1, (%(n)s * 0.1)::integer) AS n JOIN cases_incident i ON i.id = pg_temp.made('incident', n);

-- sessions
INSERT INTO formation_session (id, module_code, title, starts_on, ends_on, venue, is_remote, capacity, state, is_test,
    territory_id, sequence, time_zone, total_hours, audiences, aimed_territories, closed_without)
SELECT pg_temp.made('session', n), 'M1', 'Session ' || n, d.day, d.day, '', pg_temp.drawn(n, 'remote') < 0.3, 25, 'held', false,
    pg_temp.pick((SELECT array_agg(code::text ORDER BY code) FROM territory_territory WHERE zone <> 'com'), n, 'where'), 0,
    'Europe/Paris', 7, '{}', '{}', ''
FROM generate_series(1, greatest(1, %(n)s / 40)) AS n,
    LATERAL (SELECT (current_date - 1 - pg_temp.drawn(n, 'day') * make_interval(months => %(months)s))::date AS day) d;

-- demi-journées
INSERT INTO formation_halfday (id, day, period, hours, session_id, starts_at, begins_at, ends_at)
SELECT pg_temp.made('half-day', n * 2 + k), s.starts_on, CASE k WHEN 0 THEN 'am' ELSE 'pm' END, 3.5, s.id,
    make_time(9 + 5 * k, 0, 0), (s.starts_on + make_time(9 + 5 * k, 0, 0)) AT TIME ZONE 'Europe/Paris',
    (s.starts_on + make_time(12 + 5 * k, 30, 0)) AT TIME ZONE 'Europe/Paris'
FROM generate_series(1, greatest(1, %(n)s / 40)) AS n JOIN formation_session s ON s.id = pg_temp.made('session', n),
    generate_series(0, 1) AS k;

-- professionnels
INSERT INTO formation_professional (id, last_name, first_name, email, employer_name, sex, is_test, employer_id, profession_id,
    territory_id)
SELECT pg_temp.made('professional', n), 'Volume', n::text, 'volume-' || n || '@havre.example', '', '', false,
    CASE WHEN pg_temp.drawn(n, 'employed') < 0.7
      THEN pg_temp.made('structure', 1 + floor(pg_temp.drawn(n, 'employer') * %(structures)s)::bigint) END,
    pg_temp.pick((SELECT pg_temp.ids('profession')), n, 'profession'),
    pg_temp.pick((SELECT array_agg(code::text ORDER BY code) FROM territory_territory WHERE zone <> 'com'), n, 'where')
FROM generate_series(1, greatest(20, %(n)s / 4)) AS n;

-- inscriptions
INSERT INTO formation_enrolment (id, enrolled_at, employer_id, profession_id, professional_id, session_id, result,
    hours_present)
SELECT pg_temp.made('enrolment', n), (s.starts_on - 20)::timestamptz, p.employer_id, p.profession_id, p.id, s.id, '', 0
FROM generate_series(1, greatest(1, %(n)s / 40) * 20) AS n
  JOIN formation_session s ON s.id = pg_temp.made('session', (n - 1) / 20 + 1)
  JOIN formation_professional p ON p.id = pg_temp.made('professional', (n::bigint * 7919) %% greatest(20, %(n)s / 4) + 1);

-- présences
INSERT INTO formation_attendance (id, status, recorded_at, recorded_by_id, enrolment_id, half_day_id)
SELECT pg_temp.made('attendance', n * 2 + k), CASE WHEN pg_temp.drawn(n * 2 + k, 'there') < 0.93 THEN 'present' ELSE 'absent' END,
    h.ends_at, %(account)s, e.id, h.id
FROM generate_series(1, greatest(1, %(n)s / 40) * 20) AS n JOIN formation_enrolment e ON e.id = pg_temp.made('enrolment', n)
    CROSS JOIN generate_series(0, 1) AS k
    JOIN formation_halfday h ON h.id = pg_temp.made('half-day', ((n - 1) / 20 + 1) * 2 + k);

-- heures suivies
UPDATE formation_enrolment e SET hours_present = p.hours FROM (
  SELECT a.enrolment_id, sum(h.hours) AS hours FROM formation_attendance a JOIN formation_halfday h ON h.id = a.half_day_id
  WHERE a.status = 'present' GROUP BY 1) p WHERE p.enrolment_id = e.id AND e.hours_present = 0;
