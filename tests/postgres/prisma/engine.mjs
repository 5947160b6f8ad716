// SPDX-License-Identifier: GPL-3.0-or-later
//
// Prisma's own schema engine against a live database: node engine.mjs COMMAND URL SCHEMA MIGRATIONS
//
//   diff     the script from the database to the schema and from the schema to the database
//   status   what "prisma migrate status" asks: what is missing, edited or failed
//   deploy   what "prisma migrate deploy" does; the names of what it applied
//   create   the script from nothing to the schema

import fs from 'node:fs';
import path from 'node:path';
import { webcrypto } from 'node:crypto';
import { createRequire } from 'node:module';

// The engine takes random numbers from here; Node.js 18, as in Debian 12, does not set it.
globalThis.crypto ??= webcrypto;

const require = createRequire(path.join(process.env.ROSTER_NPM_DIR, 'package.json'));
const { PrismaPg } = require('@prisma/adapter-pg');
const { types } = require('pg');
const wasmPath = require.resolve('@prisma/schema-engine-wasm');
const bindings = await import(path.join(path.dirname(wasmPath), 'schema_engine_bg.js'));
const { bindMigrationAwareSqlAdapterFactory } = require('@prisma/driver-adapter-utils');

const [command, url, schemaPath, migrationsPath] = process.argv.slice(2);

// The adapter of this version refuses the catalog's own types, which the engine asks for.
const OID = { char: 18, name: 19, oid: 26, charArray: 1002, nameArray: 1003, text: 25, textArray: 1009, int8: 20 };
const TEXT = { [OID.char]: OID.text, [OID.name]: OID.text, [OID.oid]: OID.int8, [OID.charArray]: OID.textArray, [OID.nameArray]: OID.textArray };

async function loadEngine () {
  const module = await WebAssembly.compile(fs.readFileSync(path.join(path.dirname(wasmPath), 'schema_engine_bg.wasm')));
  const instance = await WebAssembly.instantiate(module, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

function patchPool (pool) {
  const query = pool.query.bind(pool);
  pool.query = async (...args) => {
    const result = await query(...args);
    for (const field of result.fields ?? [])
      field.dataTypeID = TEXT[field.dataTypeID] ?? field.dataTypeID;
    return result;
  };
}

function readMigrations () {
  const names = fs.existsSync(migrationsPath ?? '') ? fs.readdirSync(migrationsPath).filter((name) => /^\d/.test(name)).sort() : [];
  const lock = path.join(migrationsPath ?? '/nonexistent', 'migration_lock.toml');
  return {
    baseDir: migrationsPath ?? '/nonexistent',
    lockfile: { path: 'migration_lock.toml', content: fs.existsSync(lock) ? fs.readFileSync(lock, 'utf8') : null },
    shadowDbInitScript: '',
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: fs.readFileSync(path.join(migrationsPath, name, 'migration.sql'), 'utf8') } },
    })),
  };
}

await loadEngine();
const content = fs.readFileSync(schemaPath, 'utf8');
const files = [{ path: schemaPath, content }];
const filters = { externalTables: [], externalEnums: [] };
const factory = new PrismaPg({ connectionString: url });
for (const name of ['connect', 'connectToShadowDb']) {
  const original = factory[name].bind(factory);
  factory[name] = async () => {
    const adapter = await original();
    patchPool(adapter.client);
    return adapter;
  };
}
const engine = await bindings.SchemaEngine.new({ datamodels: [[schemaPath, content]] }, () => {}, bindMigrationAwareSqlAdapterFactory(factory));
const live = { tag: 'schemaDatasource', files, configDir: path.dirname(schemaPath) };
const wanted = { tag: 'schemaDatamodel', files };
const diff = async (from, to) =>
  (await engine.diff({ from, to, script: true, exitCode: true, shadowDatabaseUrl: null, filters })).stdout;

switch (command) {
  case 'diff':
    console.log(JSON.stringify({ toSchema: await diff(live, wanted), toDatabase: await diff(wanted, live) }));
    break;
  case 'create':
    console.log(await diff({ tag: 'empty' }, wanted));
    break;
  case 'status':
    console.log(JSON.stringify(await engine.diagnoseMigrationHistory({ migrationsList: readMigrations(), optInToShadowDatabase: false, filters })));
    break;
  case 'deploy':
    console.log(JSON.stringify(await engine.applyMigrations({ migrationsList: readMigrations(), filters })));
    break;
  default:
    throw new Error(`Unknown command: ${command}`);
}
process.exit(0);
