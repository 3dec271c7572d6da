import { Resolver } from 'node:dns/promises';
import { Injectable } from '@nestjs/common';
import { Configuration } from '@assent/platform';

const TIME_LIMIT_MS = 10_000;
/** For each try of each server. */
const PATIENCE_MS = 2_500;

/** The TXT records of a name, or what was found in their place, for people. */
export type FoundRecords = { records: string[] } | { found: string };

/** Resolves TXT records, at DNS_SERVERS where they are given, within 10 s. */
@Injectable()
export class TextRecords {
  private readonly servers: string[] | undefined;

  constructor({ settings }: Configuration) {
    this.servers = settings.DNS_SERVERS;
  }

  async resolve(name: string): Promise<FoundRecords> {
    // A resolver of its own for each name, so that cancelling one at its time limit cancels no other.
    const resolver = new Resolver({ timeout: PATIENCE_MS, tries: 2 });
    if (this.servers) resolver.setServers(this.servers);
    const limit = setTimeout(() => {
      resolver.cancel();
    }, TIME_LIMIT_MS);
    try {
      const records = await resolver.resolveTxt(name);
      return { records: records.map((parts) => parts.join('')) };
    } catch (error) {
      return { found: describe((error as { code?: string }).code) };
    } finally {
      clearTimeout(limit);
    }
  }
}

function describe(code: string | undefined): string {
  switch (code) {
    case 'ENODATA':
    case 'ENOTFOUND':
      return 'no TXT record of that name';
    case 'ETIMEOUT':
    case 'ECANCELLED':
      return `no answer of the DNS within ${TIME_LIMIT_MS / 1_000} s`;
    default:
      return `no answer of the DNS (${code ?? 'unknown error'})`;
  }
}
