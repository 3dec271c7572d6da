import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentViewer, Permission } from '@assent/platform';
import { PersonViewer } from '../../domain/person-viewer.js';
import { ListDevices } from '../../use-cases/list-devices.js';
import { RegisterDevice } from '../../use-cases/register-device.js';
import { RemoveDevice } from '../../use-cases/remove-device.js';
import {
  Device,
  RegisterDeviceInput,
  RegisterDevicePayload,
  RegisterDeviceResult,
  RemoveDeviceInput,
  RemoveDevicePayload,
  toDevice,
  TooManyDevices,
} from './device.types.js';

/** A person's devices. */
@Resolver(() => Device)
export class DeviceResolver {
  constructor(
    private readonly list: ListDevices,
    private readonly register: RegisterDevice,
    private readonly remove: RemoveDevice,
  ) {}

  @Permission('person')
  @Query(() => [Device], { description: 'Your devices, oldest first; at most 10.' })
  async devices(@CurrentViewer() viewer: PersonViewer): Promise<Device[]> {
    return (await this.list.execute(viewer)).map(toDevice);
  }

  @Permission('person')
  @Mutation(() => RegisterDeviceResult, {
    description:
      'Registers an app of yours by its public key; the same key again answers with the device that it is already. ' +
      'At most 10 devices.',
  })
  async registerDevice(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input') input: RegisterDeviceInput,
  ): Promise<RegisterDevicePayload | TooManyDevices> {
    const outcome = await this.register.execute(viewer, input);
    if (!('refused' in outcome))
      return Object.assign(new RegisterDevicePayload(), { device: toDevice(outcome) });
    const message = 'You have 10 devices already. Remove one that you no longer use.';
    return Object.assign(new TooManyDevices(), { reason: outcome.refused, message, retryAt: null });
  }

  @Permission('person')
  @Mutation(() => RemoveDevicePayload, {
    description: 'Removes one of your devices; removing it again changes nothing.',
  })
  async removeDevice(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input') { device }: RemoveDeviceInput,
  ): Promise<RemoveDevicePayload> {
    return { removed: await this.remove.execute(viewer, device) };
  }
}
