-- $1: the name of a migration that failed half-way.
UPDATE public._prisma_migrations SET rolled_back_at = clock_timestamp()
WHERE migration_name = $1 AND finished_at IS NULL AND rolled_back_at IS NULL;
