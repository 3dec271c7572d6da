import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import type { MemberRole } from '../domain/permissions.js';
import type { SingleSignOn } from '../domain/single-sign-on.js';

/** A connection with the provider's secret, sealed. */
export interface SealedConnection extends SingleSignOn {
  secretSealed: Buffer;
}

const COLUMNS = `id, business_id, issuer, client_id, redirect_uri, email_domains, claim_name, claim_value, default_role,
  required, connected_at, last_used_at`;

/** Connections of businesses with their identity providers: one a business. */
@Injectable()
export class SingleSignOnStore {
  /** As its owner sees it. */
  async byBusiness(tx: Transaction, businessId: string): Promise<SingleSignOn | undefined> {
    const [row] = await tx.rows<Row>({
      text: `SELECT ${COLUMNS} FROM single_sign_on WHERE business_id = $1`,
      values: [businessId],
    });
    return row && toConnection(row);
  }

  /** With its secret; in the role `gate`. */
  async withSecret(tx: Transaction, businessId: string): Promise<SealedConnection | undefined> {
    const [row] = await tx.rows<Row & { secret_sealed: Buffer }>({
      text: `SELECT ${COLUMNS}, secret_sealed FROM single_sign_on WHERE business_id = $1`,
      values: [businessId],
    });
    return row && { ...toConnection(row), secretSealed: row.secret_sealed };
  }

  /** Whether members other than owners come in by it only. */
  async isRequired(tx: Transaction, businessId: string): Promise<boolean> {
    const [row] = await tx.rows<{ required: boolean }>({
      text: 'SELECT required FROM single_sign_on WHERE business_id = $1',
      values: [businessId],
    });
    return row?.required ?? false;
  }

  /**
   * Locks the connection that a sign-in began with, for who is about to open a session by it: whoever disconnects waits, and
   * ends that session too. @returns false where it is no longer this one
   */
  async use(tx: Transaction, { businessId, id }: SingleSignOn): Promise<boolean> {
    const used = await tx.run({
      text: `UPDATE single_sign_on SET last_used_at = assent_now() WHERE business_id = $1 AND id = $2`,
      values: [businessId, id],
    });
    return used > 0;
  }

  /** Connects a business that has no connection. In the role `business`, which never reads the secret again. */
  async connect(tx: Transaction, connection: SealedConnection, memberId: string): Promise<void> {
    await tx.run({
      text: `INSERT INTO single_sign_on (business_id, id, issuer, client_id, secret_sealed, redirect_uri, email_domains,
          claim_name, claim_value, default_role, required, connected_by, connected_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      values: [
        connection.businessId,
        connection.id,
        connection.issuer,
        connection.clientId,
        connection.secretSealed,
        connection.redirectUri,
        connection.emailDomains,
        connection.requiredClaim?.name ?? null,
        connection.requiredClaim?.value ?? null,
        connection.defaultRole,
        connection.required,
        memberId,
        connection.connectedAt,
      ],
    });
  }

  /** @returns false where nothing was connected */
  async disconnect(tx: Transaction, businessId: string): Promise<boolean> {
    const removed = await tx.run({
      text: 'DELETE FROM single_sign_on WHERE business_id = $1',
      values: [businessId],
    });
    return removed > 0;
  }

  /**
   * Ends what was opened by a connection, or for one member by a link, that is no longer: behind its lock, so that none is opened
   * meanwhile.
   */
  async endSessions(tx: Transaction, businessId: string, memberId: string | null = null): Promise<void> {
    await tx.run({
      text: `DELETE FROM member_session
        WHERE business_id = $1 AND signed_on AND ($2::uuid IS NULL OR member_id = $2)`,
      values: [businessId, memberId],
    });
  }
}

interface Row {
  id: string;
  business_id: string;
  issuer: string;
  client_id: string;
  redirect_uri: string;
  email_domains: string[];
  claim_name: string | null;
  claim_value: string | null;
  default_role: MemberRole | null;
  required: boolean;
  connected_at: Date;
  last_used_at: Date | null;
}

function toConnection(row: Row): SingleSignOn {
  const { claim_name: name, claim_value: value } = row;
  return {
    id: row.id,
    businessId: row.business_id,
    issuer: row.issuer,
    clientId: row.client_id,
    redirectUri: row.redirect_uri,
    emailDomains: row.email_domains,
    requiredClaim: name === null || value === null ? null : { name, value },
    defaultRole: row.default_role,
    required: row.required,
    connectedAt: row.connected_at,
    lastUsedAt: row.last_used_at,
  };
}
