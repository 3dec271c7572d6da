/**
 * The number that messages of a contact come before on a page: that of a message of theirs, or beyond all where none is given; null,
 * so before nothing, where the contact has no such message. One bound in either case, so that one plan serves both.
 *
 * @param lane and the others: expressions of SQL
 */
export const seqBefore = (lane: string, messageId: string, contactId: string): string =>
  `CASE WHEN ${messageId}::uuid IS NULL THEN 2147483647
    ELSE (SELECT seq FROM message WHERE lane = ${lane} AND id = ${messageId} AND contact_id = ${contactId}) END`;
