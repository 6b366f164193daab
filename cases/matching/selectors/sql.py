"""Parts of the statement of matching, written by hand: distances, facts, judgement."""

# One row a territory: the nearest place to keep away from, as the guard of arrivals reads it, and the road from where the
# minor is.
REACH = """
  SELECT t.code, t.name, t.zone, t.region_id, r.away_code, r.away_reason, r.away_radius, r.is_forbidden, r.is_avoided,
    r.is_same, r.is_adjacent, r.away_km,
    CASE WHEN p.code IS NOT NULL THEN round(territory_km(p.lat, p.lon, t.lat, t.lon))::integer END AS travel_km
  FROM territory_territory t JOIN case_reach(%s, %s, %s) r ON r.code = t.code
    LEFT JOIN territory_territory p ON p.code = %s"""

# What each structure chose in its lists, read once each: a look-up for every structure costs ten times as much.
CHOSEN = {
    "sexed": """SELECT l.structureprofile_id AS id, bool_or(l.value_id = q.sex) AS is_chosen
      FROM partners_structureprofile_sexes l CROSS JOIN asked_rules q GROUP BY 1""",
    "formed": """SELECT l.structureprofile_id AS id, bool_or(l.value_id = ANY (q.forms)) AS is_chosen
      FROM partners_structureprofile_forms l CROSS JOIN asked_rules q GROUP BY 1""",
    "barred": """SELECT l.structureprofile_id AS id, array_agg(v.code::text ORDER BY v.position) AS codes
      FROM partners_structureprofile_contraindications l JOIN values_value v ON v.id = l.value_id CROSS JOIN asked_rules q
      WHERE v.code = ANY (q.needs) GROUP BY 1""",
    "spoken": """SELECT l.structureprofile_id AS id, array_agg(l.value_id::text ORDER BY l.value_id) AS codes
      FROM partners_structureprofile_languages l CROSS JOIN asked_rules q WHERE l.value_id = ANY (q.languages) GROUP BY 1""",
}

# One row a structure of the book that day: facts, no judgement yet.
FACTS = """
  SELECT p.id AS partner_id, p.code_name, r.code AS territory, r.name AS territory_name, r.away_code, r.away_reason, r.away_km,
    r.away_radius, r.is_forbidden, r.is_avoided, r.is_same, r.is_adjacent, r.travel_km,
    r.zone <> q.zone OR (r.zone <> 'metro' AND r.region_id IS DISTINCT FROM q.region) AS is_overseas,
    b.partner_id IS NOT NULL AS is_bound, b.ends_on AS bound_until, s.partner_id IS NOT NULL AS is_suspended,
    s.ends_on AS suspended_until, f.partner_id IS NOT NULL AS is_described, f.age_min, f.age_max,
    q.age IS NULL OR q.age BETWEEN f.age_min AND f.age_max AS is_age,
    q.sex IS NULL OR coalesce(x.is_chosen, true) AS is_sex, coalesce(m.is_chosen, false) AS is_form_chosen,
    m.id IS NULL AS is_any_form, c.position AS containment, f.habilitation_id = ANY (q.habilitations) AS is_habilitated,
    coalesce(w.codes, '{}') AS contraindications, coalesce(l.codes, '{}') AS languages,
    coalesce(y.codes, '{}') AS failing, f.takes_at_night, f.takes_siblings, f.has_psychologist, f.admission_days,
    coalesce(o.n, 0) AS opened, coalesce(e.n, 0) AS used, coalesce(h.n, 0) AS held, coalesce(t.blocked, 0) AS blocked,
    greatest(0, coalesce(o.n, 0) - coalesce(e.n, 0) - coalesce(h.n, 0) - coalesce(t.blocked, 0)) AS free,
    t.confirmed_at, g.at AS signed_at, n.on AS trained_on, a.answer_id AS answer, a.partner_id IS NOT NULL AS is_asked,
    a.answered_at, a.refusal_reason_id AS refusal_reason, coalesce(v.n, 0) AS recent, d.at AS last_asked_at
  FROM partners_partner p CROSS JOIN asked_rules q JOIN reach r ON r.code = p.territory_id
    LEFT JOIN partners_structureprofile f ON f.partner_id = p.id LEFT JOIN values_value c ON c.id = f.containment_id
    LEFT JOIN bound b ON b.partner_id = p.id LEFT JOIN suspended s ON s.partner_id = p.id
    LEFT JOIN opened o ON o.partner_id = p.id LEFT JOIN present e ON e.partner_id = p.id
    LEFT JOIN held h ON h.partner_id = p.id LEFT JOIN told t ON t.partner_id = p.id
    LEFT JOIN signed g ON g.partner_id = p.id LEFT JOIN trained n ON n.employer_id = p.id
    LEFT JOIN asked a ON a.partner_id = p.id LEFT JOIN arrivals v ON v.partner_id = p.id
    LEFT JOIN proposed d ON d.partner_id = p.id LEFT JOIN sexed x ON x.id = p.id LEFT JOIN formed m ON m.id = p.id
    LEFT JOIN barred w ON w.id = p.id LEFT JOIN spoken l ON l.id = p.id LEFT JOIN failing y ON y.partner_id = p.id
  WHERE p.kind = 'structure' AND NOT p.is_test AND p.opened_on <= q.day AND (p.closed_on IS NULL OR p.closed_on > q.day)"""

