import { Injectable } from '@nestjs/common';
import { LogSigner } from '@assent/consent';
import type { Json } from '@assent/ledger';
import { publicId } from '@assent/platform';
import type { ReportProof } from '../domain/disclosed.js';
import type { Report } from '../domain/report.js';
import { commitmentOf } from '../persistence/commitment.js';
import { ReportVault } from '../persistence/report-vault.js';

/** Names the format, and stands before what is signed. */
const REPORT_RECEIPT_FORMAT = 'assent-report-receipt/1';

/** What proves that a reported message was sent. */
export interface ProvenReport extends ReportProof {
  /** The row of the report still says what was found when it was made. */
  verified: boolean;
  /** Hexadecimal digits. */
  commitment: string;
}

/** Says what a report proves, and signs it for whoever is to rely on it. */
@Injectable()
export class ProveReport {
  constructor(
    private readonly vault: ReportVault,
    private readonly signer: LogSigner,
  ) {}

  /** Null: the message was sent before there were proofs. */
  execute({ id, sealed, businessId, receivedAt, reportedAt }: Report): ProvenReport | null {
    const disclosed = this.vault.open(id, sealed);
    const { proof } = disclosed;
    if (!proof) return null;
    // The rest of the row is not sealed, so it is compared with what is.
    const verified =
      proof.businessId === businessId &&
      proof.receivedAt === receivedAt.toISOString() &&
      proof.reportedAt === reportedAt.toISOString();
    return { ...proof, verified, commitment: commitmentOf(disclosed, proof).toString('hex') };
  }

  /**
   * The platform's signed word that a business sent this, with the message beside it, which can be cut out. Null where nothing is
   * proven. @param businessName as it is called now
   */
  receipt(report: Report, businessName: string): Record<string, Json> | null {
    const proof = this.execute(report);
    if (!proof?.verified) return null;
    const { text, media } = this.vault.open(report.id, report.sealed);
    const receipt = {
      format: REPORT_RECEIPT_FORMAT,
      report: {
        business: publicId('biz', proof.businessId),
        business_name: businessName,
        sent_at: proof.sentAt,
        received_at: proof.receivedAt,
        reported_at: proof.reportedAt,
        commitment: proof.commitment,
      },
      log: { origin: this.signer.origin, keys: this.signer.verifierKeys },
    };
    return {
      ...receipt,
      message: { text, media: media && { ...media }, tag: proof.tag },
      signatures: this.signer.attest(REPORT_RECEIPT_FORMAT, receipt),
    };
  }
}
