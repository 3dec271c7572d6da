import { DeviceRow } from './device.row.js';

/** TypeORM entities of this library. */
export const PEOPLE_ROWS: (new () => object)[] = [DeviceRow];
