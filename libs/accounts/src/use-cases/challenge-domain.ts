import { Injectable } from '@nestjs/common';
import type { BusinessViewer } from '../domain/viewers.js';
import type { DomainChallenge } from '../domain/website.js';
import { ProveDomain } from './prove-domain.js';

/** Tells a business what to publish to prove that it controls its website's domain. */
@Injectable()
export class ChallengeDomain {
  constructor(private readonly proof: ProveDomain) {}

  execute({ businessId }: BusinessViewer, website: string): DomainChallenge {
    return this.proof.challenge(businessId, this.proof.website(website, 'website'));
  }
}
