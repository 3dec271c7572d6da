import { fromBase64 } from './bytes.js';
import { readAct } from './act.js';
import { checkSeal, readEntry } from './entry.js';
import { Failure, type Place } from './failure.js';
import { exactly, type Fields, parse, text, texts, whole } from './json.js';
import { type Checkpoint, type Key, openCheckpoint, readKey } from './note.js';
import { Tree } from './tree.js';

/** A kind of dump: what its entries are, and whose chains they stand in. */
interface DumpKind {
  what: 'consent ledger' | 'audit log';
  /** What all entries of a chain have in common. */
  owner: 'person' | 'chain';
  read(record: unknown): { record: object; owner: string; seq: number };
  /** Whether entries may be gone, with only their leaves left. */
  erasable: boolean;
}

/** The kinds of dumps by the names of their formats. */
const KINDS: Readonly<Record<string, DumpKind>> = {
  'assent-ledger-dump/1': {
    what: 'consent ledger',
    owner: 'person',
    read: (record) => {
      const entry = readEntry(record);
      return { record: entry, owner: entry.personId, seq: entry.seq };
    },
    erasable: true,
  },
  'assent-audit-dump/1': {
    what: 'audit log',
    owner: 'chain',
    read: (record) => {
      const act = readAct(record);
      return { record: act, owner: act.ledger, seq: act.seq };
    },
    erasable: false,
  },
};

/** What a dump that holds consists of. */
export interface DumpReport {
  what: DumpKind['what'];
  events: number;
  erased: number;
  /** Whose entries they are: so many persons, or chains. */
  persons: number;
  checkpoints: number;
  /** Who signed the last checkpoint. */
  signers: Key[];
  newest: Checkpoint;
}

/** Where a chain has got to. */
interface Head {
  seq: number;
  /** In base64. */
  hash: string;
}

/** Checks a dump line by line; what it remembers is one head for each chain. */
export class DumpCheck {
  private kind: DumpKind | undefined;
  private keys: Key[] = [];
  private origin = '';
  private size = 0;
  private readonly tree = new Tree();
  private readonly heads = new Map<string, Head>();
  private events = 0;
  private erased = 0;
  /** Erased leaves that some person's missing entries account for. */
  private accounted = 0;
  private checkpoints = 0;
  private newest: (Checkpoint & { signers: Key[] }) | undefined;
  private newestLine = 0;
  private line = 0;
  private ended = false;

  /**
   * @param pinned keys that the reader trusts; without any, those that the dump names
   * @param kept checkpoints that the reader kept from earlier: the dump must continue what they say
   */
  constructor(
    private readonly pinned: readonly Key[],
    private readonly kept: readonly Checkpoint[] = [],
  ) {}

  /** Takes the next line, without its newline. `number` is its place in the file. @throws Failure */
  take(source: string, number: number): void {
    this.line = number;
    try {
      this.read(source);
    } catch (error) {
      throw error instanceof Failure ? error.at({ line: number }) : error;
    }
  }

  /** What there was, when all lines were taken. @throws Failure */
  report(): DumpReport {
    const last: Place = { line: this.line };
    if (!this.ended) throw new Failure('the dump ends early: its last line is missing', last);
    const { newest, kind } = this;
    if (!kind || newest?.size !== this.size) throw new Failure('no checkpoint covers the whole dump', last);
    const trusted = newest.signers.filter(({ text: key }) =>
      this.trusted.some((known) => known.text === key),
    );
    if (trusted.length === 0) {
      throw new Failure('the last checkpoint is not signed by a key that you trust', {
        line: this.newestLine,
      });
    }
    const { events, erased, checkpoints } = this;
    const { what } = kind;
    return { what, events, erased, checkpoints, persons: this.heads.size, signers: trusted, newest };
  }

  private get trusted(): readonly Key[] {
    return this.pinned.length > 0 ? this.pinned : this.keys;
  }

  private read(source: string): void {
    if (this.ended) throw new Failure('there is something behind the end of the dump');
    const value = parse(source, 'the line');
    if (JSON.stringify(value) !== source) throw new Failure('the line is not written as the dump writes it');
    const type = (value as Partial<Fields> | null)?.['type'];
    const { kind } = this;
    if (!kind)
      return this.header(exactly(value, 'the first line', ['type', 'format', 'origin', 'size', 'keys']));
    switch (type) {
      case 'event':
        return this.event(
          kind,
          exactly(value, 'the line', ['type', 'index', 'record', 'leafHash', 'salt', 'previousHash', 'hash']),
        );
      case 'erased':
        if (!kind.erasable) throw new Failure(`nothing is erased from an ${kind.what}`);
        return this.bare(exactly(value, 'the line', ['type', 'index', 'leafHash']));
      case 'checkpoint':
        return this.checkpoint(exactly(value, 'the line', ['type', 'previous', 'note']));
      case 'end':
        return this.end(exactly(value, 'the line', ['type', 'leaves', 'checkpoints']));
      default:
        throw new Failure('the line is of no known type');
    }
  }

