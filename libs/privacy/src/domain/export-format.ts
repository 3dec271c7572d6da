/** Names the format, and stands before what is signed. docs/export.md describes it. */
export const EXPORT_FORMAT = 'assent-export/1';

/** What an export says of itself, for people. */
export const README = `This is a copy of what the messaging platform holds about you.

  profile.json          you: your number, when you proved it, your pseudonym here
  devices.jsonl         your apps, by their public keys
  sessions.jsonl        where you are signed in
  consents.jsonl        what you allowed, stopped and blocked, as it stands
  consent-ledger.jsonl  every change of that, with the hashes that bind each entry to the one before
  receipts/             a signed receipt for each entry, to be shown to others one by one
  notices.jsonl         what the platform told you in your app
  contacts.jsonl        the businesses that have you as a contact, and what they call you in their books
  preferences.json      your time zone, quiet hours, limit of marketing, pause
  messages.jsonl        every message to you and from you, also those that were stopped on their way:
                        what somebody wrote to you is about you, whether or not it reached you
  hand-offs.jsonl       which of them went, or were to go, by other ways than your app, and what became of that
  media.jsonl           files that you uploaded, or were sent, and that are still kept; what you were sent stands with its message
  stop-questions.jsonl  sentences of yours that were taken for a stop, with your answers and what reviewers said
  reactions.jsonl       how you last reacted to each business and template: what counts for its quality, without your name
  reports.jsonl         what you reported, and what was decided
  manifest.json         the list of all these files, with their sizes and SHA-256 hashes
  manifest.sig          the platform's signature of that list

A .jsonl file holds a record a line, each in JSON. A file that is not there is one that would be empty.
Times are UTC. What is sealed in our database is opened here: keep this archive where nobody else can read it.
No secret of yours is in it: of your session tokens we hold hashes only.

Whether anything was changed since it was made, anyone can check, offline:  npx assent-verify FILE.zip
`;
