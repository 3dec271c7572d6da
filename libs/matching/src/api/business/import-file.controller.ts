import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, HttpException, Param, Post, Req, StreamableFile } from '@nestjs/common';
import { AuthenticateBusiness, type BusinessViewer } from '@assent/accounts';
import { addressSubject, publicId, RequestBudgets, RequestCost } from '@assent/platform';
import type { FastifyRequest } from 'fastify';
import { MATCHING_REASONS } from '../../domain/matching-reasons.js';
import { ReadImports } from '../../use-cases/read-imports.js';
import { MOST_OPEN_IMPORTS, UploadImport, type UploadOutcome } from '../../use-cases/upload-import.js';
import { notAllowed } from './import.presenter.js';

/** A client that sends nothing for so long is gone. */
const SILENCE_MS = 30_000;
/** A file, and its results. */
const UNITS = 100;
const UNKNOWN_TOKEN_UNITS = 10;

/**
 * Files of opt-ins by plain HTTP: GraphQL carries no streams. Answers are JSON, refusals with reason and message as in
 * GraphQL, under the status code that fits.
 */
@Controller('business/consent-imports')
@RequestCost(0)
export class ImportFileController {
  constructor(
    private readonly authenticator: AuthenticateBusiness,
    private readonly uploads: UploadImport,
    private readonly imports: ReadImports,
    private readonly budgets: RequestBudgets,
  ) {}

  /** Takes a CSV file and answers 202 with its id. */
  @Post()
  @HttpCode(202)
  async upload(@Req() request: FastifyRequest): Promise<{ id: string; status: 'QUEUED' }> {
    const { businessId } = await this.viewerOf(request);
    const file = request.body;
    if (!(file instanceof Readable)) {
      throw refused(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send the file as it is, with content-type: text/csv.');
    }
    request.raw.setTimeout(SILENCE_MS, () => request.raw.destroy());
    const outcome = await this.uploads.execute(businessId, file);
    if ('jobId' in outcome) return { id: publicId('imp', outcome.jobId), status: 'QUEUED' };
    throw refusalOf(outcome);
  }

  /** The result of each row so far, as CSV. */
  @Get(':id/results')
  async results(@Req() request: FastifyRequest, @Param('id') id: string): Promise<StreamableFile> {
    const viewer = await this.viewerOf(request);
    const job = await this.imports.byId(viewer, id);
    if (!job) throw refused(404, 'CONSENT_IMPORT_UNKNOWN', MATCHING_REASONS.CONSENT_IMPORT_UNKNOWN.message);
    return new StreamableFile(Readable.from(this.imports.results(viewer, job), { objectMode: false }), {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="${id}-results.csv"`,
    });
  }

  private async viewerOf({ headers, ip }: FastifyRequest): Promise<BusinessViewer> {
    const viewer = await this.authenticator.authenticate(headers.authorization ?? '');
    if (!viewer) {
      await this.budgets.charge(addressSubject(ip), UNKNOWN_TOKEN_UNITS);
      throw refused(401, 'UNAUTHENTICATED', 'Send a valid token or key as "Authorization: Bearer …".');
    }
    if (!viewer.may('consents:import')) {
      throw refused(403, 'FORBIDDEN', 'This needs the permission consents:import.');
    }
    await this.budgets.charge(viewer.subject, UNITS);
    return viewer;
  }
}

function refused(status: number, reason: string, message: string): HttpException {
  return new HttpException({ reason, message }, status);
}

function refusalOf(outcome: Extract<UploadOutcome, { refused: string }>): HttpException {
  switch (outcome.refused) {
    case 'BUSINESS': {
      const { reason, message } = notAllowed(outcome.status);
      return refused(403, reason, message);
    }
    case 'TOO_MANY':
      return refused(
        409,
        'TOO_MANY_IMPORTS',
        `${MOST_OPEN_IMPORTS} files of yours have not ended yet. Wait for one of them, or cancel it.`,
      );
    case 'TOO_LARGE':
      return refused(413, 'FILE_TOO_LARGE', `A file has at most ${outcome.most} bytes. Split it.`);
    case 'EMPTY':
      return refused(400, 'FILE_EMPTY', 'The file is empty.');
  }
}
