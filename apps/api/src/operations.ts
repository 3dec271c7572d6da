import 'reflect-metadata';
import { type Access, accessOf, type Audience } from '@assent/platform';
import { ADMIN, BUSINESS, PERSON } from './api.module.js';

/** One query, mutation or subscription of an endpoint. */
export interface DeclaredOperation {
  type: 'Query' | 'Mutation' | 'Subscription';
  name: string;
  /** Undefined: nothing was declared, and nobody may. */
  access: Access | undefined;
}

/** Everything that can be asked of each audience's endpoint, in the order of the schema, with who may. */
export function declaredOperations(): Record<Audience, DeclaredOperation[]> {
  return { business: operationsOf(BUSINESS), person: operationsOf(PERSON), admin: operationsOf(ADMIN) };
}

const TYPES = ['Query', 'Mutation', 'Subscription'] as const;

/** The operations of the resolvers of some modules. */
export function operationsOf(modules: readonly object[]): DeclaredOperation[] {
  return modules
    .flatMap((module) => (Reflect.getMetadata('providers', module) ?? []) as { prototype?: object }[])
    .flatMap(({ prototype }) => methodsOf(prototype ?? {}))
    .flatMap((method) => {
      const type = TYPES.find((each) => each === Reflect.getMetadata('graphql:resolver_type', method));
      const name =
        (Reflect.getMetadata('graphql:resolver_name', method) as string | undefined) ?? method.name;
      return type ? [{ type, name, access: accessOf(method) }] : [];
    })
    .sort((a, b) => TYPES.indexOf(a.type) - TYPES.indexOf(b.type) || (a.name < b.name ? -1 : 1));
}

function methodsOf(prototype: object): (() => unknown)[] {
  return Object.getOwnPropertyNames(prototype)
    .map((name) => Object.getOwnPropertyDescriptor(prototype, name)?.value as unknown)
    .filter((value): value is () => unknown => typeof value === 'function');
}
