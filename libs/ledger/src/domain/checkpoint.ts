/** The state of the log that a checkpoint commits to. */
export interface TreeHead {
  /** How many leaves. */
  size: number;
  /** Root hash in base64. */
  root: string;
}

/** The text of a checkpoint that is signed: C2SP tlog-checkpoint (https://c2sp.org/tlog-checkpoint). */
export function checkpointText(origin: string, { size, root }: TreeHead): string {
  return `${origin}\n${size}\n${root}\n`;
}

/** The name under which a stored checkpoint was signed: its first line. */
export function originOf(note: string): string {
  return note.slice(0, note.indexOf('\n'));
}
