import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One of a person's apps, with its public key. */
@Entity('device')
export class DeviceRow {
  @PrimaryColumn({ type: 'smallint' })
  lane!: number;

  @PrimaryColumn({ name: 'person_id', type: 'uuid' })
  personId!: string;

  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ name: 'public_key', type: 'bytea' })
  publicKey!: Buffer;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
