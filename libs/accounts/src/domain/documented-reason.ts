/** What is said of one reason for a refusal: to those who meet it, and in docs/reasons.md. */
export interface DocumentedReason {
  /** The sentence that is answered with it: what is wrong and what to do. */
  message: string;
  /** Who meets it, and where. */
  seenBy: string;
  /** What it means, and what it rests on. */
  means: string;
  /** What to do about it. */
  todo: string;
  /** Whether the same request can pass later, and when. */
  later: string;
}

/** Reasons that belong together: one part of docs/reasons.md. */
export interface ReasonCatalogue {
  title: string;
  /** What is refused, by which operations. */
  about: string;
  reasons: Readonly<Record<string, DocumentedReason>>;
}
