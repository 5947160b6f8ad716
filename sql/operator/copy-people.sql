COPY public.people (id, name, email, phone_number, created_at, updated_at) FROM STDIN;
