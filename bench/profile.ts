/** Reads CPU profiles of V8: what took the time, by part and as a flame graph. */

interface Node {
  id: number;
  callFrame: { functionName: string; url: string };
  children?: number[];
}

/** What --cpu-prof writes. Times are in microseconds. */
export interface Profile {
  nodes: Node[];
  startTime: number;
  endTime: number;
  samples: number[];
  timeDeltas: number[];
}

/** Parts of a request, by where their functions are; the innermost that matches counts. */
const PARTS: readonly [string, RegExp][] = [
  ['graphql.parse', /graphql\/language\//],
  ['graphql.validate', /graphql\/validation\//],
  ['graphql.execute', /graphql\/(execution|utilities|type|jsutils)\//],
  ['graphql.apollo', /@apollo\/server|@as-integrations|@nestjs\/(graphql|apollo)/],
  ['http', /node_modules\/(fastify|find-my-way|secure-json-parse|@fastify)\//],
  [
    'database',
    /node_modules\/(pg|pg-protocol|pg-pool|pg-types|postgres-\w+|typeorm)\/|database\/(database|columns|round-trips)/,
  ],
  ['cryptography', /node:internal\/crypto|libs\/platform\/src\/(keys|ids)/],
  ['nest', /node_modules\/@nestjs\//],
  ['assent', /\/dist\/(libs|apps)\//],
];
const SERIALISE = /JSONStringify/;
const IDLE = new Set(['(idle)', '(program)', '(root)']);
const ROW = 15;
const WIDTH = 1_200;
const DEPTH = 60;
/** Narrower than this it is not drawn. */
const NARROWEST = 0.002;

interface Frame {
  name: string;
  part: string | undefined;
  time: number;
  children: Map<string, Frame>;
}

/** Shares of the busy time of the last seconds, largest first. */
export function shares(profile: Profile, seconds: number): [string, number][] {
  const found = new Map<string, number>();
  let all = 0;
  const add = (frame: Frame, part: string, own: number) => {
    found.set(part, (found.get(part) ?? 0) + own);
    all += own;
    for (const child of frame.children.values()) visit(child, part);
  };
  const visit = (frame: Frame, above: string) => {
    const below = [...frame.children.values()].reduce((sum, { time }) => sum + time, 0);
    add(frame, frame.part ?? above, frame.time - below);
  };
  for (const frame of tree(profile, seconds).children.values()) visit(frame, 'node');
  return [...found].map(([part, time]): [string, number] => [part, time / all]).sort((a, b) => b[1] - a[1]);
}

/** An SVG of the busy time of the last seconds: a box a function, as wide as the time spent below it. */
export function flameGraph(profile: Profile, seconds: number, title: string): string {
  const root = tree(profile, seconds);
  const boxes: string[] = [];
  let deepest = 0;
  const draw = (frame: Frame, x: number, depth: number) => {
    const width = frame.time / root.time;
    if (width < NARROWEST || depth > DEPTH) return;
    deepest = Math.max(deepest, depth);
    boxes.push(box(frame, x, depth, width));
    let at = x;
    for (const child of [...frame.children.values()].sort((a, b) => b.time - a.time)) {
      draw(child, at, depth + 1);
      at += child.time / root.time;
    }
  };
  let at = 0;
  for (const frame of [...root.children.values()].sort((a, b) => b.time - a.time)) {
    draw(frame, at, 0);
    at += frame.time / root.time;
  }
  const height = (deepest + 1) * ROW + 24;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" font-family="sans-serif" font-size="10">` +
    `<text x="4" y="15" font-size="12">${escaped(title)}</text>${boxes.join('')}</svg>\n`
  );
}

const COLOURS: Record<string, string> = {
  'graphql.parse': '#8fb8de',
  'graphql.validate': '#8fb8de',
  'graphql.execute': '#8fb8de',
  'graphql.serialise': '#8fb8de',
  'graphql.apollo': '#a9c7c5',
  http: '#c9d6a3',
  nest: '#c9d6a3',
  database: '#e8b37d',
  cryptography: '#d99aa5',
  assent: '#e0cf7c',
};

function box({ name, part, time }: Frame, x: number, depth: number, width: number): string {
  const left = (x * WIDTH).toFixed(1);
  const top = depth * ROW + 22;
  const letters = Math.floor((width * WIDTH) / 5.6);
  const label = letters > 3 ? escaped(name.slice(0, letters)) : '';
  return (
    `<g><title>${escaped(name)} ${(time / 1_000).toFixed(0)} ms</title>` +
    `<rect x="${left}" y="${top}" width="${(width * WIDTH).toFixed(1)}" height="${ROW - 1}" fill="${COLOURS[part ?? ''] ?? '#d8d8d8'}"/>` +
    `${label && `<text x="${Number(left) + 2}" y="${top + 11}">${label}</text>`}</g>`
  );
}

/** Stacks of the last seconds, without those that wait. */
function tree(profile: Profile, seconds: number): Frame {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(
    profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])),
  );
  const root: Frame = { name: '', part: undefined, time: 0, children: new Map() };
  const from = profile.endTime - seconds * 1e6;
  let time = profile.startTime;
  profile.samples.forEach((sample, at) => {
    const taken = profile.timeDeltas[at] ?? 0;
    time += taken;
    const leaf = nodes.get(sample);
    if (time < from || !leaf || IDLE.has(leaf.callFrame.functionName)) return;
    const stack: Node[] = [];
    for (let id: number | undefined = sample; id !== undefined; id = parents.get(id)) {
      const node = nodes.get(id);
      if (node && node.callFrame.functionName !== '(root)') stack.push(node);
    }
    let frame = root;
    root.time += taken;
    for (const node of stack.reverse()) frame = below(frame, node, taken);
  });
  return root;
}

function below(frame: Frame, { callFrame: { functionName, url } }: Node, taken: number): Frame {
  const name = functionName || '(anonymous)';
  const key = `${name} ${url}`;
  let child = frame.children.get(key);
  if (!child) {
    const part = SERIALISE.test(name) ? 'graphql.serialise' : PARTS.find(([, where]) => where.test(url))?.[0];
    child = { name, part, time: 0, children: new Map() };
    frame.children.set(key, child);
  }
  child.time += taken;
  return child;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
