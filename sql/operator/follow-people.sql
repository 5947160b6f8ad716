-- Where the web application has made its table anew. Nobody knows what came into it meanwhile, so
-- that every copy of the directory reads everything anew.
SELECT roster.follow_people();
INSERT INTO roster.people_history (xid, nonce, operation, at)
VALUES (pg_current_xact_id(), gen_random_uuid(), 'truncate', roster.now_utc());
NOTIFY roster_people;
