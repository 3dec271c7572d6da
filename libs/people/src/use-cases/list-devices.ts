import { Injectable } from '@nestjs/common';
import { Database } from '@assent/platform';
import type { PersonViewer } from '../domain/person-viewer.js';
import type { DeviceRow } from '../persistence/device.row.js';
import { DeviceStore } from '../persistence/device.store.js';

/** A device as it is kept. */
export type RegisteredDevice = DeviceRow;

/** Lists a person's devices. */
@Injectable()
export class ListDevices {
  constructor(
    private readonly database: Database,
    private readonly devices: DeviceStore,
  ) {}

  async execute({ lane, personId }: PersonViewer): Promise<RegisteredDevice[]> {
    return this.database.transaction({ role: 'person', personId }, (tx) =>
      this.devices.all(tx, { lane, personId }),
    );
  }
}
