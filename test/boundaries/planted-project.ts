import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { PlantedFault } from './planted-faults.js';
import type { Tree } from './clean-tree.js';

const PROJECT = join(import.meta.dirname, '../..');
const RULES = ['.dependency-cruiser.cjs', 'eslint.config.js', 'package.json', 'tsconfig.json'];
const FOLDERS = ['apps', 'libs', 'migrations', 'test', 'examples'];

/** A rule that a checker named, and the file in which it found it broken. */
export interface Finding {
  rule: string;
  file: string;
}

/** A throw-away project that is checked by this project's own rules, with this project's own packages. */
export class PlantedProject {
  private constructor(private readonly directory: string) {}

  static async grow(tree: Tree, faults: PlantedFault[] = []): Promise<PlantedProject> {
    // On macOS the temporary directory is a link, and the checkers answer with real paths.
    const directory = await realpath(await mkdtemp(join(tmpdir(), 'assent-boundaries-')));
    const project = new PlantedProject(directory);
    await Promise.all(RULES.map((file) => cp(join(PROJECT, file), join(directory, file))));
    await symlink(join(PROJECT, 'node_modules'), join(directory, 'node_modules'));
    for (const [file, source] of Object.entries(tree)) await project.write(file, source);
    for (const { file, source, accomplices } of faults) {
      for (const [path, text] of Object.entries({ [file]: source, ...accomplices }))
        await project.write(path, text);
    }
    await Promise.all(FOLDERS.map((folder) => mkdir(join(directory, folder), { recursive: true })));
    return project;
  }

  async write(file: string, source: string): Promise<void> {
    const path = join(this.directory, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, source);
  }

  remove(): Promise<void> {
    return rm(this.directory, { recursive: true, force: true });
  }

  /** What dependency-cruiser objects to. */
  async cruise(): Promise<Finding[]> {
    const output = await this.run('dependency-cruiser/bin/dependency-cruise.mjs', [
      ...['--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
      ...FOLDERS,
    ]);
    const { summary } = JSON.parse(output) as {
      summary: { violations: { from: string; to: string; rule: { name: string } }[] };
    };
    // A file is unreached by something: that rule names the victim where the others name the offender.
    return summary.violations.map(({ from, to, rule }) => ({
      rule: rule.name,
      file: rule.name === 'no-unreached-libs' ? to : from,
    }));
  }

  /** What ESLint objects to. */
  async lint(): Promise<Finding[]> {
    const output = await this.run('eslint/bin/eslint.js', ['--format', 'json', 'libs']);
    const files = JSON.parse(output) as {
      filePath: string;
      messages: { ruleId: string | null; message: string }[];
    }[];
    return files.flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId, message }) => ({
        rule: ruleId ?? message,
        file: relative(this.directory, filePath),
      })),
    );
  }

  /** Runs one of our packages' programs and returns its output; a checker that objects is no error here. */
  private run(program: string, args: string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      execFile(
        process.execPath,
        [join(PROJECT, 'node_modules', program), ...args],
        { cwd: this.directory, maxBuffer: 64 * 1024 * 1024 },
        (error, stdout, stderr) => {
          if (error && stderr) reject(new Error(stderr, { cause: error }));
          else resolve(stdout);
        },
      );
    });
  }
}
