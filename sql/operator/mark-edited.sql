-- $1: the name of a migration that was edited since, $2: its checksum now.
UPDATE public._prisma_migrations SET checksum = $2
WHERE migration_name = $1 AND finished_at IS NOT NULL AND rolled_back_at IS NULL;
