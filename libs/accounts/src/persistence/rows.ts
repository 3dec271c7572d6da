/** TypeORM entities of this library. */
export const ACCOUNTS_ROWS: (new () => object)[] = [];
