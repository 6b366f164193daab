The figures by month and département, as somebody would write them by hand on the same tables. One statement a comment.

-- I1
SELECT date_trunc('month', received_on)::date, exploitation_place_id, count(*) FROM cases_sollicitation
WHERE NOT is_test AND nature_id = 'nature:PEC' AND relance_of_id IS NULL
  AND (age_at_reception IS NULL OR age_at_reception < 18) AND received_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 2;

-- I2
SELECT date_trunc('month', decided_on)::date, exploitation_place_id, count(*) FROM (
  SELECT DISTINCT ON (c.person_key) o.decided_on, c.exploitation_place_id, coalesce(o.age_at_decision >= 18, false) AS is_adult
  FROM cases_orientation o JOIN cases_case c ON c.id = o.case_id
  WHERE NOT c.is_test AND o.cancelled_at IS NULL AND o.decision_id IN ('decision:RESEAU', 'decision:DROIT-COMMUN')
    AND o.identification_level_id IN ('niveau_identification:SUSP', 'niveau_identification:FORM', 'niveau_identification:JUD')
    AND o.decided_on BETWEEN %(first)s AND %(last)s
  ORDER BY c.person_key, coalesce(o.age_at_decision >= 18, false), o.decided_at, o.id) AS first
WHERE NOT is_adult GROUP BY 1, 2;

-- I3
SELECT date_trunc('month', arrived_on)::date, exploitation_place_id, count(*) FROM (
  SELECT DISTINCT ON (c.person_key) s.arrived_on, c.exploitation_place_id, s.kind FROM (
    SELECT *, CASE WHEN age_at_arrival >= 18 THEN 1 WHEN convention_id IS NULL THEN 2 ELSE 0 END AS kind
    FROM cases_placement WHERE confirmed_at IS NOT NULL AND arrived_on BETWEEN %(first)s AND %(last)s) AS s
  JOIN cases_case c ON c.id = s.case_id WHERE NOT c.is_test ORDER BY c.person_key, s.kind, s.arrived_at, s.id) AS first
WHERE kind = 0 GROUP BY 1, 2;

-- I4
SELECT d.day, p.territory_id, count(*) FROM unnest(%(days)s::date[]) AS d(day)
JOIN partners_partner p ON p.kind = 'structure' AND NOT p.is_test AND p.opened_on <= d.day
  AND (p.closed_on IS NULL OR p.closed_on >= d.day)
WHERE p.id IN (SELECT c.partner_id FROM partners_convention c WHERE c.signed_on <= d.day AND c.starts_on <= d.day
    AND (c.ends_on IS NULL OR c.ends_on >= d.day) AND (c.denounced_on IS NULL OR c.denounced_on > d.day))
  AND p.id IN (SELECT a.partner_id FROM documents_acknowledgement a JOIN documents_documentversion v ON v.id = a.version_id
    JOIN documents_document o ON o.id = v.document_id AND o.kind = 'referentiel'
    WHERE (a.signed_at AT TIME ZONE 'Europe/Paris')::date <= d.day AND v.sequence >= coalesce((
      SELECT max(w.sequence) FROM documents_documentversion w JOIN documents_document x ON x.id = w.document_id
      WHERE x.kind = 'referentiel' AND w.is_major AND w.effective_on <= d.day - %(delay)s), 0))
  AND NOT EXISTS (SELECT 1 FROM partners_suspension s WHERE s.partner_id = p.id AND s.starts_on <= d.day
    AND (s.ends_on IS NULL OR s.ends_on >= d.day))
GROUP BY 1, 2;

-- I6
WITH held AS (
  SELECT s.id, s.ends_on, sum(h.hours) AS total FROM formation_session s JOIN formation_halfday h ON h.session_id = s.id
  WHERE s.state = 'held' AND NOT s.is_test AND s.ends_on BETWEEN %(first)s AND %(last)s GROUP BY s.id),
there AS (
  SELECT a.enrolment_id, sum(h.hours) AS hours FROM formation_attendance a JOIN formation_halfday h ON h.id = a.half_day_id
  WHERE a.status = 'present' GROUP BY 1)
SELECT date_trunc('month', ends_on)::date, territory_id, count(*) FROM (
  SELECT DISTINCT ON (p.id) held.ends_on, p.territory_id FROM formation_enrolment e JOIN held ON held.id = e.session_id
  JOIN there ON there.enrolment_id = e.id JOIN formation_professional p ON p.id = e.professional_id
  WHERE e.cancelled_at IS NULL AND NOT p.is_test AND held.total >= 3 AND there.hours >= held.total * %(share)s / 100
    AND NOT EXISTS (SELECT 1 FROM formation_sessiontrainer t WHERE t.session_id = e.session_id AND t.trainer_id = p.user_id)
  ORDER BY p.id, held.ends_on, e.id) AS first GROUP BY 1, 2;

-- I8
SELECT date_trunc('month', i.declared_on)::date, p.territory_id, count(*) FROM cases_incident i
LEFT JOIN partners_partner p ON p.id = i.partner_id
WHERE NOT i.is_test AND p.is_test IS NOT TRUE AND i.declared_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 2;
