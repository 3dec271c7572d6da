/**
 * Consent as product and policy say it, in the plainest way there is: everything that was said is kept, in order, and
 * every answer is looked up in it. It shares nothing with the platform: not a type, not a rule, not a table.
 */
export const PURPOSES = ['AUTHENTICATION', 'SERVICE', 'MARKETING', 'MATCHING', 'ADS', 'ANALYTICS'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** What the policy in force says of one purpose. */
export interface Rule {
  basis: 'OPT_IN' | 'OPT_OUT';
  validDays: number | null;
  evidence: string[];
}
export type Rules = Record<Purpose, Rule>;

/** Something that somebody does. Business null: at all businesses. Purpose null: for every purpose. */
export type Act =
  | { act: 'STOP' | 'ALLOW' | 'LIFT'; business: string | null; purpose: Purpose | null }
  | { act: 'BLOCK' | 'UNBLOCK'; business: string; purpose: null }
  | { act: 'IMPORT'; business: string; purpose: Purpose; evidence: string; givenAt: Date };

/** What entered the ledger: an import is an allowance from when it was given. */
export interface Word {
  act: 'STOP' | 'ALLOW' | 'LIFT' | 'BLOCK' | 'UNBLOCK';
  business: string | null;
  purpose: Purpose | null;
  from: Date;
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/** One person, as the reference has them. */
export class ReferencePerson {
  private readonly words: Word[] = [];

  /** Something is done at a time. Some acts are not taken, and then nothing was said. */
  hear(act: Act, now: Date, rules: Rules): void {
    if (act.act === 'IMPORT') {
      if (this.takesImport(act, now, rules)) this.say({ ...act, act: 'ALLOW', from: act.givenAt });
    } else if (act.act !== 'LIFT' || this.lastAbout(act.business, act.purpose)?.act === 'STOP') {
      this.say({ ...act, from: now });
    }
  }

  /** Something was said that did enter the ledger. */
  say(word: Word): void {
    this.words.push(word);
  }

  /** What a business may do for a purpose, by which rule: the first that applies. */
  answer(business: string, purpose: Purpose, now: Date, rules: Rules): string {
    if (this.isBlocked(business)) return 'BLOCKED';
    if (this.lastAbout(null, null)?.act === 'STOP') return 'STOPPED_EVERYTHING';
    if (this.lastAbout(business, null)?.act === 'STOP') return 'STOPPED_BUSINESS';
    const onPurpose = [this.lastAbout(business, purpose), this.lastAbout(null, purpose)];
    if (onPurpose.some((word) => word?.act === 'STOP')) return 'STOPPED_PURPOSE';

    const { basis, validDays } = rules[purpose];
    const optIns = onPurpose.filter((word) => word?.act === 'ALLOW') as Word[];
    if (optIns.some(({ from }) => !hasEnded(from, validDays, now))) return 'ALLOWED';
    if (basis === 'OPT_OUT') return 'NOT_STOPPED';
    return optIns.length > 0 ? 'OPT_IN_EXPIRED' : 'NO_OPT_IN';
  }

  /** An opt-in from elsewhere fills a gap: it overrules nothing that the person said, and renews nothing. */
  private takesImport(
    { business, purpose, evidence, givenAt }: Act & { act: 'IMPORT' },
    now: Date,
    rules: Rules,
  ): boolean {
    const answer = this.answer(business, purpose, now, rules);
    if (answer === 'BLOCKED' || answer.startsWith('STOPPED') || answer === 'ALLOWED') return false;
    if (givenAt > now || hasEnded(givenAt, rules[purpose].validDays, now)) return false;
    // Whoever takes back what they refused this business begins anew, from that moment.
    const anew = [
      this.lastAbout(business, purpose, ['LIFT']),
      this.lastAbout(business, null, ['LIFT', 'ALLOW']),
      this.words.findLast((word) => word.business === business && word.act === 'UNBLOCK'),
    ];
    if (anew.some((word) => word && word.from >= givenAt)) return false;
    return rules[purpose].evidence.includes(evidence);
  }

  private isBlocked(business: string): boolean {
    const last = this.words.findLast(
      (word) => word.business === business && (word.act === 'BLOCK' || word.act === 'UNBLOCK'),
    );
    return last?.act === 'BLOCK';
  }

  /** The last word about exactly this scope, if it is one of these; blocks are about something else. */
  private lastAbout(
    business: string | null,
    purpose: Purpose | null,
    acts?: Word['act'][],
  ): Word | undefined {
    const last = this.words.findLast(
      (word) =>
        word.business === business &&
        word.purpose === purpose &&
        word.act !== 'BLOCK' &&
        word.act !== 'UNBLOCK',
    );
    return !last || !acts || acts.includes(last.act) ? last : undefined;
  }
}

function hasEnded(from: Date, validDays: number | null, now: Date): boolean {
  return validDays !== null && now.getTime() >= from.getTime() + validDays * DAY_MS;
}
