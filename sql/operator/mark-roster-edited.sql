-- $1: the name, $2: its checksum now.
UPDATE roster.migrations SET checksum = $2 WHERE name = $1;
