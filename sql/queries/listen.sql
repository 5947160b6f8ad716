-- Asks to be told that people changed, on this connection. It is only a hint: anybody can give it.
-- Returns: nothing
LISTEN roster_people;