# Codes of the exclusions are those of `cases.matching.words`, in the order in which they are said.
JUDGED = """
  SELECT k.*, array_remove(ARRAY[
      CASE WHEN k.is_forbidden THEN 'away' END,
      CASE WHEN k.is_overseas AND q.sea_refused THEN 'overseas' END,
      CASE WHEN k.is_suspended THEN 'suspended' END,
      CASE WHEN q.imperative_excludes AND cardinality(k.failing) > 0 THEN 'imperative' END,
      CASE WHEN NOT k.is_bound THEN 'convention' END,
      CASE WHEN NOT k.is_described THEN 'profile' END,
      CASE WHEN NOT coalesce(k.is_age, true) THEN 'age' END,
      CASE WHEN NOT coalesce(k.is_sex, true) THEN 'sex' END,
      CASE WHEN cardinality(q.forms) > 0 AND NOT k.is_form_chosen AND NOT k.is_any_form THEN 'form' END,
      CASE WHEN q.containment IS NOT NULL AND k.containment > q.containment THEN 'containment' END,
      CASE WHEN cardinality(k.contraindications) > 0 THEN 'contraindication' END,
      CASE WHEN q.habilitation_required AND cardinality(q.habilitations) > 0 AND NOT coalesce(k.is_habilitated, false)
        THEN 'habilitation' END,
      CASE WHEN q.night_required AND q.is_night AND NOT coalesce(k.takes_at_night, false) THEN 'night' END,
      CASE WHEN q.delay_required AND k.admission_days > q.days THEN 'delay' END,
      CASE WHEN q.siblings_required AND q.n > 1 AND NOT coalesce(k.takes_siblings, false) THEN 'siblings' END,
      CASE WHEN q.signature_required AND k.signed_at IS NULL THEN 'signature' END,
      CASE WHEN q.training_required AND k.trained_on IS NULL THEN 'training' END,
      CASE WHEN k.is_asked AND k.answer IS NULL THEN 'asked' END,
      CASE WHEN k.is_asked AND k.answer = q.refused THEN 'refused' END,
      CASE WHEN k.is_asked AND k.answer IS NOT NULL AND k.answer <> q.refused THEN 'answered' END,
      CASE WHEN k.free < q.n THEN 'place' END], NULL) AS excluded,
    (k.is_overseas AND q.sea_last)::integer * 2 + (k.confirmed_at IS NULL OR k.confirmed_at < q.fresh_since)::integer AS tier,
    (k.signed_at IS NOT NULL AND q.signature_counts)::integer * q.w_signature
      + (k.trained_on IS NOT NULL AND q.training_counts)::integer * q.w_training
      + (q.n > 1 AND q.siblings_counts AND coalesce(k.takes_siblings, false))::integer * q.w_siblings
      + (q.habilitation_counts AND coalesce(k.is_habilitated, false))::integer * q.w_habilitation
      + (q.is_night AND q.night_counts AND coalesce(k.takes_at_night, false))::integer * q.w_night
      + (cardinality(k.languages) > 0)::integer * q.w_language
      + k.is_form_chosen::integer * q.w_form
      + coalesce(k.containment = q.containment, false)::integer * q.w_containment
      + ('PSY' = ANY (q.needs) AND coalesce(k.has_psychologist, false))::integer * q.w_psychologist
      + (q.delay_counts AND coalesce(k.admission_days <= q.days, q.days IS NULL))::integer * q.w_delay
      + least(k.free, 3)::integer * q.w_place
      + least(10, coalesce(k.away_km, 0) / 100) * q.w_far
      - k.is_avoided::integer * q.w_avoided
      - least(10, coalesce(k.travel_km, 0) / 100) * q.w_travel AS score
  FROM facts k CROSS JOIN asked_rules q"""
