import { Module } from '@nestjs/common';
import { MediaModule } from '../../media.module.js';
import { PersonMediaResolver } from './media.resolver.js';

/** Uploads of media in the person API. */
@Module({ imports: [MediaModule], providers: [PersonMediaResolver] })
export class MediaPersonApiModule {}
