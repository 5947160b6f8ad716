-- Sessions, tokens and changes that went.
SELECT n_sessions, n_tokens, n_changes FROM roster.prune();
