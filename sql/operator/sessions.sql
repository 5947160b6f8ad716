-- Id, e-mail, when it expires; never the token.
SELECT s.id, u.email, to_char(s.expires, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
FROM public.sessions AS s
JOIN public.users AS u ON u.id = s.user_id
WHERE s.expires > clock_timestamp() AT TIME ZONE 'UTC'
ORDER BY u.email, s.expires DESC, s.id;
