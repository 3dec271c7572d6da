import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A member who is signed in; only the hash of the token is kept. */
@Entity('member_session')
export class MemberSessionRow {
  @PrimaryColumn({ name: 'token_hash', type: 'bytea' })
  tokenHash!: Buffer;

  @Column({ name: 'member_id', type: 'uuid' })
  memberId!: string;

  @Column({ name: 'business_id', type: 'uuid' })
  businessId!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt!: Date;

  /** Whether the identity provider of the business opened it. */
  @Column({ name: 'signed_on', type: 'boolean' })
  signedOn!: boolean;
}
