import { describe, expect, it } from '@jest/globals';
import { memorySettings } from './settings.ts';

const GB = 2 ** 30;

describe('memorySettings', () => {
  it.each([
    [24 * GB, '6144MB', '12288MB'],
    [2 * GB, '512MB', '1024MB'],
    [256 * GB, '8192MB', '131072MB'],
    [GB / 4, '128MB', '128MB'],
  ])(
    'gives a server on a machine with %d bytes %s for pages',
    (bytes, shared_buffers, effective_cache_size) => {
      expect(memorySettings(bytes)).toEqual({ shared_buffers, effective_cache_size });
    },
  );
});
