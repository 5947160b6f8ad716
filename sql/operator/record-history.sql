-- $1: UUID, $2: checksum, $3: name. One applied step.
INSERT INTO public._prisma_migrations (id, checksum, finished_at, migration_name, started_at,
  applied_steps_count)
VALUES ($1, $2, clock_timestamp(), $3, now(), 1);
