import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Admin } from '../domain/admin.js';

/** One of the operator's staff. */
@Entity('admin')
export class AdminRow implements Admin {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
