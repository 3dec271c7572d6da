/** Where a file of opt-ins is on its way. The last three are final. */
export const ConsentImportStatus = {
  UPLOADING: 'UPLOADING',
  QUEUED: 'QUEUED',
  RUNNING: 'RUNNING',
  DONE: 'DONE',
  FAILED: 'FAILED',
  CANCELLED: 'CANCELLED',
} as const;
export type ConsentImportStatus = keyof typeof ConsentImportStatus;

/** How many rows came to what end: by the answer of an opt-in, or BAD_ROW. */
export type ImportCounts = Readonly<Record<string, number>>;

/** A file of opt-ins. */
export interface ImportJob {
  id: string;
  businessId: string;
  status: ConsentImportStatus;
  createdAt: Date;
  endedAt: Date | null;
  bytes: number;
  bytesDone: number;
  rowsDone: number;
  counts: ImportCounts;
  failure: string | null;
}

/** How far a job is: every row before this place has its result. */
export interface ImportProgress {
  header: string[] | null;
  bytesDone: number;
  linesDone: number;
  rowsDone: number;
  /** Parts of the result that were written. */
  partsDone: number;
  counts: ImportCounts;
}

/** A job that this worker holds; `fence` is checked at every write. */
export interface ImportClaim extends ImportProgress {
  id: string;
  businessId: string;
  bytes: number;
  fence: number;
  /** How often it was claimed since it last got on. */
  attempts: number;
}
