import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Program } from '../crash/world.js';

/** How a process misbehaves: see unruly.mjs. */
interface Whim {
  clock?: number;
  eats?: boolean;
}

const PRELOADED = pathToFileURL('test/faults/unruly.mjs').href;
/** Enough for a process at work, and little enough to be used up in a moment. */
const HEAP_MB = 256;

/** Makes processes unruly while they run. */
export class Unruly {
  private readonly folder = mkdtempSync(join(tmpdir(), 'assent-test-'));

  /** What a process is started with, to behave at first. */
  environment(program: Program): Record<string, string> {
    this.let(program, {});
    return {
      NODE_OPTIONS: `--import=${PRELOADED} --max-old-space-size=${HEAP_MB}`,
      UNRULY: this.file(program),
    };
  }

  /** How a program misbehaves from now on. */
  let(program: Program, whim: Whim): void {
    // At once: a process that reads it meanwhile must not see half of it.
    writeFileSync(`${this.file(program)}.new`, JSON.stringify(whim));
    renameSync(`${this.file(program)}.new`, this.file(program));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private file(program: Program): string {
    return join(this.folder, program);
  }
}
