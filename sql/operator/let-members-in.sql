-- Again, where a database came without the roles of its server.
SELECT roster.let_members_in();
