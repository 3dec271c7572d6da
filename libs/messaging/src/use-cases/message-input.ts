import { z } from 'zod';
import { MessagePurpose, WhenLimited } from '../domain/message.js';
import { isMessageText } from '../domain/text.js';

/** What a message is asked for with, whether it is to be sent or only looked at. */
export const draftFields = {
  contact: z.string().max(60, 'must be the id of a contact'),
  purpose: z.enum(MessagePurpose, 'must be AUTHENTICATION, SERVICE or MARKETING'),
  text: z.string().refine(isMessageText, 'must have 1 to 4,096 characters of well-formed Unicode'),
  whenLimited: z.enum(WhenLimited, 'must be DEFER or REFUSE').default('DEFER'),
};
