-- For this session. $1: milliseconds.
SELECT set_config('lock_timeout', $1, false);
