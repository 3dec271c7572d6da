import { Injectable } from '@nestjs/common';
import {
  Database,
  type ExportRecord,
  inPages,
  type PersonExport,
  type PersonKey,
  publicId,
} from '@assent/platform';

const PAGE = 500;

interface SentRow {
  media_id: string;
  business_id: string;
}

interface OwnRow {
  media_id: string;
  sent_to: string | null;
  type: string;
  bytes: number;
  sha256: Buffer;
  expires_at: Date;
}

/** Which media a person uploaded, or was sent, and are still kept; what they were sent stands with their messages. */
@Injectable()
export class MediaExport implements PersonExport {
  constructor(private readonly database: Database) {}

  estimate(): Promise<number> {
    return Promise.resolve(0);
  }

  async *export(person: PersonKey): AsyncGenerator<ExportRecord, void, undefined> {
    for await (const { media_id, business_id } of this.pages<SentRow>(
      person,
      'SELECT media_id, business_id FROM media_use',
      'media_id',
    )) {
      yield {
        file: 'media.jsonl',
        row: { media: publicId('med', media_id), business: publicId('biz', business_id) },
      };
    }
    for await (const { media_id, sent_to, type, bytes, sha256, expires_at } of this.pages<OwnRow>(
      person,
      'SELECT id AS media_id, sent_to, type, bytes::float8 AS bytes, sha256, expires_at FROM media',
      'id',
    )) {
      yield {
        file: 'media.jsonl',
        row: {
          media: publicId('med', media_id),
          uploadedByYou: true,
          business: sent_to && publicId('biz', sent_to),
          type,
          bytes,
          sha256: sha256.toString('hex'),
          keptUntil: expires_at.toISOString(),
        },
      };
    }
  }

  private pages<Row extends { media_id: string }>(
    { lane, personId }: PersonKey,
    select: string,
    id: 'id' | 'media_id',
  ): AsyncGenerator<Row> {
    return inPages<Row>(PAGE, (last, limit) =>
      this.database.rows(
        { role: 'person', personId },
        {
          text: `${select} WHERE lane = $1 AND person_id = $2 AND ($3::uuid IS NULL OR ${id} > $3) ORDER BY ${id} LIMIT $4`,
          values: [lane, personId, last?.media_id ?? null, limit],
        },
      ),
    );
  }
}
