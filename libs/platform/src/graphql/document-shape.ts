import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode, visit } from 'graphql';

/** What of a document is bounded whatever it asks for. */
export interface DocumentShape {
  /** Fields within fields, the deepest; what `__schema` and `__type` select is not counted. */
  depth: number;
  /** Fields at the root of its largest operation, wherever fragments put them. */
  rootFields: number;
  /** Aliases in the whole document. */
  aliases: number;
  /** Directives in the whole document. */
  directives: number;
}

/** Measures a document without cycles of fragments; in time linear in its length, however often fragments are spread. */
export function shapeOf(document: DocumentNode): DocumentShape {
  let aliases = 0;
  let directives = 0;
  visit(document, {
    Field: ({ alias }) => {
      if (alias) aliases++;
    },
    Directive: () => {
      directives++;
    },
  });
  const fragments = new Map(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  const selections = new Selections(fragments);
  const operations = document.definitions.flatMap((each) =>
    each.kind === Kind.OPERATION_DEFINITION ? [selections.measure(each.selectionSet)] : [],
  );
  return {
    depth: Math.max(0, ...operations.map(({ depth }) => depth)),
    rootFields: Math.max(0, ...operations.map(({ fields }) => fields)),
    aliases,
    directives,
  };
}

interface Measured {
  depth: number;
  fields: number;
}

class Selections {
  private readonly measured = new Map<string, Measured>();

  constructor(private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>) {}

  measure({ selections }: SelectionSetNode): Measured {
    let depth = 0;
    let fields = 0;
    for (const selection of selections) {
      const inner = this.one(selection);
      depth = Math.max(depth, inner.depth);
      fields += inner.fields;
    }
    return { depth, fields };
  }

  private one(selection: SelectionSetNode['selections'][number]): Measured {
    switch (selection.kind) {
      case Kind.FIELD: {
        const { name, selectionSet } = selection;
        const isSchema = name.value === '__schema' || name.value === '__type';
        return { depth: 1 + (selectionSet && !isSchema ? this.measure(selectionSet).depth : 0), fields: 1 };
      }
      case Kind.INLINE_FRAGMENT:
        return this.measure(selection.selectionSet);
      case Kind.FRAGMENT_SPREAD:
        return this.fragment(selection.name.value);
    }
  }

  private fragment(name: string): Measured {
    const known = this.measured.get(name);
    if (known) return known;
    const definition = this.fragments.get(name);
    const measured = definition ? this.measure(definition.selectionSet) : { depth: 0, fields: 0 };
    this.measured.set(name, measured);
    return measured;
  }
}
