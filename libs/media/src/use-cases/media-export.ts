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

/** Which media a person was sent and are still kept; what they are stands with their messages. */
@Injectable()
export class MediaExport implements PersonExport {
  constructor(private readonly database: Database) {}

  estimate(): Promise<number> {
    return Promise.resolve(0);
  }

  async *export({ lane, personId }: PersonKey): AsyncGenerator<ExportRecord, void, undefined> {
    const uses = inPages<{ media_id: string; business_id: string }>(PAGE, (last, limit) =>
      this.database.rows(
        { role: 'person', personId },
        {
          text: `SELECT media_id, business_id FROM media_use
            WHERE lane = $1 AND person_id = $2 AND ($3::uuid IS NULL OR media_id > $3) ORDER BY media_id LIMIT $4`,
          values: [lane, personId, last?.media_id ?? null, limit],
        },
      ),
    );
    for await (const { media_id, business_id } of uses) {
      yield {
        file: 'media.jsonl',
        row: { media: publicId('med', media_id), business: publicId('biz', business_id) },
      };
    }
  }
}
