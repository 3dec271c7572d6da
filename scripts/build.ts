/** Compiles what `npm start` and its like run, unless that was done already for these very sources. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';

const STAMP = 'dist/.sources';
const MAIN = 'dist/apps/platform/src/main.js';

/** Names, sizes and times of everything that the result depends on. */
function sources(): string {
  const files = globSync(['{apps,libs,migrations}/**/*.ts', '*.json']).filter(
    (file) => !file.endsWith('.spec.ts'),
  );
  const facts = files.sort().map((file) => {
    const { size, mtimeMs } = statSync(file);
    return `${file} ${size} ${mtimeMs}\n`;
  });
  return createHash('sha256').update(facts.join('')).digest('hex');
}

function compile(): Promise<number> {
  const nest = spawn('node_modules/.bin/nest', ['build', 'platform'], { stdio: 'inherit' });
  return new Promise((resolve) => nest.once('close', (code) => resolve(code ?? 1)));
}

const wanted = sources();
if (!existsSync(MAIN) || !existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== wanted) {
  rmSync(STAMP, { force: true });
  const since = performance.now();
  const said = () =>
    `Compiling, once for each state of the sources: ${Math.round((performance.now() - since) / 1_000)} s`;
  const clock = process.stdout.isTTY
    ? setInterval(() => process.stdout.write(`\r${said()}`), 500)
    : undefined;
  const code = await compile();
  clearInterval(clock);
  process.stdout.write(`${process.stdout.isTTY ? '\r' : ''}${said()}\n`);
  if (code !== 0) process.exit(code);
  mkdirSync('dist', { recursive: true });
  writeFileSync(STAMP, wanted);
}
