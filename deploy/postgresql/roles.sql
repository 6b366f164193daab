-- Roles and database of Havre. Run once by whoever administers the cluster: a superuser, or on a managed service a login
-- that has CREATEROLE and CREATEDB. Havre itself never needs more than the three logins made here. May be run again: it
-- then changes the passwords and sets everything back.
--
--   HAVRE_OWNER_PASSWORD=… HAVRE_APP_PASSWORD=… HAVRE_JOB_PASSWORD=… psql -X -d postgres -f roles.sql
--
-- havre_owner  owns the database and its tables: migrate, backup, restore. Never in the environment of web or worker.
-- havre_app    login of the web, and the role as which every connection acts. Owns nothing; row security binds it.
-- havre_job    login of the worker and of the commands: member of havre_app, bound as it is. It acts under
--              a name without its secret, which the web may not: never in the environment of the web.

\set ON_ERROR_STOP on
\getenv owner_password HAVRE_OWNER_PASSWORD
\getenv app_password HAVRE_APP_PASSWORD
\getenv job_password HAVRE_JOB_PASSWORD
\if :{?owner_password}
\else
  DO $$ BEGIN RAISE EXCEPTION 'HAVRE_OWNER_PASSWORD manque.'; END $$;
\endif
\if :{?app_password}
\else
  DO $$ BEGIN RAISE EXCEPTION 'HAVRE_APP_PASSWORD manque.'; END $$;
\endif
\if :{?job_password}
\else
  DO $$ BEGIN RAISE EXCEPTION 'HAVRE_JOB_PASSWORD manque.'; END $$;
\endif

-- A statement that fails is not written, with its password, in the log of the server. Refused to who is no superuser.
SELECT rolsuper AS is_super FROM pg_roles WHERE rolname = current_user \gset
\if :is_super
  SET log_min_error_statement = 'panic';
  SET log_statement = 'none';
\endif
SET password_encryption = 'scram-sha-256';

SELECT format('CREATE ROLE %I LOGIN NOCREATEDB NOCREATEROLE NOREPLICATION', name)
FROM unnest(ARRAY['havre_owner', 'havre_app', 'havre_job']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

ALTER ROLE havre_owner LOGIN PASSWORD :'owner_password';
ALTER ROLE havre_app LOGIN PASSWORD :'app_password';
ALTER ROLE havre_job LOGIN PASSWORD :'job_password';

-- A role that was there before us may hold more than it should: nothing is begun with it.
SELECT count(*) = 0 AS is_weak FROM pg_roles
WHERE rolname IN ('havre_owner', 'havre_app', 'havre_job') AND (rolsuper OR rolbypassrls OR rolreplication OR rolcreaterole) \gset
\if :is_weak
\else
  DO $$ BEGIN RAISE EXCEPTION 'havre_owner, havre_app ou havre_job a trop de droits : retirez SUPERUSER, BYPASSRLS, REPLICATION, CREATEROLE.'; END $$;
\endif

-- Making a database for another role takes being able to act as it; nothing of this stays.
GRANT havre_owner TO CURRENT_USER;
SELECT 'CREATE DATABASE havre OWNER havre_owner TEMPLATE template0 ENCODING ''UTF8'' '
       'LOCALE_PROVIDER icu ICU_LOCALE ''fr-FR'' LOCALE ''C.UTF-8'''
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'havre') \gexec
-- Emptied before and after each restore drill; nobody but the owner enters it.
SELECT 'CREATE DATABASE havre_exercice OWNER havre_owner TEMPLATE template0 ENCODING ''UTF8'' '
       'LOCALE_PROVIDER icu ICU_LOCALE ''fr-FR'' LOCALE ''C.UTF-8'''
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'havre_exercice') \gexec
REVOKE ALL ON DATABASE havre, havre_exercice FROM PUBLIC;
GRANT CONNECT ON DATABASE havre TO havre_app, havre_job;
-- Whoever made both roles administers them; nothing else of havre_app is handed on.
GRANT havre_app TO havre_job;
REVOKE havre_owner FROM CURRENT_USER;

-- Plans of row security are long and fast to run: compiling them costs more than it saves.
ALTER ROLE havre_app IN DATABASE havre SET jit = off;
ALTER ROLE havre_app IN DATABASE havre SET statement_timeout = '60s';
ALTER ROLE havre_app IN DATABASE havre SET lock_timeout = '10s';
ALTER ROLE havre_app IN DATABASE havre SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE havre_job IN DATABASE havre SET jit = off;
ALTER ROLE havre_job IN DATABASE havre SET statement_timeout = '60s';
ALTER ROLE havre_job IN DATABASE havre SET lock_timeout = '10s';
ALTER ROLE havre_job IN DATABASE havre SET idle_in_transaction_session_timeout = '60s';
