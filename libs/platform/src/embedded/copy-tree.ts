import type { Dirent } from 'node:fs';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import type { Account } from './programs.ts';

/** Files of a folder that are copied at the same time: a disk syncs many in little more time than one. */
const AT_ONCE = 16;

/** Which files of a folder to leave out, and whose the copies are to be. */
export interface CopyOptions {
  account?: Account;
  /** By the path below the folder. Of a folder that is left out nothing is copied, itself neither. */
  leaveOut?: (below: string) => boolean;
}

/**
 * Copies a folder's files and folders onto the disk (fsync), also while somebody changes them: a file that goes away
 * meanwhile is left out. @throws at anything else, such as a link
 */
export async function copyTree(from: string, to: string, options: CopyOptions, below = ''): Promise<void> {
  const { leaveOut } = options;
  const entries = await fs.readdir(path.join(from, below), { withFileTypes: true });
  const wanted = entries
    .map((entry) => ({ entry, name: path.join(below, entry.name) }))
    .filter(({ name }) => !leaveOut?.(name));
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    await Promise.all(
      wanted.slice(at, at + AT_ONCE).map(({ entry, name }) => copyEntry(from, to, options, entry, name)),
    );
  }
  await sync(path.join(to, below));
}

async function copyEntry(
  from: string,
  to: string,
  options: CopyOptions,
  entry: Dirent,
  name: string,
): Promise<void> {
  const copy = path.join(to, name);
  if (entry.isDirectory()) {
    await fs.mkdir(copy, { mode: 0o700 });
    await giveTo(options.account, copy);
    await copyTree(from, to, options, name);
  } else if (entry.isFile()) {
    await copyFile(path.join(from, name), copy, options.account);
  } else {
    throw new Error(`${path.join(from, name)} is neither a file nor a folder`);
  }
}

async function copyFile(from: string, to: string, account: Account | undefined): Promise<void> {
  try {
    await fs.copyFile(from, to, fs.constants.COPYFILE_FICLONE);
  } catch (error) {
    // The database may remove a file at any moment, and its log of writes says so again at the restore.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return fs.rm(to, { force: true });
  }
  await fs.chmod(to, 0o600);
  await giveTo(account, to);
  await sync(to);
}

async function giveTo(account: Account | undefined, entry: string): Promise<void> {
  if (account?.uid !== undefined && account.gid !== undefined)
    await fs.chown(entry, account.uid, account.gid);
}

/** Waits until a file, or a folder's entries, are on the disk. */
export async function sync(entry: string): Promise<void> {
  const opened = await fs.open(entry, 'r');
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}
