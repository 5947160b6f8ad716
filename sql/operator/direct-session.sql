-- What holds for a direct connection, whatever its role or database is set to.
SET search_path = public;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SET client_min_messages = warning;
SET idle_in_transaction_session_timeout = 0;
-- Nothing, the migration lock least of all, outlives a program that was killed.
SET client_connection_check_interval = '1s';
