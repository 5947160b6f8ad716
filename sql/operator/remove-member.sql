-- $1: e-mail. Gives the role.
SELECT roster.remove_member($1);
