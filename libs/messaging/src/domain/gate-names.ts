/** The gates that a message passes, in the order in which they are asked, and what each of them is about. */
export const GATES = {
  REQUEST: 'The request itself, before any gate: its idempotency key.',
  BUSINESS: 'The state of the business, and its restrictions.',
  KILL_SWITCH: 'What the operator has switched off: the business, a template, a carrier, or all marketing.',
  MODE: 'Whether what is named belongs to the mode of the key: live or test.',
  CONTACT: 'The contact, and whether either side has blocked the other.',
  CONSENT: 'What the person allows and has stopped, by the consent policy of their country.',
  TEMPLATE: 'The state of the template, and the values for it.',
  PACING: 'Whether it is known how people take a new version of a template.',
  SERVICE_WINDOW: 'Whether the person wrote in the last 24 hours, so that free words are an answer.',
  CONTENT: 'How much a person is to read, and what it answers.',
  VALIDITY: 'How long a message is worth showing.',
  QUEUE: 'Whether there is room in the queue.',
  QUIET_HOURS: 'When the person is not to be disturbed: quiet hours of the law, their own, and their pause.',
  MARKETING_CAP: 'How much marketing the person may see.',
  INTERRUPTIONS: 'How often the person lets businesses interrupt them.',
  PAIR_LIMIT: 'How often one business may message one person.',
  REACH_TIER: 'How many people a business may start to message in any 24 hours.',
  THROUGHPUT: 'How many messages a business may send in a second.',
  SPAM_SCORE: 'How much of what a business does looks like spam, by what is known without reading messages.',
  SCHEDULE: 'The time that a message is scheduled for.',
} as const;

export type GateName = keyof typeof GATES;
