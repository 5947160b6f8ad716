-- $1: name, $2: checksum.
INSERT INTO roster.migrations (name, checksum, applied_at) VALUES ($1, $2, roster.now_utc());
