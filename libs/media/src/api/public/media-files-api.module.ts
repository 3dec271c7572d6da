import { Module } from '@nestjs/common';
import { MediaModule } from '../../media.module.js';
import { MediaFileController } from './media-file.controller.js';

/** The platform's own store of media, over HTTP. */
@Module({ imports: [MediaModule], controllers: [MediaFileController] })
export class MediaFilesApiModule {}
