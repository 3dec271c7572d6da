import { Module } from '@nestjs/common';
import { AuditModule } from '@assent/ledger';
import { Configuration, KeyRing } from '@assent/platform';
import { FileStorage } from './adapters/file-storage.js';
import { MediaStorage } from './adapters/media-storage.js';
import { S3Storage } from './adapters/s3-storage.js';
import { MediaErasure } from './persistence/media-erasure.js';
import { MediaStore } from './persistence/media.store.js';
import { CompleteMediaUpload } from './use-cases/complete-media-upload.js';
import { CreateMediaUpload } from './use-cases/create-media-upload.js';
import { ForgetMedia } from './use-cases/forget-media.js';
import { MediaExport } from './use-cases/media-export.js';
import { OwnFiles } from './use-cases/own-files.js';
import { SentMedia } from './use-cases/sent-media.js';
import { StoreMedia } from './use-cases/store-media.js';

/** Files that go with messages: in the operator's object store, or in the data directory. */
@Module({
  imports: [AuditModule],
  providers: [
    {
      provide: MediaStorage,
      inject: [Configuration, KeyRing],
      useFactory: (configuration: Configuration, keys: KeyRing): MediaStorage => {
        const { MEDIA_S3_URL, MEDIA_S3_KEY, MEDIA_S3_REGION: region } = configuration.settings;
        if (!MEDIA_S3_URL || !MEDIA_S3_KEY) return new FileStorage(configuration, keys);
        return new S3Storage(MEDIA_S3_URL, { ...MEDIA_S3_KEY, region });
      },
    },
    MediaErasure,
    MediaStore,
    CompleteMediaUpload,
    CreateMediaUpload,
    ForgetMedia,
    MediaExport,
    OwnFiles,
    SentMedia,
    StoreMedia,
  ],
  exports: [
    CompleteMediaUpload,
    CreateMediaUpload,
    ForgetMedia,
    MediaErasure,
    MediaExport,
    OwnFiles,
    SentMedia,
    StoreMedia,
  ],
})
export class MediaModule {}
