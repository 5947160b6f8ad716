-- Roster's own history: name, checksum.
SELECT m.name, m.checksum, 'applied' FROM roster.migrations AS m ORDER BY m.name;
