import { createHmac } from 'node:crypto';
import { Failure } from './failure.js';
import { canonical, exactly, type Fields, parse, text, texts, whole } from './json.js';
import { checkSignatures, type Key, readKey } from './note.js';

/** Names the format of receipts of reported messages. */
export const REPORT_RECEIPT_FORMAT = 'assent-report-receipt/1';

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const COMMITMENT = /^[0-9a-f]{64}$/;
const TAG = /^[\w-]{22}$/;

/** What a receipt that holds says, by the platform's signed word. */
export interface ReportedMessage {
  business: string;
  businessName: string;
  sentAt: string;
  receivedAt: string;
  reportedAt: string;
  commitment: string;
  /** The message is in the file, and is the one that was sent. */
  isOpened: boolean;
  origin: string;
  signers: Key[];
}

/** Checks a receipt of a reported message: its signature, and the message beside it where it is there. @throws Failure */
export function checkReportReceipt(source: string, pinned: readonly Key[]): ReportedMessage {
  const { message, ...rest } = parse(source, 'the receipt') as Fields;
  const receipt = exactly(rest, 'the receipt', ['format', 'report', 'log', 'signatures']);
  if (receipt['format'] !== REPORT_RECEIPT_FORMAT)
    throw new Failure(`the file is not an ${REPORT_RECEIPT_FORMAT}`);
  const report = checkReport(receipt['report']);

  const log = exactly(receipt['log'], '"log"', ['origin', 'keys']);
  const origin = text(log['origin'], '"log.origin"');
  const named = texts(log['keys'], '"log.keys"').map(readKey);
  const { signatures, ...unsigned } = receipt;
  const signed = checkSignatures(
    `${origin} ${REPORT_RECEIPT_FORMAT}\n${canonical(unsigned)}\n`,
    texts(signatures, '"signatures"'),
    [...named, ...pinned],
    'the receipt',
  );
  const signers = (pinned.length > 0 ? pinned : named).filter(
    (key) => key.name === origin && signed.some((other) => other.text === key.text),
  );
  if (signers.length === 0) throw new Failure('the receipt is not signed by a key that you trust');
  if (message !== undefined) checkMessage(message, report);
  return { ...report, isOpened: message !== undefined, origin, signers };
}

function checkReport(value: unknown): Omit<ReportedMessage, 'isOpened' | 'origin' | 'signers'> {
  const report = exactly(value, '"report"', [
    ...['business', 'business_name', 'sent_at', 'received_at', 'reported_at', 'commitment'],
  ]);
  const time = (name: string) => {
    const at = text(report[name], `"report.${name}"`);
    if (!TIME.test(at)) throw new Failure(`"report.${name}" is not a time in UTC with milliseconds`);
    return at;
  };
  const commitment = text(report['commitment'], '"report.commitment"');
  if (!COMMITMENT.test(commitment)) throw new Failure('"report.commitment" is not 64 hexadecimal digits');
  return {
    business: text(report['business'], '"report.business"'),
    businessName: text(report['business_name'], '"report.business_name"'),
    sentAt: time('sent_at'),
    receivedAt: time('received_at'),
    reportedAt: time('reported_at'),
    commitment,
  };
}

/** The message must be the one that the commitment was made of. */
function checkMessage(
  value: unknown,
  { business, sentAt, commitment }: Pick<ReportedMessage, 'business' | 'sentAt' | 'commitment'>,
): void {
  const message = exactly(value, '"message"', ['text', 'media', 'tag']);
  const tag = text(message['tag'], '"message.tag"');
  if (!TAG.test(tag)) throw new Failure('"message.tag" is not 16 bytes of base64url');
  const media = message['media'] === null ? null : checkFile(message['media']);
  const opened = canonical({
    business,
    sent_at: sentAt,
    text: text(message['text'], '"message.text"'),
    media,
  });
  const found = createHmac('sha256', Buffer.from(tag, 'base64url')).update(opened).digest('hex');
  if (found !== commitment) throw new Failure('"message" is not the message that was reported');
}

function checkFile(value: unknown): Fields {
  const file = exactly(value, '"message.media"', ['type', 'bytes', 'sha256', 'name']);
  whole(file['bytes'], '"message.media.bytes"', 0);
  for (const name of ['type', 'sha256']) text(file[name], `"message.media.${name}"`);
  if (file['name'] !== null) text(file['name'], '"message.media.name"');
  return file;
}
