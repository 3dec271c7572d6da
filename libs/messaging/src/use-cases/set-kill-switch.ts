import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import {
  type ActingAdmin,
  FourEyes,
  type FourEyesRefusal,
  idRule,
  Refused,
  textRule,
} from '@assent/accounts';
import { CarrierName } from '@assent/carriers';
import {
  BadInputError,
  Database,
  Hints,
  parseInput,
  publicId,
  type Transaction,
  uuid7,
} from '@assent/platform';
import { z } from 'zod';
import { type KillSwitch, KillSwitchKind, type SwitchTarget } from '../domain/kill-switch.js';
import { SWITCHING_REASONS, type SwitchingReason } from '../domain/switch-reasons.js';
import { KillSwitchStore } from '../persistence/kill-switch.store.js';

const LONGEST_MS = 366 * 24 * 60 * 60 * 1_000;
const LOOK_AGAIN_MS = 25;

/** The businesses concerned read it. */
const reasonRule = textRule(1_000);

const schema = z
  .object({
    kind: z.enum(KillSwitchKind, `must be one of ${Object.keys(KillSwitchKind).join(', ')}`),
    business: idRule('biz').nullish(),
    template: idRule('tpl').nullish(),
    carrier: z.enum(CarrierName, `must be one of ${Object.keys(CarrierName).join(', ')}`).nullish(),
    reason: reasonRule,
    endsAt: z.date('must be a time').nullish(),
  })
  .superRefine((input, context) => {
    for (const [field, kind] of Object.entries(NAMED_BY)) {
      const isNamed = (input[field as keyof typeof NAMED_BY] ?? null) !== null;
      if (isNamed === (input.kind === kind)) continue;
      const message = isNamed
        ? `must be left out for ${input.kind}`
        : `must be given, as the kind is ${kind}`;
      context.addIssue({ code: 'custom', path: [field], message });
    }
  });

/** Which field says what a switch of a kind is of. */
const NAMED_BY = { business: 'BUSINESS', template: 'TEMPLATE', carrier: 'CARRIER' } as const;

const liftSchema = z.object({ switch: idRule('ksw'), reason: reasonRule });

export type SwitchingRefused = Refused<SwitchingReason>;

/** An admin switches something off, or on again, with a reason that the businesses concerned read. */
@Injectable()
export class SetKillSwitch {
  constructor(
    private readonly database: Database,
    private readonly hints: Hints,
    private readonly store: KillSwitchStore,
    private readonly eyes: FourEyes,
  ) {
    eyes.register(
      {
        name: 'setKillSwitch',
        permission: 'switches:manage',
        run: (admin, { endsAt, ...input }) =>
          this.execute(admin, { ...input, endsAt: endsAt ? new Date(endsAt as string) : null }),
      },
      {
        name: 'liftKillSwitch',
        permission: 'switches:manage',
        run: (admin, input) => this.lift(admin, input),
      },
    );
  }

  /**
   * From its commit on nothing that it covers is accepted, becomes visible, or is on its way to a carrier. It takes the place of one of
   * the same thing; of one that ends later only with a second admin.
   * @throws BadInputError
   */
  async execute(
    acting: ActingAdmin,
    input: unknown,
  ): Promise<KillSwitch | SwitchingRefused | FourEyesRefusal> {
    const { endsAt = null, reason, ...named } = parseInput(schema, input);
    return this.database.transaction({ role: 'admin' }, async (tx) => {
      await this.store.lockChanges(tx);
      const [target, now] = await Promise.all([this.targetOf(tx, named), tx.now()]);
      if (target instanceof Refused) return target;
      if (endsAt && (endsAt <= now || endsAt.getTime() > now.getTime() + LONGEST_MS)) {
        throw new BadInputError([
          { field: 'input.endsAt', rule: 'must be in the future, in 366 days at the latest' },
        ]);
      }
      const killSwitch: KillSwitch = {
        id: uuid7(now.getTime()),
        kind: target.kind,
        businessId: 'businessId' in target ? target.businessId : null,
        templateId: 'templateId' in target ? target.templateId : null,
        carrier: 'carrier' in target ? target.carrier : null,
        reason,
        setBy: acting.adminId,
        setAt: now,
        endsAt,
        endedAt: null,
        endedBy: null,
        endReason: null,
      };
      const held = await this.askToReplace(tx, acting, killSwitch, named.carrier ?? null);
      if (held) return held;
      await this.store.set(tx, killSwitch);
      await this.store.holdFromCommit(tx);
      await this.waitForHandOffs(tx, target);
      return killSwitch;
    });
  }

