import { Injectable } from '@nestjs/common';
import type { PersonKey, Transaction } from '@assent/platform';
import { DeviceRow } from './device.row.js';
import { lockPerson } from './person-guard.js';

/** People's devices. */
@Injectable()
export class DeviceStore {
  /** A person's devices, oldest first. */
  all(tx: Transaction, { lane, personId }: PersonKey): Promise<DeviceRow[]> {
    return tx.manager.find(DeviceRow, { where: { lane, personId }, order: { id: 'ASC' } });
  }

  /**
   * The devices and the time, when this transaction holds the person's guard: nobody else registers one meanwhile.
   * Three statements, because one that waits for a lock reads everything else as of before it waited.
   */
  async allLocked(tx: Transaction, person: PersonKey): Promise<{ devices: DeviceRow[]; now: Date }> {
    const [, devices, now] = await Promise.all([lockPerson(tx, person), this.all(tx, person), tx.now()]);
    return { devices, now };
  }

  async add(tx: Transaction, device: DeviceRow): Promise<void> {
    await tx.manager.insert(DeviceRow, device);
  }

  /** Whether there was such a device. */
  async remove(tx: Transaction, { lane, personId }: PersonKey, id: string): Promise<boolean> {
    const { affected } = await tx.manager.delete(DeviceRow, { lane, personId, id });
    return affected === 1;
  }
}
