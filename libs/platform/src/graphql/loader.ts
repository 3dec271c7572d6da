import DataLoader from 'dataloader';
import type { RequestContext } from './viewer.js';

const loaders = new WeakMap<RequestContext, Map<object, unknown>>();

/**
 * The DataLoader of one operation for an owner (a resolver, say): what its fields ask for in one turn is loaded in one
 * statement. It batches and does not cache: a subscription's operation lives for hours, and must see what is new.
 *
 * @param batch loads different keys, in any order; what it leaves out is answered with undefined
 */
export function loaderOf<Key extends string, Value>(
  context: RequestContext,
  owner: object,
  batch: (keys: Key[]) => Promise<Map<Key, Value>>,
): DataLoader<Key, Value | undefined> {
  let ofContext = loaders.get(context);
  if (!ofContext) loaders.set(context, (ofContext = new Map<object, unknown>()));
  let loader = ofContext.get(owner) as DataLoader<Key, Value | undefined> | undefined;
  if (!loader) {
    loader = new DataLoader(
      async (keys) => {
        const values = await batch([...new Set(keys)]);
        return keys.map((key) => values.get(key));
      },
      { cache: false },
    );
    ofContext.set(owner, loader);
  }
  return loader;
}
