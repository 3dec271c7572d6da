/** How far an export has got. The last two are final. */
export const ExportStatus = {
  QUEUED: 'QUEUED',
  RUNNING: 'RUNNING',
  READY: 'READY',
  FAILED: 'FAILED',
} as const;
export type ExportStatus = keyof typeof ExportStatus;

/** Where an export is. */
export interface ExportKey {
  lane: number;
  personId: string;
  id: string;
}

/** A copy of everything that is held about a person, in the making or made. */
export interface DataExport extends ExportKey {
  status: ExportStatus;
  requestedAt: Date;
  expiresAt: Date;
  /** Records that are in it. */
  done: number;
  /** Records that there are, about; null before it was begun. */
  estimated: number | null;
  /** Bytes; null until it is ready, as the hash is. */
  size: number | null;
  sha256: Buffer | null;
}

/** How much of an export is made: 0 to 1, and 1 only once all of it is. */
export function progressOf({ status, done, estimated }: DataExport): number {
  if (status === 'READY') return 1;
  return estimated === null ? 0 : Math.min(0.99, done / estimated);
}
