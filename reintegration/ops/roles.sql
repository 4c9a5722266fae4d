-- The roles of the program and their database; run once by a superuser with psql 14 or later.
-- One file for the private server and for docker-compose.yml, so that tests run under production's roles.
\set ON_ERROR_STOP on
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD
\getenv keeper_password KEEPER_PASSWORD
\getenv backup_password BACKUP_PASSWORD
\getenv database DATABASE

-- Owns the tables and migrates them; the running program never signs in with it.
CREATE ROLE reintegra_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'owner_password';
-- The program. Owns nothing, bypasses nothing.
CREATE ROLE reintegra_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'app_password';
-- Retention and the rotation of keys over append-only history.
CREATE ROLE reintegra_keeper LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'keeper_password';
-- Reads everything for the nightly copy, past row security, and writes nothing.
CREATE ROLE reintegra_backup LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS PASSWORD :'backup_password';
GRANT pg_read_all_data TO reintegra_backup;
ALTER ROLE reintegra_backup SET default_transaction_read_only = on;

CREATE DATABASE :"database" OWNER reintegra_owner;
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
-- Bulk writes go through temporary tables.
GRANT CONNECT, TEMPORARY ON DATABASE :"database" TO reintegra_app, reintegra_keeper;
GRANT CONNECT ON DATABASE :"database" TO reintegra_backup;
