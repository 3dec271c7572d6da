/** Draws docs/quality.svg from the built formula: what attackers do to the score of a business, the more of them there are. */
import { writeFileSync } from 'node:fs';

// Built, since imports say `.js`; named apart, so that types are not looked for in what is built.
const LIMITS: string = '../dist/libs/limits/src/index.js';
const DAY = 86_400_000;
const NOW = 1_800_000_000_000;
const RULES = { halfLifeDays: 7, provenDays: 30, cohortShare: 0.2, evidence: 50 };
const COUNTS = Array.from({ length: 41 }, (_, step) => Math.round(10 ** (step / 10)) - 1);

type Reactions = Record<string, number | boolean | null>;
interface Judging {
  Tally: new (
    now: number,
    others: number,
    rules: typeof RULES,
  ) => { add(one: Reactions): void; cohorts: unknown };
  judgeQuality: (cohorts: unknown, before: string, rules: typeof RULES) => { score: number };
}
const { Tally, judgeQuality } = (await import(LIMITS)) as Judging;

const conversation = (changes: Reactions): Reactions => ({
  joinedAt: NOW - 365 * DAY,
  otherBusinesses: 5,
  firstAt: NOW - DAY,
  deliveredAt: NOW,
  readAt: null,
  repliedAt: null,
  stoppedAt: null,
  blockedAt: null,
  reportedAt: null,
  upheld: false,
  ...changes,
});
/** Customers who joined on different days; one of so many reported. */
const customers = (count: number, every: number) =>
  Array.from({ length: count }, (_, at) => {
    const reaction: Reactions = at % every === 0 ? { reportedAt: NOW } : { readAt: NOW };
    return conversation({ joinedAt: NOW - (60 + at) * DAY, ...reaction });
  });

/** The score by the number of attackers. */
function scores(business: Reactions[], attacker: Reactions, rules = RULES): number[] {
  return COUNTS.map((count) => {
    const tally = new Tally(NOW, 20, rules);
    for (const one of business) tally.add(one);
    for (let nr = 0; nr < count; nr++) tally.add(attacker);
    return 100 * judgeQuality(tally.cohorts, 'UNKNOWN', rules).score;
  });
}

const unlimited = { ...RULES, cohortShare: 1 };
const newReporter = conversation({ joinedAt: NOW - DAY, otherBusinesses: 0, reportedAt: NOW });
const patientPuppet = conversation({ joinedAt: NOW - 90 * DAY, otherBusinesses: 0, repliedAt: NOW });
const [good, bad] = [customers(100, 200), customers(300, 6)];
const LINES = [
  { scores: scores(good, newReporter), color: '#b3261e', dash: '' },
  { scores: scores(good, newReporter, unlimited), color: '#b3261e', dash: '6 5' },
  { scores: scores(bad, patientPuppet), color: '#1a56a8', dash: '' },
  { scores: scores(bad, patientPuppet, unlimited), color: '#1a56a8', dash: '6 5' },
];

const [WIDTH, HEIGHT, LEFT, TOP] = [720, 400, 50, 20];
const x = (count: number) => LEFT + (Math.log10(count + 1) / 4) * WIDTH;
const y = (score: number) => TOP + ((100 - score) / 100) * HEIGHT;
const band = (from: number, to: number, color: string, name: string) =>
  `<rect x="${LEFT}" y="${y(to)}" width="${WIDTH}" height="${y(from) - y(to)}" fill="${color}"/>` +
  `<text x="${LEFT + WIDTH - 8}" y="${y(to) + 16}" text-anchor="end" fill="#555">${name}</text>`;
const line = ({ scores: points, color, dash }: (typeof LINES)[number]) =>
  `<polyline fill="none" stroke="${color}" stroke-width="2.5" stroke-dasharray="${dash}" points="${points
    .map((score, at) => `${x(COUNTS[at] ?? 0).toFixed(1)},${y(score).toFixed(1)}`)
    .join(' ')}"/>`;
const tick = (count: number) =>
  `<text x="${x(count)}" y="${TOP + HEIGHT + 18}" text-anchor="middle">${count.toLocaleString('en')}</text>`;
const legend = [
  ['#b3261e', '', 'new accounts that report a GREEN business of 100 customers'],
  ['#1a56a8', '', 'patient sock puppets that reply to a RED business of 300'],
  ['#555', '6 5', 'the same without a limit of cohorts'],
] as const;

writeFileSync(
  'docs/quality.svg',
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LEFT + WIDTH + 20} ${TOP + HEIGHT + 120}" font-family="sans-serif" font-size="13" fill="#222">
<rect width="100%" height="100%" fill="#fff"/>
${band(90, 100, '#dff2df', 'GREEN')}
${band(70, 90, '#fbf3d0', 'YELLOW')}
${band(0, 70, '#f8dfdc', 'RED')}
${LINES.map(line).join('\n')}
${[0, 20, 40, 60, 70, 80, 90, 100].map((score) => `<text x="${LEFT - 8}" y="${y(score) + 4}" text-anchor="end">${score}</text>`).join('\n')}
${[0, 9, 99, 999, 9_999].map(tick).join('\n')}
<text x="${LEFT + WIDTH / 2}" y="${TOP + HEIGHT + 38}" text-anchor="middle">attackers</text>
${legend
  .map(
    ([color, dash, text], at) =>
      `<line x1="${LEFT}" x2="${LEFT + 40}" y1="${TOP + HEIGHT + 58 + 20 * at}" y2="${TOP + HEIGHT + 58 + 20 * at}" stroke="${color}" stroke-width="2.5" stroke-dasharray="${dash}"/><text x="${LEFT + 50}" y="${TOP + HEIGHT + 62 + 20 * at}">${text}</text>`,
  )
  .join('\n')}
</svg>
`,
);
console.log('docs/quality.svg');