  /**
   * From its commit on what it covered is accepted again; what it held goes on within seconds. Two admins decide it, but for carriers.
   * @throws BadInputError
   */
  async lift(acting: ActingAdmin, input: unknown): Promise<KillSwitch | SwitchingRefused | FourEyesRefusal> {
    const { switch: id, reason } = parseInput(liftSchema, input);
    return this.database.transaction({ role: 'admin' }, async (tx) => {
      await this.store.lockChanges(tx);
      const [now, known] = await Promise.all([tx.now(), this.store.byId(tx, id)]);
      if (!known) return refusedFor('SWITCH_NOT_FOUND');
      if (known.endedAt || (known.endsAt && known.endsAt <= now)) return refusedFor('SWITCH_OVER');
      const subject = publicId('ksw', id);
      const held = await this.eyes.ask(tx, acting, {
        operation: 'liftKillSwitch',
        isDangerous: known.kind !== 'CARRIER',
        input: { switch: subject, reason },
        basis: {},
        subjects: [subject, ...subjectsOf(known)],
        reason,
      });
      if (held) return held;
      await this.store.lift(tx, id, acting.adminId, reason, now);
      // What decisions under way still hold is committed before the end is, so whoever lets go finds all of it.
      await this.store.holdFromCommit(tx);
      tx.afterCommit(() => this.hints.send(['queue']));
      return (await this.store.byId(tx, id)) ?? refusedFor('SWITCH_NOT_FOUND');
    });
  }

  /** Who sets one that ends earlier than the one in force, lifts it as of then. */
  private async askToReplace(
    tx: Transaction,
    acting: ActingAdmin,
    next: KillSwitch,
    carrier: CarrierName | null,
  ): Promise<FourEyesRefusal | undefined> {
    const { kind, businessId, templateId, reason, endsAt } = next;
    const before = await this.store.sameInForce(tx, next, next.setAt);
    const endsEarlier =
      before !== undefined && endsAt !== null && (before.endsAt === null || endsAt < before.endsAt);
    return this.eyes.ask(tx, acting, {
      operation: 'setKillSwitch',
      isDangerous: endsEarlier && kind !== 'CARRIER',
      input: {
        kind,
        business: kind === 'BUSINESS' && businessId ? publicId('biz', businessId) : null,
        template: templateId && publicId('tpl', templateId),
        carrier,
        reason,
        endsAt: endsAt && endsAt.toISOString(),
      },
      basis: { before: before?.id ?? null },
      subjects: subjectsOf(next),
      reason,
    });
  }

  private async targetOf(
    tx: Transaction,
    {
      kind,
      business,
      template,
      carrier,
    }: Pick<z.output<typeof schema>, 'kind' | 'business' | 'template' | 'carrier'>,
  ): Promise<SwitchTarget | SwitchingRefused> {
    if (template) {
      const businessId = await this.store.businessOfTemplate(tx, template);
      return businessId
        ? { kind: 'TEMPLATE', businessId, templateId: template }
        : refusedFor('TEMPLATE_NOT_FOUND');
    }
    if (business) {
      const isKnown = await this.store.isBusiness(tx, business);
      return isKnown ? { kind: 'BUSINESS', businessId: business } : refusedFor('BUSINESS_NOT_FOUND');
    }
    if (carrier) return { kind: 'CARRIER', carrier };
    if (kind !== 'MARKETING') throw new Error('A switch is of nothing');
    return { kind };
  }

  /** Two seconds at most: no new hand-off begins, and each that is under way has a limit (ADR 34). */
  private async waitForHandOffs(tx: Transaction, target: SwitchTarget): Promise<void> {
    await tx.become({ role: 'engine' });
    while (await this.store.isHandingOver(tx, target)) await wait(LOOK_AGAIN_MS);
    await tx.become({ role: 'admin' });
  }
}

function subjectsOf({ businessId, templateId }: Pick<KillSwitch, 'businessId' | 'templateId'>): string[] {
  return [
    ...(businessId ? [publicId('biz', businessId)] : []),
    ...(templateId ? [publicId('tpl', templateId)] : []),
  ];
}

function refusedFor(reason: SwitchingReason): SwitchingRefused {
  return new Refused(reason, SWITCHING_REASONS[reason].message);
}
