-- cms/sessions/scopes: which tables a token opens, by its permissions. Policies beside those that say who sees a row: both
-- must let it through. Without a token, `scope_opens` answers yes. Loaded by a migration, which may load it again.

-- Functions

-- Narrows the scope of its owner to what a token opens now; answers its permissions. An unknown or ended one opens nothing,
-- nor does that of a software whose account is over.
CREATE OR REPLACE FUNCTION token_narrow(token text) RETURNS text[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_scopes text[] := coalesce((SELECT CASE WHEN t.software_id IS NULL THEN t.scopes::text[]
      ELSE ARRAY(SELECT unnest(t.scopes)::text INTERSECT SELECT unnest(s.scopes)::text) END
    FROM access_apitoken t LEFT JOIN events_softwareaccount s ON s.id = t.software_id AND s.asked_by_id = t.user_id
      AND s.agreed_at IS NOT NULL AND s.revoked_at IS NULL AND s.ends_on >= (now() AT TIME ZONE 'Europe/Paris')::date
    WHERE t.digest = secret_digest($1) AND t.revoked_at IS NULL AND t.expires_at > statement_timestamp()), '{}');
BEGIN
  PERFORM scope_narrow(v_scopes);
  RETURN v_scopes;
END
$body$;

-- Tables are read under one of `reads`, or of `writes`; written under one of `writes`.
CREATE OR REPLACE FUNCTION token_opens(reads text[], writes text[], VARIADIC tables text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $body$
DECLARE
  v_table text;
  v_verb text;
  v_opens text;
BEGIN
  FOREACH v_table IN ARRAY tables LOOP
    FOREACH v_verb IN ARRAY ARRAY['select', 'insert', 'update', 'delete'] LOOP
      v_opens := format('((SELECT scope_opens(VARIADIC %L::text[])))',
        CASE v_verb WHEN 'select' THEN reads || writes WHEN 'delete' THEN '{}' ELSE writes END);
      EXECUTE format('DROP POLICY IF EXISTS %I ON %I', 'token_' || v_verb, v_table);
      EXECUTE format('CREATE POLICY %I ON %I AS RESTRICTIVE FOR %s', 'token_' || v_verb, v_table, v_verb)
        || CASE v_verb WHEN 'insert' THEN ' WITH CHECK ' ELSE ' USING ' END || v_opens;
    END LOOP;
  END LOOP;
END
$body$;
REVOKE EXECUTE ON FUNCTION token_opens(text[], text[], text[]) FROM PUBLIC;

-- Tables

-- The network. Whoever confirms places counts what takes them; whoever sends a request names its service.
SELECT token_opens('{partner.read,document.read,training.read,place.confirm,request.create}', '{}',
  'partners_partner');
SELECT token_opens('{partner.read,place.confirm}', '{}', 'partners_place');
SELECT token_opens('{partner.read}', '{}', 'partners_suspension');
SELECT token_opens('{partner.read,document.read}', '{}', 'partners_convention');
SELECT token_opens('{}', '{place.confirm}', 'cases_placeconfirmation');

-- Minors, in codes.
-- A row of test is told from its request: whoever reads what follows from a request reads that of it.
SELECT token_opens('{request.read,proposal.read}', '{request.create}', 'cases_sollicitation');
SELECT token_opens('{request.read}', '{request.create}', 'cases_sollicitationform');
SELECT token_opens('{}', '{request.create}', 'cases_sollicitationdetail', 'cases_extraanswer', 'notify_obligation',
  'notify_ring');
SELECT token_opens('{request.create}', '{}', 'cases_extrafield', 'cases_extrarequirement');
SELECT token_opens('{case.read}', '{}', 'cases_case', 'cases_caseform');
SELECT token_opens('{proposal.read}', '{}', 'cases_orientation');
SELECT token_opens('{proposal.read,place.confirm}', '{}', 'cases_proposal');
SELECT token_opens('{stay.read,place.confirm}', '{}', 'cases_placement');
SELECT token_opens('{stay.read}', '{}', 'cases_absence', 'cases_stayreview');
SELECT token_opens('{incident.read}', '{}', 'cases_incident', 'cases_incidentchild', 'cases_authoritynotice');

-- Training.
SELECT token_opens('{training.read}', '{training.plan,training.record}', 'formation_session', 'formation_halfday',
  'formation_sessiontrainer');
SELECT token_opens('{training.read,training.plan}', '{training.record}', 'formation_enrolment');
SELECT token_opens('{training.read,training.record}', '{}', 'formation_professional');
SELECT token_opens('{training.read}', '{training.record}', 'formation_attendance');
SELECT token_opens('{training.record}', '{}', 'formation_signature', 'formation_countersignature', 'formation_excuse',
  'formation_walkin');
SELECT token_opens('{training.read}', '{}', 'formation_attestation');

-- What is published, and figures.
SELECT token_opens('{document.read,training.plan,event.read}', '{}', 'documents_documentversion');
SELECT token_opens('{document.read,training.plan}', '{}', 'documents_clauseversion');
SELECT token_opens('{document.read}', '{}', 'documents_acknowledgement', 'documents_reading', 'documents_visibility',
  'referentiel_assessment', 'referentiel_campaign', 'referentiel_mark', 'referentiel_planstep');
SELECT token_opens('{figures.read}', '{}', 'reporting_release', 'reporting_closedperiod', 'reporting_closedrows',
  'reporting_revision', 'reporting_target', 'dashboards_savedtable');
SELECT token_opens('{}', '{figures.read}', 'dashboards_keptresult', 'dashboards_figuremark', 'dashboards_trace');
SELECT token_opens('{event.read}', '{}', 'events_event');

-- Never, whatever a token holds: identity, reveals, addresses, sealed answers, rights, signatures, files, accounts.
SELECT token_opens('{}', '{}', 'access_alert', 'access_apitoken', 'access_displaytoken', 'access_draft',
  'access_grant', 'access_reveal', 'access_signin');
SELECT token_opens('{}', '{}', 'accounts_accountreview', 'accounts_accountsuspension', 'accounts_factorreset',
  'accounts_invitation', 'accounts_rightschange');
SELECT token_opens('{}', '{}', 'cases_afterstay', 'cases_authoritywaiver', 'cases_caseapart', 'cases_caseidentity',
  'cases_caselanguage', 'cases_casemerge', 'cases_casename', 'cases_caseneed', 'cases_casesound', 'cases_circuit',
  'cases_circuitstep', 'cases_circuittemplate', 'cases_circuitversion', 'cases_filledgrid', 'cases_gridversion',
  'cases_identitygiven', 'cases_incidentcause', 'cases_incidentdetail', 'cases_incidentevent', 'cases_incidentpair',
  'cases_incidentreview', 'cases_incidenttask', 'cases_journey', 'cases_keepaway', 'cases_legalframe',
  'cases_linking', 'cases_linkingagreement', 'cases_linkingcheck', 'cases_linkingversion', 'cases_matching',
  'cases_matchingrules', 'cases_noticeproof', 'cases_payeragreement', 'cases_peopletoavoid', 'cases_proposalmessage',
  'cases_runaway', 'cases_runawaydelay', 'cases_runawayreturn', 'cases_severitytargets', 'cases_shelter',
  'cases_sollicitationmessage', 'cases_stayderogation', 'cases_switchboardcall', 'cases_unmetneed',
  'cases_unverifiedrequest', 'cases_voicemessage', 'cases_voicereply');
SELECT token_opens('{}', '{}', 'columns_savedview', 'columns_viewdefault');
SELECT token_opens('{}', '{}', 'documents_authorisedunit', 'documents_unitreview', 'documents_versionproposal');
SELECT token_opens('{}', '{}', 'events_attempt', 'events_channel', 'events_delivery', 'events_subscription');
SELECT token_opens('{}', '{}', 'exports_export');
SELECT token_opens('{}', '{}', 'files_attachment');
SELECT token_opens('{}', '{}', 'formation_answersheet', 'formation_professionalapart', 'formation_professionalmerge',
  'formation_satisfaction', 'formation_sessioninvitation', 'formation_sessionnotice', 'formation_supportact',
  'formation_waitingentry', 'formation_yearplan', 'formation_yearplanline');
SELECT token_opens('{}', '{}', 'notify_duty', 'notify_dutyswap', 'notify_messagetext', 'notify_notificationchoice',
  'notify_ringstep', 'notify_sending');
SELECT token_opens('{}', '{}', 'partners_contact', 'partners_conventionfollowup', 'partners_conventionstep',
  'partners_conventionversion', 'partners_membership', 'partners_oncallline', 'partners_oncallmember',
  'partners_partneridentity', 'partners_structureprofile', 'partners_structureprofile_contraindications',
  'partners_structureprofile_forms', 'partners_structureprofile_languages', 'partners_structureprofile_sexes');
SELECT token_opens('{}', '{}', 'proconnect_accountrequest');
SELECT token_opens('{}', '{}', 'referentiel_confirmedmark', 'referentiel_derogation', 'referentiel_evidence',
  'referentiel_observation', 'referentiel_visit', 'referentiel_visitmark');
SELECT token_opens('{}', '{}', 'reporting_committee', 'reporting_historyimport', 'reporting_statequestion');
SELECT token_opens('{}', '{}', 'retention_done', 'retention_kind', 'retention_legalhold', 'retention_row',
  'retention_ruleversion', 'retention_run', 'retention_warning');
SELECT token_opens('{}', '{}', 'rights_accessreview', 'rights_alertreceipt', 'rights_filecopy', 'rights_nightcheck',
  'rights_rightsdetail', 'rights_rightsrequest', 'rights_rightsstep');
SELECT token_opens('{}', '{}', 'socialaccount_socialaccount');
