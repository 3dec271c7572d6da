#!/bin/sh
# Runs once, when the database is made: the login that migrates and owns everything, and the one of API and worker, which owns nothing.
set -eu
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -v owner="$OWNER_PASSWORD" -v app="$APP_PASSWORD" <<'SQL'
CREATE ROLE assent_owner LOGIN CREATEROLE PASSWORD :'owner';
CREATE ROLE assent_app LOGIN PASSWORD :'app';
CREATE DATABASE assent OWNER assent_owner;
SQL
