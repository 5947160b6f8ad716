-- Waits for the lock as long as lock_timeout allows.
SELECT pg_advisory_lock(72707369);
