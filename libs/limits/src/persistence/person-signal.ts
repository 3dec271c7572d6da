/** What is kept of a person's reactions to one business, or to one of its templates. */
export interface PersonSignal {
  businessId: string;
  subjectId: string;
  firstAt: Date | null;
  deliveredAt: Date | null;
  readAt: Date | null;
  repliedAt: Date | null;
  stoppedAt: Date | null;
  blockedAt: Date | null;
  reportedAt: Date | null;
}
