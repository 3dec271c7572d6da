import { Injectable } from '@nestjs/common';
import { Configuration } from '@assent/platform';
import type { QualityRules } from '../domain/quality.js';
import { type Pacing, pacingOf } from '../domain/sample.js';

/** The rules of quality as the operator set them. */
@Injectable()
export class QualitySettings {
  readonly rules: QualityRules;
  /** How many people must have spoken against a business or a template before anything follows from it. */
  readonly people: number;
  readonly pacing: Pacing;

  constructor({ settings }: Configuration) {
    this.rules = {
      halfLifeDays: settings.QUALITY_HALF_LIFE_DAYS,
      provenDays: settings.QUALITY_PROVEN_DAYS,
      cohortShare: settings.QUALITY_COHORT_PERCENT / 100,
      evidence: settings.QUALITY_EVIDENCE,
    };
    this.people = settings.RESTRICTION_EVIDENCE;
    this.pacing = pacingOf(settings);
  }
}
