import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Account } from './programs.ts';

/** The roles that can log in: the superuser, the owner of the database, and the application. */
export const ROLES = ['postgres', 'assent_owner', 'assent_app'] as const;

/** One of the roles that can log in. */
export type Role = (typeof ROLES)[number];

/** The roles' passwords; they need no escaping in URLs and SQL. */
export type Passwords = Record<Role, string>;

/** What has to be the same at the next start. */
export interface Remembered {
  port: number;
  passwords: Passwords;
}

/** Makes passwords of 192 random bits. */
export function newPasswords(): Passwords {
  const secret = () => randomBytes(24).toString('base64url');
  return { postgres: secret(), assent_owner: secret(), assent_app: secret() };
}

/** The URLs of a server on this machine, one for each role. */
export function urlsOf({ port, passwords }: Remembered) {
  const url = (role: Role, database: string) =>
    `postgres://${role}:${passwords[role]}@127.0.0.1:${port}/${database}`;
  return {
    ownerUrl: url('assent_owner', 'assent'),
    appUrl: url('assent_app', 'assent'),
    superuserUrl: url('postgres', 'postgres'),
  };
}

/** Reads what the last start remembered; nothing if the file is missing or broken. */
export function recall(directory: string): Remembered | undefined {
  try {
    const text = fs.readFileSync(path.join(directory, 'server.json'), 'utf8');
    const { port, passwords } = JSON.parse(text) as Partial<Remembered>;
    return port && passwords && ROLES.every((role) => passwords[role]) ? { port, passwords } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Keeps the port and the passwords in `server.json`, for the owner of the folder only. */
export function remember(directory: string, remembered: Remembered): void {
  writePrivately(
    path.join(directory, 'server.json'),
    `${JSON.stringify(remembered)}\n`,
    fs.statSync(directory),
  );
}

/** Replaces a file in one step, readable by its owner only, and follows no link that another user may have put there. */
export function writePrivately(file: string, text: string, owner: Account): void {
  const fresh = `${file}.new`;
  fs.rmSync(fresh, { force: true });
  const opened = fs.openSync(fresh, 'wx', 0o600);
  try {
    fs.writeFileSync(opened, text);
    if (process.getuid?.() === 0 && owner.uid !== undefined) fs.fchownSync(opened, owner.uid, owner.gid ?? 0);
    fs.fsyncSync(opened);
  } finally {
    fs.closeSync(opened);
  }
  fs.renameSync(fresh, file);
}
