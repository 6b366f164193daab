-- cases/guard: who may read and write its tables, and what the database holds true.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

-- Those that read rows run as who calls them: whoever coordinates, under the policies, or a trigger of the owner, which
-- sees everything whatever the scope is when the transaction ends.

-- 150 is the default of the setting `cases.away_km`.
CREATE OR REPLACE FUNCTION away_km() RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT coalesce((SELECT (s.value #>> '{}')::integer FROM values_settingversion s
    WHERE s.key = 'cases.away_km' ORDER BY s.changed_at DESC LIMIT 1), 150)
$body$;

-- Kilometres between the chief points of two départements, as the crow flies.
CREATE OR REPLACE FUNCTION territory_km(from_lat double precision, from_lon double precision,
    to_lat double precision, to_lon double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $body$
  SELECT 2 * 6371 * asin(least(1, sqrt(power(sin(radians($3 - $1) / 2), 2)
    + cos(radians($1)) * cos(radians($3)) * power(sin(radians($4 - $2) / 2), 2))))
$body$;

-- One row a territory: the nearest place that a minor is kept away from, one that forbids first. The place of
-- exploitation always forbids, within `p_radius` kilometres. Read by the search of a place and by the guard alike.
CREATE OR REPLACE FUNCTION case_reach(p_case uuid, p_exploitation text, p_radius integer)
  RETURNS TABLE (code text, away_code text, away_reason text, away_radius integer, is_forbidden boolean,
    is_avoided boolean, is_same boolean, is_adjacent boolean, away_km integer)
LANGUAGE sql STABLE ROWS 110 SET search_path = pg_catalog, public, pg_temp AS $body$
  WITH away AS (
    SELECT $2 AS code, $3 AS radius, 'motif_eloignement:EXPLOITATION' AS reason, true AS forbids
    UNION ALL SELECT k.territory_id, k.radius_km, k.reason_id, k.level = 'forbidden'
      FROM cases_keepaway k WHERE k.case_id = $1 AND k.lifted_on IS NULL),
  near AS (
    SELECT t.code, w.code AS away_code, w.reason, w.radius, w.forbids, t.code = w.code AS is_same,
      EXISTS (SELECT 1 FROM territory_territory_neighbours n
        WHERE n.from_territory_id = w.code AND n.to_territory_id = t.code) AS is_adjacent,
      territory_km(a.lat, a.lon, t.lat, t.lon) AS km
    FROM away w JOIN territory_territory a ON a.code = w.code CROSS JOIN territory_territory t),
  judged AS (SELECT *, is_same OR is_adjacent OR km < radius AS is_inside FROM near),
  worst AS (SELECT DISTINCT ON (code) * FROM judged ORDER BY code, (forbids AND is_inside) DESC, is_inside DESC, km)
  SELECT t.code, w.away_code, w.reason, w.radius, coalesce(w.forbids AND w.is_inside, false),
    coalesce(w.is_inside AND NOT w.forbids, false), coalesce(w.is_same, false), coalesce(w.is_adjacent, false),
    round(w.km)::integer
  FROM territory_territory t LEFT JOIN worst w ON w.code = t.code
$body$;

-- Whether the rules of the search in force keep out a structure below an imperative exigence: so by default.
CREATE OR REPLACE FUNCTION imperative_excludes() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT coalesce((SELECT r.rules ->> 'imperative' FROM cases_matchingrules r ORDER BY r.number DESC LIMIT 1),
    'excludes') = 'excludes'
$body$;

-- Places of a structure without a stay from a day on.
CREATE OR REPLACE FUNCTION places_free(p_partner uuid, p_day date) RETURNS SETOF uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT x.id FROM partners_place x WHERE x.partner_id = $1 AND x.starts_on <= $2
    AND (x.ends_on IS NULL OR x.ends_on >= $2)
    AND NOT EXISTS (SELECT 1 FROM cases_placement p WHERE p.place_id = x.id
      AND (p.ended_on IS NULL OR p.ended_on > $2))
  ORDER BY x.label
$body$;

-- How many minors could still enter: the places open, less those who are there or announced, whatever place they have.
CREATE OR REPLACE FUNCTION place_room(p_partner uuid, p_day date) RETURNS integer
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT ((SELECT count(*) FROM partners_place x WHERE x.partner_id = $1 AND x.starts_on <= $2
      AND (x.ends_on IS NULL OR x.ends_on >= $2))
    - (SELECT count(*) FROM cases_placement p WHERE p.partner_id = $1 AND p.arrived_on <= $2
      AND (p.ended_on IS NULL OR p.ended_on > $2)))::integer
$body$;

-- Codes of `Obstacle`, for every structure or one: what keeps this minor out of it on a day, but for the places.
CREATE OR REPLACE FUNCTION stay_obstacles(p_case uuid, p_day date, p_partner uuid DEFAULT NULL)
  RETURNS TABLE (partner_id uuid, codes text[])
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT p.id, array_remove(ARRAY[
      CASE WHEN r.is_forbidden THEN 'away' END,
      CASE WHEN EXISTS (SELECT 1 FROM partners_suspension s WHERE s.partner_id = p.id AND s.starts_on <= $2
        AND (s.ends_on IS NULL OR s.ends_on >= $2)) THEN 'suspended' END,
      CASE WHEN imperative_excludes() AND EXISTS (SELECT 1 FROM referentiel_confirmedmark m
        WHERE m.partner_id = p.id AND m.id IN (SELECT failing_mark_ids((($2 + 1)::timestamp - interval '1 second') AT TIME ZONE 'Europe/Paris')))
        THEN 'imperative' END], NULL)
  FROM cases_case c CROSS JOIN partners_partner p
    LEFT JOIN case_reach(c.id, c.exploitation_place_id, away_km()) r ON r.code = p.territory_id
  WHERE c.id = $1 AND p.kind = 'structure' AND ($3 IS NULL OR p.id = $3)
$body$;

-- What two people allowed for this minor in this structure, and that still holds.
CREATE OR REPLACE FUNCTION stay_derogated(p_case uuid, p_partner uuid) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT coalesce(array_agg(DISTINCT o.code), '{}') FROM cases_stayderogation d CROSS JOIN unnest(d.obstacles) o(code)
    WHERE d.case_id = $1 AND d.partner_id = $2 AND d.agreed_at IS NOT NULL AND d.ends_at > statement_timestamp()
$body$;

CREATE OR REPLACE FUNCTION stayderogation_freeze() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  expected cases_stayderogation := OLD;
BEGIN
  IF OLD.agreed_at IS NULL AND OLD.refused_at IS NULL THEN
    IF NEW.agreed_by_id = public.scope_user_id() THEN
      expected.agreed_by_id := NEW.agreed_by_id;
      expected.agreed_at := NEW.agreed_at;
      expected.ends_at := NEW.ends_at;
    END IF;
    IF NEW.refused_by_id = public.scope_user_id() THEN
      expected.refused_by_id := NEW.refused_by_id;
      expected.refused_at := NEW.refused_at;
    END IF;
  END IF;
  IF NEW IS DISTINCT FROM expected THEN
    RAISE EXCEPTION 'stayderogation_frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'stayderogation_frozen';
  END IF;
  RETURN NEW;
END
$body$;

-- Tables

CREATE TRIGGER stayderogation_frozen BEFORE UPDATE ON cases_stayderogation FOR EACH ROW
  WHEN (NOT retention_erases() AND NOT vault_reseals()) EXECUTE FUNCTION stayderogation_freeze();
ALTER TABLE cases_stayderogation ENABLE ROW LEVEL SECURITY;
CREATE POLICY select_rows ON cases_stayderogation FOR SELECT USING ((SELECT scope_sees_all_cases()));
CREATE POLICY insert_rows ON cases_stayderogation FOR INSERT
  WITH CHECK (((SELECT scope_manages_cases()) AND asked_by_id = (SELECT scope_user_id()) AND agreed_at IS NULL AND
    refused_at IS NULL) AND (can_see_case(case_id) AND can_see_partner(partner_id)));
CREATE POLICY update_rows ON cases_stayderogation FOR UPDATE
  USING ((SELECT scope_manages_cases()))
  WITH CHECK (((SELECT scope_manages_cases())) AND (can_see_case(case_id) AND can_see_partner(partner_id)));
CREATE POLICY delete_rows ON cases_stayderogation FOR DELETE USING (false);

-- Kinds of the journal and of retention
SELECT journal_kind_register('stayderogation', 'cases_stayderogation');
