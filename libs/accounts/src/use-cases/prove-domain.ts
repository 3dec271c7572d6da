import { Injectable } from '@nestjs/common';
import { BadInputError, Configuration, KeyRing } from '@assent/platform';
import { TextRecords } from '../adapters/text-records.js';
import { WebsiteFiles } from '../adapters/website-files.js';
import { Refused } from '../domain/refused.js';
import type { DomainEvidence } from '../domain/verification.js';
import {
  challengeFor,
  type DomainChallenge,
  holdsLine,
  readWebsite,
  type Website,
} from '../domain/website.js';

/** Letters of the proof: 192 bits. */
const TOKEN_LENGTH = 32;

/** Says how a business proves that it controls a domain, and looks whether it does. */
@Injectable()
export class ProveDomain {
  constructor(
    private readonly configuration: Configuration,
    private readonly keys: KeyRing,
    private readonly files: WebsiteFiles,
    private readonly records: TextRecords,
  ) {}

  /** @throws BadInputError naming `field` where the text is no website that can be proved */
  website(text: string, field: string): Website {
    const website = readWebsite(text, { allowPrivate: this.configuration.allowPrivateWebsites });
    if ('rule' in website) throw new BadInputError([{ field, rule: website.rule }]);
    return website;
  }

  /** What this business has to publish. Computed from the platform's key, so that nothing needs to be kept. */
  challenge(businessId: string, website: Website): DomainChallenge {
    // What is published stays published: the first key version for ever.
    const proof = this.keys.mac('domain-proof', `${businessId}\n${website.host}`, 1).toString('base64url');
    return challengeFor(website, proof.slice(0, TOKEN_LENGTH));
  }

  /** Looks for the evidence: over the network, so never inside a transaction. Undefined: it is there. */
  async check(
    challenge: DomainChallenge,
    evidence: DomainEvidence,
  ): Promise<Refused<'DOMAIN_NOT_PROVEN'> | undefined> {
    return evidence === 'DNS_TXT' ? this.checkRecords(challenge) : this.checkFile(challenge);
  }

  private async checkFile({ fileUrl, fileContent }: DomainChallenge) {
    const file = await this.files.read(fileUrl);
    if ('found' in file) return notProven(`the line "${fileContent}" at ${fileUrl}`, file.found);
    if (holdsLine(file.content, fileContent)) return undefined;
    return notProven(
      `the line "${fileContent}" at ${fileUrl}`,
      `${Buffer.byteLength(file.content)} bytes without it`,
    );
  }

  private async checkRecords({ dnsName, dnsValue }: DomainChallenge) {
    if (dnsName === null)
      return notProven(`a TXT record with "${dnsValue}"`, 'an address, which has no DNS records');
    const answer = await this.records.resolve(dnsName);
    const wanted = `a TXT record ${dnsName} with "${dnsValue}"`;
    if ('found' in answer) return notProven(wanted, answer.found);
    if (answer.records.some((record) => record.trim() === dnsValue)) return undefined;
    return notProven(wanted, `${answer.records.length} TXT records of that name, none of them with it`);
  }
}

function notProven(wanted: string, found: string): Refused<'DOMAIN_NOT_PROVEN'> {
  return new Refused(
    'DOMAIN_NOT_PROVEN',
    `Looked for ${wanted}. Found ${found}. Publish it and submit again.`,
  );
}
