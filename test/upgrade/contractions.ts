/** What takes something away that the release before may use, as it works on the new schema while the new one is rolled out. */
const CONTRACTIONS: [RegExp, string][] = [
  [/\bDROP (?:TABLE|VIEW|COLUMN|TYPE|FUNCTION|SCHEMA|ROLE|DEFAULT)\b/, 'takes something away'],
  [/\bRENAME\b/, 'gives something another name'],
  [/\bSET NOT NULL\b/, 'asks for what was not needed'],
  [/\bALTER COLUMN \w+ (?:SET DATA )?TYPE\b/, 'changes a type'],
  [/\bREVOKE\b/, 'takes a permission back'],
  [
    /\bADD COLUMN(?![^,;`]*\b(?:DEFAULT|GENERATED)\b)[^,;`]*\bNOT NULL\b/,
    'adds a column that has to be filled',
  ],
];

/** Says since which release nothing uses it, on the line before the statement. */
const MARK = /\/\/ Contracts: nothing uses .+ since v\d+\.\d+\.\d+\./;

/** What a migration takes away on its way up without saying that nothing uses it any more, in sentences. */
export function contractionsIn(source: string): string[] {
  const up = source.slice(source.indexOf('async up('), source.indexOf('async down('));
  const [before = '', ...statements] = up.split(/\bdb\.query\(/);
  let above = before;
  const found: string[] = [];
  for (const statement of statements) {
    if (!MARK.test(above)) {
      for (const [pattern, what] of CONTRACTIONS) {
        const match = pattern.exec(statement);
        if (match) found.push(`${match[0].replace(/\s+/g, ' ')}: ${what}`);
      }
    }
    above = statement;
  }
  return found;
}
