import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BusinessCategory } from '../domain/business.js';
import type { DomainEvidence, Verification, VerificationStatus } from '../domain/verification.js';

/** A request of a business to be verified, and what became of it. */
@Entity('verification')
export class VerificationRow implements Verification {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'business_id', type: 'uuid' })
  businessId!: string;

  @Column({ type: 'text' })
  status!: VerificationStatus;

  @Column({ name: 'legal_name', type: 'text' })
  legalName!: string;

  @Column({ name: 'registration_number', type: 'text' })
  registrationNumber!: string;

  @Column({ type: 'char', length: 2 })
  country!: string;

  @Column({ type: 'text' })
  website!: string;

  @Column({ type: 'text', nullable: true })
  category!: BusinessCategory | null;

  @Column({ type: 'text' })
  evidence!: DomainEvidence;

  @Column({ name: 'evidence_checked_at', type: 'timestamptz' })
  evidenceCheckedAt!: Date;

  @Column({ name: 'submitted_by', type: 'uuid' })
  submittedBy!: string;

  @Column({ name: 'submitted_at', type: 'timestamptz' })
  submittedAt!: Date;

  @Column({ name: 'decided_by', type: 'uuid', nullable: true })
  decidedBy!: string | null;

  @Column({ name: 'decided_at', type: 'timestamptz', nullable: true })
  decidedAt!: Date | null;

  @Column({ type: 'text', nullable: true })
  reason!: string | null;
}
