import { registerEnumType } from '@nestjs/graphql';
import { ContentState } from '../domain/content.js';

registerEnumType(ContentState, {
  name: 'ContentState',
  description: 'Whether what a message says can be shown.',
  valuesMap: {
    READABLE: { description: 'It can.' },
    ERASED: { description: 'It was erased: `text` and `media` are null.' },
    UNREADABLE: {
      description:
        'What is stored is not what was sealed, or its key is missing: `text` and `media` are null. The operator has been told of it.',
    },
  },
});

/** Of the field `contentState`, wherever messages are read. */
export const CONTENT_STATE = 'Whether what it says can be shown, and why not.';
