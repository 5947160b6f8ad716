-- The lock that Prisma takes too. Gives: whether it is ours now (boolean).
SELECT pg_try_advisory_lock(72707369);
