/**
 * The rows of a keyset query, page by page, each page read when it is asked for: no snapshot and no connection is held
 * however long the reader takes.
 * @param read the next rows behind the last one that was read; undefined: from the beginning
 */
export async function* inPages<Row>(
  size: number,
  read: (last: Row | undefined, limit: number) => Promise<Row[]>,
): AsyncGenerator<Row, void, undefined> {
  let last: Row | undefined;
  for (;;) {
    const page = await read(last, size);
    yield* page;
    if (page.length < size) return;
    last = page.at(-1);
  }
}
