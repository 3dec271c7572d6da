/** assent-verify, run as anybody runs it: a program of its own that reads a file, and asks nobody. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { NoPlatform, PLATFORM } from './platform.ts';
import { check, say, wrapped } from './transcript.ts';

const PROGRAM = resolve('dist/apps/verify/src/main.js');
const KEY = 'log.key';
/** What it says at length: why something of an erased person is kept, and whose key it trusts. */
const AT_LENGTH = /\n {2}(?:kept:|Signed with)[^]*$/;

/** A folder of somebody who trusts nobody here, with the log's key as they got it when they first asked. */
export class OfflineReader {
  private readonly folder = mkdtempSync(join(tmpdir(), 'assent-demo-'));

  static async withKey(): Promise<OfflineReader> {
    if (!existsSync(PROGRAM))
      throw new NoPlatform('assent-verify is not there yet: make it with `npm run build`.');
    const reader = new OfflineReader();
    reader.keep(KEY, await (await fetch(`${PLATFORM}/consent-log/key`)).text());
    return reader;
  }

  keep(file: string, content: string | Uint8Array): void {
    writeFileSync(join(this.folder, file), content);
  }

  /** A file that must hold, and what the program says of it. */
  confirm(file: string): void {
    const { status, stdout, stderr } = this.verify(file);
    check(`${file} holds`, status === 0, stderr);
    say('assent-verify', ...lines(stdout.replace(AT_LENGTH, '')));
  }

  /** A file that must not hold. */
  refute(file: string): void {
    const { status, stderr } = this.verify(file);
    check(`${file} does not hold`, status === 1, status);
    say('assent-verify', ...lines(stderr));
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true });
  }

  private verify(file: string) {
    return spawnSync(process.execPath, [PROGRAM, file, '--key', KEY], {
      cwd: this.folder,
      encoding: 'utf8',
    });
  }
}

function lines(text: string): [string, ...string[]] {
  return text.trimEnd().split('\n').flatMap(wrapped) as [string, ...string[]];
}
