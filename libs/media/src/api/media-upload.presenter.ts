import { Refused, toRefusal } from '@assent/accounts';
import { publicId } from '@assent/platform';
import type { CompleteMediaUpload } from '../use-cases/complete-media-upload.js';
import type { CreateMediaUpload } from '../use-cases/create-media-upload.js';
import {
  CompleteMediaUploadPayload,
  CompleteMediaUploadRefused,
  type CompleteMediaUploadResult,
  CreateMediaUploadPayload,
  CreateMediaUploadRefused,
  type CreateMediaUploadResult,
} from './media-upload.types.js';

/** An upload that may begin, or why not. */
export function toUpload(
  made: Awaited<ReturnType<CreateMediaUpload['execute']>>,
): typeof CreateMediaUploadResult {
  if (made instanceof Refused) return toRefusal(CreateMediaUploadRefused, made);
  const { media, request } = made;
  return Object.assign(new CreateMediaUploadPayload(), {
    id: publicId('med', media.id),
    url: request.url,
    headers: Object.entries(request.headers).map(([name, value]) => ({ name, value })),
    expiresAt: media.expiresAt,
  });
}

/** A medium that can be sent, or why not. */
export function toCompleted(
  media: Awaited<ReturnType<CompleteMediaUpload['execute']>>,
): typeof CompleteMediaUploadResult {
  if (media instanceof Refused) return toRefusal(CompleteMediaUploadRefused, media);
  const { id, expiresAt } = media;
  return Object.assign(new CompleteMediaUploadPayload(), { id: publicId('med', id), expiresAt });
}
