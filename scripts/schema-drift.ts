/** Fails when the committed schemas are not what the code generates; leaves the generated ones for a commit. */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

const AUDIENCES = ['admin', 'business', 'person'];

function committed(): Map<string, string> {
  const names = readdirSync('schema').filter((name) => name.endsWith('.graphql'));
  return new Map(names.map((name) => [name, readFileSync(`schema/${name}`, 'utf8')]));
}

const before = committed();
const { status } = spawnSync('npm', ['run', '--silent', 'schema'], { stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);
const after = committed();

const expected = AUDIENCES.map((audience) => `${audience}.graphql`);
const drifted = [...new Set([...expected, ...before.keys(), ...after.keys()])].filter(
  (name) => !after.has(name) || before.get(name) !== after.get(name),
);
for (const name of drifted) {
  console.error(
    after.has(name)
      ? `schema/${name} is not what the code says: review it and commit it (it has just been written).`
      : `schema/${name} is missing, and \`npm run schema\` did not write it.`,
  );
}
if (drifted.length > 0) process.exit(1);
console.log('The committed schemas are what the code says.');