  private header({ type, format, origin, size, keys }: Fields): void {
    const kind = type === 'ledger' ? KINDS[text(format, '"format"')] : undefined;
    if (!kind) throw new Failure(`the file is none of ${Object.keys(KINDS).join(', ')}`);
    this.size = whole(size, '"size"', 0);
    this.keys = texts(keys, '"keys"').map(readKey);
    const name = text(origin, '"origin"');
    if (this.keys.length === 0 || this.keys.some((key) => key.name !== name)) {
      throw new Failure('the keys are not those of the log that the dump says it is of');
    }
    this.kind = kind;
    this.origin = name;
    const unlike = this.kept.find((checkpoint) => checkpoint.origin !== name);
    if (unlike) throw new Failure(`the checkpoint that you kept is of another log, ${unlike.origin}`);
    this.compareKept();
  }

  private event(kind: DumpKind, { index, record, leafHash, ...seal }: Fields): void {
    this.inOrder(index);
    const entry = kind.read(record);
    try {
      const leaf = checkSeal(
        entry.record,
        entry.seq,
        seal as { salt: unknown; previousHash: unknown; hash: unknown },
      );
      if (!leaf.equals(fromBase64(leafHash, '"leafHash"', 32))) {
        throw new Failure('the record is not the one that entered the log: its leaf has another hash');
      }
      this.follow(kind, entry, seal['previousHash'] as string | null, seal['hash'] as string);
      this.events += 1;
      this.tree.append(leaf);
    } catch (error) {
      throw error instanceof Failure ? error.at({ [kind.owner]: entry.owner, seq: entry.seq }) : error;
    }
    this.compareKept();
  }

  /** Entries of a chain follow one another without gaps, except where entries were erased before. */
  private follow(
    { owner: kindOfOwner }: DumpKind,
    { owner, seq }: { owner: string; seq: number },
    previousHash: string | null,
    hash: string,
  ): void {
    const head = this.heads.get(owner);
    if (head && seq <= head.seq) {
      throw new Failure(
        `it stands behind entry ${head.seq} of the same ${kindOfOwner}: entries were swapped or repeated`,
      );
    }
    const missing = seq - (head?.seq ?? 0) - 1;
    if (missing > this.erased - this.accounted) {
      throw new Failure(
        `${missing === 1 ? 'the entry' : `${missing} entries`} before it of the same ${kindOfOwner} are missing`,
      );
    }
    this.accounted += missing;
    if (missing === 0 && head && previousHash !== head.hash) {
      throw new Failure(
        `it does not follow entry ${head.seq} of the same ${kindOfOwner}, whose hash is another one`,
      );
    }
    this.heads.set(owner, { seq, hash });
  }

  private bare({ index, leafHash }: Fields): void {
    this.inOrder(index);
    this.erased += 1;
    this.tree.append(fromBase64(leafHash, '"leafHash"', 32));
    this.compareKept();
  }

  private inOrder(index: unknown): void {
    const given = whole(index, '"index"', 0);
    if (given !== this.tree.size) {
      throw new Failure(
        `leaf ${this.tree.size} should be here, not leaf ${given}: a line was removed, added or moved`,
      );
    }
    if (given >= this.size)
      throw new Failure(`the dump says that it has ${this.size} leaves; this is one more`);
  }

  private compareKept(): void {
    for (const { size, root } of this.kept) {
      if (size === this.tree.size && !this.tree.root().equals(root)) {
        throw new Failure(
          `the checkpoint that you kept was signed over other leaves: the first ${size} leaves are not those of then`,
        );
      }
    }
  }

  private checkpoint({ previous, note }: Fields): void {
    const checkpoint = openCheckpoint(text(note, '"note"'), [...this.keys, ...this.pinned]);
    if (checkpoint.origin !== this.origin) throw new Failure('the checkpoint is of another log');
    if (checkpoint.signers.length === 0) throw new Failure('the checkpoint is signed by no key of the log');
    if (previous !== (this.newest?.size ?? null)) {
      throw new Failure('the checkpoint before it is another one: a line was removed, added or moved');
    }
    if (checkpoint.size !== this.tree.size || (this.newest && checkpoint.size <= this.newest.size)) {
      throw new Failure(
        `the checkpoint is one of ${checkpoint.size} leaves, but stands behind leaf ${this.tree.size}`,
      );
    }
    if (!this.tree.root().equals(checkpoint.root)) {
      const from = this.newestLine === 0 ? 'the first line' : `line ${this.newestLine}`;
      throw new Failure(
        `the checkpoint was signed over other leaves: something between ${from} and here was changed, or the log was forked`,
      );
    }
    this.checkpoints += 1;
    this.newest = checkpoint;
    this.newestLine = this.line;
  }

  private end({ leaves, checkpoints }: Fields): void {
    if (whole(leaves, '"leaves"', 0) !== this.tree.size || this.tree.size !== this.size) {
      throw new Failure(`the dump says that it has ${this.size} leaves, and has ${this.tree.size}`);
    }
    if (whole(checkpoints, '"checkpoints"', 0) !== this.checkpoints) {
      throw new Failure(
        `the dump does not have the checkpoints that it says it has: it has ${this.checkpoints}`,
      );
    }
    const beyond = this.kept.find(({ size }) => size > this.size);
    if (beyond) {
      throw new Failure(
        `the checkpoint that you kept covers ${beyond.size} leaves: this dump is older, or lacks some`,
      );
    }
    this.ended = true;
  }
}
