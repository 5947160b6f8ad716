// SPDX-License-Identifier: GPL-3.0-or-later
//
// The web application's side: node client.mjs URL CLIENT
//
// What it does to people with Prisma's client, and what the Auth.js adapter finds of a sign-in of
// Roster's, as JSON.

import path from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(path.join(process.env.ROSTER_NPM_DIR, 'package.json'));
const { PrismaPg } = require('@prisma/adapter-pg');
const { PrismaAdapter } = await import(require.resolve('@auth/prisma-adapter'));
const [url, client, sessionToken] = process.argv.slice(2);
const { PrismaClient } = require(path.resolve(client));
const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: url }) });
const auth = PrismaAdapter(prisma);

const created = await prisma.person.create({ data: { name: 'A', email: 'a@web.example', phoneNumber: '1' } });
const updated = await prisma.person.update({ where: { id: created.id }, data: { name: 'B' } });
await prisma.person.upsert({ where: { email: 'a@web.example' }, update: { name: 'C' }, create: { name: 'C', email: 'a@web.example', phoneNumber: '1' } });
await prisma.person.createMany({ data: [{ name: 'D', email: 'd@web.example', phoneNumber: '1' }, { name: 'E', email: 'e@web.example', phoneNumber: '1' }] });
await prisma.person.delete({ where: { email: 'd@web.example' } });

const byAccount = await auth.getUserByAccount({ provider: 'google', providerAccountId: 'subject 1' });
const byEmail = await auth.getUserByEmail('member@example.com');
const found = await auth.getSessionAndUser(sessionToken);
const own = await auth.createUser({ name: 'W', email: 'web@example.com', emailVerified: null, image: null });
await auth.linkAccount({ userId: own.id, type: 'oidc', provider: 'google', providerAccountId: 'subject 2', token_type: 'bearer' });
await auth.createSession({ sessionToken: 'web token', userId: own.id, expires: new Date(Date.now() + 86400000) });

console.log(JSON.stringify({
  moved: updated.updatedAt > created.updatedAt,
  names: (await prisma.person.findMany({ orderBy: { name: 'asc' } })).map((person) => person.name),
  byAccount: byAccount?.email,
  byEmail: byEmail?.id === byAccount?.id,
  bySession: found?.user.email,
  expiresInDays: Math.round((found?.session.expires - Date.now()) / 86400000),
  account: await prisma.account.findFirst({ where: { providerAccountId: 'subject 1' }, select: { type: true, token_type: true, access_token: true } }),
}));
await prisma.$disconnect();
process.exit(0);
