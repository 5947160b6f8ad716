-- What makes the file an authority and not only a replica: nobody has the e-mail of somebody else.
-- Apart from the tables, because where an authority elsewhere decides, the replica takes what it is
-- told.
CREATE UNIQUE INDEX people_email_key ON people (email COLLATE NOCASE);

PRAGMA user_version = 2;
