import { Module } from '@nestjs/common';
import { MediaModule } from '../../media.module.js';
import { MediaResolver } from './media.resolver.js';

/** Uploads of media in the business API. */
@Module({ imports: [MediaModule], providers: [MediaResolver] })
export class MediaBusinessApiModule {}
