import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Member } from '../domain/member.js';
import type { MemberRole } from '../domain/permissions.js';

/** One of the staff of a business. */
@Entity('member')
export class MemberRow implements Member {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'business_id', type: 'uuid' })
  businessId!: string;

  @Column({ type: 'text' })
  email!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  role!: MemberRole;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
