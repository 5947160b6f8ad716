-- Schema public as Prisma's differ sees it: one line a column, index, constraint and type.
SELECT line
FROM (
  SELECT format('table %I', c.relname) AS line
  FROM pg_class AS c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
    AND c.relname <> '_prisma_migrations'
  UNION ALL
  SELECT format('column %I.%I %s%s%s%s', c.relname, a.attname,
    format_type(a.atttypid, a.atttypmod),
    CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END,
    CASE WHEN a.attgenerated <> '' THEN ' GENERATED' WHEN a.attidentity <> '' THEN ' IDENTITY'
      ELSE '' END,
    coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), ''))
  FROM pg_attribute AS a
  JOIN pg_class AS c ON c.oid = a.attrelid
  LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
    AND c.relname <> '_prisma_migrations' AND a.attnum > 0 AND NOT a.attisdropped
  UNION ALL
  -- Expression and partial indexes the differ does not see.
  SELECT 'index ' || pg_get_indexdef(i.indexrelid)
  FROM pg_index AS i
  JOIN pg_class AS c ON c.oid = i.indrelid
  WHERE c.relnamespace = 'public'::regnamespace AND c.relname <> '_prisma_migrations'
    AND i.indexprs IS NULL AND i.indpred IS NULL
  UNION ALL
  SELECT format('constraint %I %s', o.conname,
    regexp_replace(pg_get_constraintdef(o.oid), 'REFERENCES public\.', 'REFERENCES '))
  FROM pg_constraint AS o
  JOIN pg_class AS c ON c.oid = o.conrelid
  WHERE o.connamespace = 'public'::regnamespace AND o.contype IN ('p', 'u', 'f')
    AND c.relname <> '_prisma_migrations'
  UNION ALL
  SELECT format('enum %I', t.typname)
  FROM pg_type AS t
  WHERE t.typnamespace = 'public'::regnamespace AND t.typtype = 'e'
) AS lines
ORDER BY line COLLATE "C";
