import { Injectable } from '@nestjs/common';
import { AdminViewer, type BusinessViewer } from '@assent/accounts';
import { BadInputError, Database, parseInput, parsePublicId, type Scope } from '@assent/platform';
import { z } from 'zod';
import { type Judgement, type QualityLevel, type QualityRules, supposing } from '../domain/quality.js';
import { type Quality, QualityStore } from '../persistence/quality.store.js';
import { QualitySettings } from './quality-settings.js';

const COUNT_RULE = 'must be a whole number from 0 to 1,000,000';
const count = z.int(COUNT_RULE).min(0, COUNT_RULE).max(1_000_000, COUNT_RULE);
const schema = z.object({ reports: count, blocks: count, stops: count, replies: count, reads: count });

const NOTHING = { level: 'UNKNOWN', good: 0, bad: 0 } as const;

/** Reads what was last judged. */
@Injectable()
export class ReadQuality {
  constructor(
    private readonly database: Database,
    private readonly store: QualityStore,
    private readonly settings: QualitySettings,
  ) {}

  get rules(): QualityRules {
    return this.settings.rules;
  }

  /** A business's own; undefined where nothing is known of it yet. */
  ofBusiness({ businessId }: BusinessViewer): Promise<Quality | undefined> {
    return this.read({ role: 'business', businessId }, businessId);
  }

  /** Those of templates that were ever judged, by id, to a business only its own; for `loaderOf`. */
  ofTemplates(viewer: BusinessViewer | AdminViewer, ids: readonly string[]): Promise<Map<string, Quality>> {
    const scope: Scope =
      viewer instanceof AdminViewer ? { role: 'admin' } : { role: 'business', businessId: viewer.businessId };
    return this.database.transaction(scope, (tx) => this.store.bySubjects(tx, ids));
  }

  /** Any business's, for the operator. @throws BadInputError */
  ofAny(_: AdminViewer, business: string): Promise<Quality | undefined> {
    const id = parsePublicId('biz', business);
    if (!id) throw new BadInputError([{ field: 'business', rule: 'must be the id of a business' }]);
    return this.read({ role: 'admin' }, id);
  }

  /** What would be judged of a business if these reactions came on top now. @throws BadInputError */
  async suppose(viewer: BusinessViewer, input: z.input<typeof schema>): Promise<Judgement> {
    const { reports, blocks, stops, replies, reads } = parseInput(schema, input);
    return supposing(
      (await this.ofBusiness(viewer)) ?? NOTHING,
      { REPORTED: reports, BLOCKED: blocks, STOPPED: stops, REPLIED: replies, READ: reads },
      this.rules,
    );
  }

  /** Levels of businesses that were ever judged, as people see them; for `loaderOf`. */
  async levels(ids: readonly string[]): Promise<Map<string, QualityLevel>> {
    const judged = await this.database.transaction({ role: 'engine' }, (tx) =>
      this.store.bySubjects(tx, ids),
    );
    return new Map([...judged].map(([id, { level }]) => [id, level]));
  }

  private async read(scope: Scope, id: string): Promise<Quality | undefined> {
    return (await this.database.transaction(scope, (tx) => this.store.bySubjects(tx, [id]))).get(id);
  }
}
