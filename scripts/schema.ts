/**
 * Writes schema/<audience>.graphql, what each endpoint serves, and docs/events.md, what webhooks carry: built from the code
 * alone, without a database.
 */
import 'reflect-metadata';
import { mkdirSync, writeFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { pruneSchema } from '@graphql-tools/utils';
import { lexicographicSortSchema, printSchema } from 'graphql';

// Built, since decorators can not be stripped; named apart, so that types are not looked for in what is built.
const API: string = '../dist/apps/api/src/api.module.js';
const WEBHOOKS: string = '../dist/libs/webhooks/src/index.js';
const RESOLVER_TYPE = 'graphql:resolver_type';

type Class = new () => object;

const { eventsPage } = (await import(WEBHOOKS)) as { eventsPage: () => string };
const { ADMIN, BUSINESS, PERSON } = (await import(API)) as Record<'ADMIN' | 'BUSINESS' | 'PERSON', Class[]>;

const app = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: ['error'] });
const factory = app.get(GraphQLSchemaFactory);
mkdirSync('schema', { recursive: true });
for (const [audience, modules] of Object.entries({ business: BUSINESS, person: PERSON, admin: ADMIN })) {
  const providers = modules.flatMap((module) => (Reflect.getMetadata('providers', module) ?? []) as Class[]);
  const resolvers = providers.filter((provider) => Reflect.hasMetadata(RESOLVER_TYPE, provider));
  const schema = pruneSchema(await factory.create(resolvers));
  writeFileSync(`schema/${audience}.graphql`, `${printSchema(lexicographicSortSchema(schema))}\n`);
  console.log(`schema/${audience}.graphql`);
}
await app.close();
writeFileSync('docs/events.md', eventsPage());
console.log('docs/events.md');
