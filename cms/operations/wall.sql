-- cms/operations: how the service is, in numbers, for whoever watches the machines.
-- Loaded by a migration, which may load it again: docs/wall.md.

-- Functions

-- Dates and counts over what row security hides: no row, no person, no kind of object. Probes are read while nobody acts.
CREATE OR REPLACE FUNCTION service_figures() RETURNS TABLE(unsealed_at timestamp with time zone, backup_at timestamp
  with time zone, rings_uncalled bigint, ring_at timestamp with time zone, mail_unsent bigint, mail_at timestamp with
  time zone)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
  SELECT
    (SELECT min(l.at) FROM journal_line l WHERE l.hash IS NULL),
    (SELECT max(l.at) FROM journal_line l WHERE l.action = 'vault.backup'),
    r.uncalled, r.opened_at, s.unsent, s.tried_at
  FROM
    -- Nobody was reached yet: a call that was sent to somebody is climbed by the ladder.
    (SELECT count(*) AS uncalled, min(r.opened_at) AS opened_at FROM notify_ring r
     WHERE r.closed_at IS NULL AND r.acknowledged_at IS NULL
       AND NOT EXISTS (SELECT FROM notify_ringstep t WHERE t.ring_id = r.id AND t.sent_at IS NOT NULL)) r,
    (SELECT count(*) AS unsent, min(s.tried_at) AS tried_at FROM notify_sending s
     JOIN notify_obligation o ON o.id = s.obligation_id
     WHERE s.sent_at IS NULL AND s.refused_at IS NULL AND s.tries > 0 AND o.closed_at IS NULL) s
$body$;
