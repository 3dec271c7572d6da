import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Admin } from '../domain/admin.js';
import type { AdminRole } from '../domain/permissions.js';

/** One of the operator's staff. */
@Entity('admin')
export class AdminRow implements Admin {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  role!: AdminRole;

  @Column({ type: 'text', nullable: true })
  email!: string | null;

  @Column({ name: 'added_by', type: 'uuid', nullable: true })
  addedBy!: string | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'signed_in_at', type: 'timestamptz', nullable: true })
  signedInAt!: Date | null;

  @Column({ name: 'removed_at', type: 'timestamptz', nullable: true })
  removedAt!: Date | null;
}
