-- $1: role, $2: e-mail, $3: SCRAM verifier.
SELECT roster.add_member($1::text::name, $2, $3);
