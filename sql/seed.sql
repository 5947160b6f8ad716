-- The ten people of the web application's own seed. Who is there already stays as they are.
INSERT INTO public.people (id, name, email, phone_number, created_at, updated_at)
SELECT s.id, s.name, s.email, s.phone_number, t.moment, t.moment
FROM (VALUES
  ('cm0roster0000000000000001', 'John Doe', 'john.doe@example.com', '+1 (555) 0101'),
  ('cm0roster0000000000000002', 'Jane Smith', 'jane.smith@example.com', '+1 (555) 0102'),
  ('cm0roster0000000000000003', 'Alice Johnson', 'alice.johnson@example.com', '+1 (555) 0103'),
  ('cm0roster0000000000000004', 'Bob Williams', 'bob.williams@example.com', '+1 (555) 0104'),
  ('cm0roster0000000000000005', 'Charlie Brown', 'charlie.brown@example.com', '+1 (555) 0105'),
  ('cm0roster0000000000000006', 'Emily Davis', 'emily.davis@example.com', '+1 (555) 0106'),
  ('cm0roster0000000000000007', 'Frank Miller', 'frank.miller@example.com', '+1 (555) 0107'),
  ('cm0roster0000000000000008', 'Grace Lee', 'grace.lee@example.com', '+1 (555) 0108'),
  ('cm0roster0000000000000009', 'Henry Moore', 'henry.moore@example.com', '+1 (555) 0109'),
  ('cm0roster0000000000000010', 'Isabella Young', 'isabella.young@example.com', '+1 (555) 0110')
) AS s (id, name, email, phone_number),
  (SELECT date_trunc('milliseconds', clock_timestamp() AT TIME ZONE 'UTC')::timestamp(3) AS moment
    OFFSET 0) AS t
ON CONFLICT DO NOTHING;
