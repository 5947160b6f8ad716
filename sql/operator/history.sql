-- What Prisma's history says, one row a migration, the last word on each: its name, its checksum,
-- and applied, failed or rolled-back.
SELECT DISTINCT ON (m.migration_name) m.migration_name, m.checksum,
  CASE WHEN m.rolled_back_at IS NOT NULL THEN 'rolled-back'
    WHEN m.finished_at IS NULL THEN 'failed'
    ELSE 'applied' END
FROM public._prisma_migrations AS m
ORDER BY m.migration_name, m.started_at DESC;
