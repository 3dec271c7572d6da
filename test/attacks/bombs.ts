export const repeat = (times: number, each: (at: number) => string) =>
  Array.from({ length: times }, (_, at) => each(at)).join(' ');

/** Documents that are small to send and large to answer: what each is, and what it is refused for. */
export const BOMBS: [string, string, RegExp][] = [
  [
    '1,000 aliases of one field',
    `{ viewer { ${repeat(1_000, (at) => `a${at}: __typename`)} } }`,
    /ALIASES|LONG/,
  ],
  [
    '31 aliases of a mutation',
    `mutation { ${repeat(31, (at) => `a${at}: signOut { __typename }`)} }`,
    /BROAD/,
  ],
  [
    'aliases hidden in a fragment',
    `{ ...F } fragment F on Query { viewer { ${repeat(31, (at) => `a${at}: __typename`)} } }`,
    /ALIASES/,
  ],
  [
    'aliases hidden in inline fragments',
    `{ viewer { ${repeat(31, (at) => `... { a${at}: __typename }`)} } }`,
    /ALIASES/,
  ],
  [
    'aliases in a fragment that no operation spreads',
    `{ viewer { __typename } } fragment F on Viewer { ${repeat(31, (at) => `a${at}: __typename`)} }`,
    /ALIASES|VALIDATION/,
  ],
  ['a fragment that spreads itself', '{ ...F } fragment F on Query { ...F }', /VALIDATION/],
  [
    'two fragments that spread each other',
    '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
    /VALIDATION/,
  ],
  [
    'a cycle of 100 fragments',
    `{ ...F0 } ${repeat(100, (at) => `fragment F${at} on Query { ...F${(at + 1) % 100} }`)}`,
    /VALIDATION/,
  ],
  [
    'a cycle through a field',
    '{ messages { nodes { ...M } } } fragment M on Message { contact { ...C } } fragment C on Contact { ... { ...C } }',
    /VALIDATION/,
  ],
  [
    '30 fragments that triple each other',
    `{ ...F0 } ${repeat(30, (at) => `fragment F${at} on Query { ${at === 29 ? 'viewer { __typename }' : `...F${at + 1} `.repeat(3)} }`)}`,
    /BROAD/,
  ],
  [
    '31 directives on one field',
    `{ viewer { __typename ${repeat(31, () => '@include(if: true)')} } }`,
    /DIRECTIVES|VALIDATION/,
  ],
  [
    'directives on fragments',
    `{ ${repeat(31, () => '... @include(if: true) { viewer { __typename } }')} }`,
    /DIRECTIVES|BROAD/,
  ],
  [
    'a thousand unknown directives',
    `{ viewer { __typename ${repeat(1_000, (at) => `@d${at}`)} } }`,
    /LONG|DIRECTIVES|VALIDATION/,
  ],
  ['a document of 100,000 tokens', `{ ${'viewer '.repeat(100_000)} }`, /LONG/],
  ['100,000 opening braces', '{'.repeat(100_000), /LONG|PARSE/],
  ['100,000 opening brackets in a value', `{ contact(by: ${'['.repeat(100_000)}) }`, /LONG|PARSE/],
  [
    'an input object 1,900 levels deep',
    `{ contact(by: ${'{a:'.repeat(900)}1${'}'.repeat(900)}) { id } }`,
    /LONG|VALIDATION|PARSE|DEEP/,
  ],
  [
    'fields 50 levels deep',
    `{ ${'messages { nodes { contact { '.repeat(17)} id ${'} } }'.repeat(17)} }`,
    /VALIDATION|DEEP/,
  ],
  ['50 fields at the root', `{ ${repeat(50, () => 'viewer { __typename }')} }`, /BROAD/],
  [
    'root fields that fragments multiply',
    `{ ${repeat(11, () => '...F')} } fragment F on Query { viewer { __typename } limits { __typename } }`,
    /BROAD/,
  ],
  [
    'pages of 100 within pages of 100, ten times',
    `{ ${repeat(10, (at) => `p${at}: contacts(first: 100) { nodes { consentHistory(first: 100) { nodes { id } } } }`)} }`,
    /COMPLEX/,
  ],
  ['a page of two thousand million', '{ contacts(first: 2147483647) { nodes { id } } }', /BAD_INPUT|COMPLEX/],
  [
    'a number that no integer holds',
    '{ contacts(first: 99999999999999999999) { nodes { id } } }',
    /VALIDATION/,
  ],
  [
    '1,500 variables that nobody uses',
    `query (${repeat(400, (at) => `$v${at}: Int`)}) { viewer { __typename } }`,
    /VALIDATION|LONG/,
  ],
  [
    '500 operations in one document',
    repeat(200, (at) => `query Q${at} { viewer { __typename } }`),
    /LONG|OPERATION|BAD_REQUEST/,
  ],
  ['a comment of a megabyte before nothing', `#${'x'.repeat(100_000)}`, /PARSE/],
  ['a string that does not end', `{ contact(by: { id: "${'x'.repeat(50_000)}`, /PARSE/],
  ['a name that is not one', `{ ${'ﬁ'.repeat(1_000)} }`, /PARSE/],
  [
    'overlapping fields that conflict 300 times',
    `{ ${repeat(18, () => 'viewer { business { id } }')} viewer { ${repeat(300, () => 'business { id }')} x: id } }`,
    /VALIDATION|LONG|BROAD/,
  ],
];
