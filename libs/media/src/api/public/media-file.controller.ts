import { Readable } from 'node:stream';
import {
  Body,
  ConflictException,
  Controller,
  Get,
  Header,
  HttpCode,
  NotFoundException,
  Param,
  Put,
  Query,
  StreamableFile,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import { RequestCost } from '@assent/platform';
import { attachment } from '../../domain/disposition.js';
import { OwnFiles, type PresentedUrl } from '../../use-cases/own-files.js';

type Presented = Omit<PresentedUrl, 'id'>;

/**
 * The platform's own store of media. Whoever has a URL that it signed may do what that says. What comes from here a browser
 * saves: it shows none of it, guesses no type, and runs nothing.
 */
@Controller('media')
export class MediaFileController {
  constructor(private readonly files: OwnFiles) {}

  /** Exactly the bytes that were declared, as application/octet-stream. */
  @Put(':id')
  @HttpCode(204)
  @RequestCost(100)
  async put(@Param('id') id: string, @Query() query: Presented, @Body() body: unknown): Promise<void> {
    if (!(body instanceof Readable)) throw new UnsupportedMediaTypeException('Send application/octet-stream');
    const outcome = await this.files.put(presented(id, query), body);
    if (outcome === 'UNKNOWN') throw new NotFoundException('There is no such upload');
    if (outcome === 'DIFFERENT') throw new ConflictException('These are not the bytes that were declared');
  }

  @Get(':id')
  @RequestCost(10)
  @Header('cache-control', 'private, no-store')
  @Header('x-content-type-options', 'nosniff')
  @Header('content-security-policy', "sandbox; default-src 'none'")
  @Header('cross-origin-resource-policy', 'cross-origin')
  @Header('referrer-policy', 'no-referrer')
  async get(@Param('id') id: string, @Query() query: Presented): Promise<StreamableFile> {
    const found = await this.files.get(presented(id, query));
    if (!found) throw new NotFoundException('There is no such file');
    const { media, name, bytes } = found;
    return new StreamableFile(bytes, {
      type: media.type,
      disposition: attachment(name),
      length: media.bytes,
    });
  }
}

/** A parameter that stands twice is a list, and was signed by nobody. */
function presented(id: string, query: Record<string, unknown>): PresentedUrl {
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return { id, until: text(query['until']), name: text(query['name']), signature: text(query['signature']) };
}
