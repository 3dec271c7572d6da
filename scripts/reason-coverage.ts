/** What the schemas and the code refuse with, and no catalogue of reasons has. */
import { globSync, readFileSync } from 'node:fs';
import {
  buildSchema,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isObjectType,
  isUnionType,
} from 'graphql';
import type { ReasonCatalogue } from '../libs/accounts/src/domain/documented-reason.ts';

/** A refusal as the code writes it: with its reason as text. */
const WRITTEN = /new Refused\(\s*'([A-Z_]+)'|^\s*reason: '([A-Z][A-Z_]+)'/gm;

/** Everything that is missing, each in a sentence. */
export function missingFrom(catalogues: readonly ReasonCatalogue[]): string[] {
  return [...operationsMissingFrom(catalogues), ...reasonsMissingFrom(catalogues)];
}

/** Operations of the schemas that can answer with a `Refusal`, and are named by no catalogue. */
function operationsMissingFrom(catalogues: readonly ReasonCatalogue[]): string[] {
  const about = catalogues.map((catalogue) => catalogue.about).join('\n');
  return globSync('schema/*.graphql')
    .sort()
    .flatMap((file) => refusingOperations(buildSchema(readFileSync(file, 'utf8'))))
    .filter((name) => !about.includes(`\`${name}\``))
    .map((name) => `No catalogue of reasons is about ${name}, which can be refused.`);
}

/** Reasons that stand in the code of libraries and in no catalogue. */
function reasonsMissingFrom(catalogues: readonly ReasonCatalogue[]): string[] {
  const documented = new Set(catalogues.flatMap(({ reasons }) => Object.keys(reasons)));
  return globSync('libs/*/src/{api,use-cases,domain}/**/*.ts')
    .filter((file) => !file.endsWith('.spec.ts'))
    .sort()
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(WRITTEN)]
        .map((found) => found[1] ?? found[2] ?? '')
        .filter((reason) => !documented.has(reason))
        .map((reason) => `No catalogue of reasons has ${reason} (${file}).`),
    );
}

function refusingOperations(schema: GraphQLSchema): string[] {
  return [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    Object.values(type?.getFields() ?? {}).flatMap(({ name, type: answer }) =>
      canRefuse(getNamedType(answer)) ? [name] : [],
    ),
  );
}

function canRefuse(type: GraphQLNamedType): boolean {
  if (isUnionType(type)) return type.getTypes().some(canRefuse);
  return isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Refusal');
}
