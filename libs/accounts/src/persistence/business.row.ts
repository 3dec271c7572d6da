import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Business, BusinessCategory, ReachTier } from '../domain/business.js';
import type { BusinessStatus } from '../domain/business-states.js';

/** An organisation with an account. */
@Entity('business')
export class BusinessRow implements Business {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'display_name', type: 'text' })
  displayName!: string;

  @Column({ type: 'char', length: 2 })
  country!: string;

  @Column({ type: 'text' })
  status!: BusinessStatus;

  @Column({ name: 'reach_tier', type: 'text' })
  reachTier!: ReachTier;

  @Column({ type: 'text', nullable: true })
  category!: BusinessCategory | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  /** UUID of the business that this is the sandbox of; null: it is a business. */
  @Column({ name: 'sandbox_of', type: 'uuid', nullable: true })
  sandboxOf!: string | null;
}
