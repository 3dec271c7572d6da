import { Injectable } from '@nestjs/common';
import { Database, parsePublicId } from '@assent/platform';
import type { PersonViewer } from '../domain/person-viewer.js';
import { DeviceStore } from '../persistence/device.store.js';

/** Removes one of a person's devices; an id that is none of them removes nothing. */
@Injectable()
export class RemoveDevice {
  constructor(
    private readonly database: Database,
    private readonly devices: DeviceStore,
  ) {}

  async execute({ lane, personId }: PersonViewer, device: string): Promise<boolean> {
    const id = parsePublicId('dev', device);
    if (!id) return false;
    return this.database.transaction({ role: 'person', personId }, (tx) =>
      this.devices.remove(tx, { lane, personId }, id),
    );
  }
}
