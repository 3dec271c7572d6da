/**
 * Lists what `gone` (id, created_at) names for removal from the store, in the statement that deletes its rows. An upload is
 * good for an hour and may go on behind its end: a second one later none is under way.
 */
export const LET_GO = `INSERT INTO media_removal (media_id, due_at, again_at)
          SELECT id, assent_now(), created_at + interval '2 hours' FROM gone`;
