import { Readable } from 'node:stream';
import {
  Controller,
  Get,
  Header,
  Headers,
  NotFoundException,
  Param,
  StreamableFile,
  UnauthorizedException,
} from '@nestjs/common';
import { AuthenticatePerson } from '@assent/people';
import { ClientSubject, RequestBudgets, RequestCost, type Subject } from '@assent/platform';
import { ReadExports } from '../../use-cases/read-exports.js';

const UNITS = 100;
const UNKNOWN_TOKEN_UNITS = 10;

/** Fetching exports: plain HTTP, since a file of any size has no place in an answer of GraphQL. */
@Controller('person/exports')
@RequestCost(0)
export class ExportController {
  constructor(
    private readonly people: AuthenticatePerson,
    private readonly read: ReadExports,
    private readonly budgets: RequestBudgets,
  ) {}

  /** One of the person's own exports. What expired, is somebody else's, is not ready or never was: 404, all alike. */
  @Get(':id')
  @Header('cache-control', 'private, no-store')
  @Header('x-content-type-options', 'nosniff')
  async fetch(
    @Param('id') id: string,
    @ClientSubject() client: Subject,
    @Headers('authorization') authorization?: string,
  ): Promise<StreamableFile> {
    const viewer = await this.people.authenticate(authorization ?? '');
    await this.budgets.charge(viewer?.subject ?? client, viewer ? UNITS : UNKNOWN_TOKEN_UNITS);
    if (!viewer) throw new UnauthorizedException('Send a valid token as "Authorization: Bearer …".');
    const found = await this.read.fetch(viewer, id);
    if (!found) throw new NotFoundException('There is no such export');
    const { bytes, size, madeAt } = found;
    return new StreamableFile(Readable.from(bytes, { objectMode: false }), {
      type: 'application/zip',
      disposition: `attachment; filename="assent-export-${madeAt.toISOString().slice(0, 10)}.zip"`,
      length: size,
    });
  }
}
