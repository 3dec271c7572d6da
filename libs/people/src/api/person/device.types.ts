import { Field, GraphQLISODateTime, ID, InputType, ObjectType } from '@nestjs/graphql';
import { publicId, Refusal, resultUnion } from '@assent/platform';
import type { RegisteredDevice } from '../../use-cases/list-devices.js';

@ObjectType({ description: 'One of your apps, with its public key.' })
export class Device {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'X25519 public key: 32 bytes in base64.' })
  publicKey!: string;

  @Field(() => GraphQLISODateTime)
  createdAt!: Date;
}

@InputType()
export class RegisterDeviceInput {
  @Field(() => String, { description: 'What you call it, 1 to 120 characters.' })
  name!: string;

  @Field(() => String, {
    description: 'X25519 public key (RFC 7748): 32 bytes in base64. The private key stays with you.',
  })
  publicKey!: string;
}

@ObjectType()
export class RegisterDevicePayload {
  @Field(() => Device)
  device!: Device;
}

@ObjectType({
  implements: () => [Refusal],
  description: 'TOO_MANY_DEVICES: you have 10 devices already. Remove one first.',
})
export class TooManyDevices extends Refusal {}

export const RegisterDeviceResult = resultUnion('RegisterDeviceResult', [
  RegisterDevicePayload,
  TooManyDevices,
]);

@InputType()
export class RemoveDeviceInput {
  @Field(() => ID, { description: 'Id of one of your devices.' })
  device!: string;
}

@ObjectType()
export class RemoveDevicePayload {
  @Field(() => Boolean, { description: 'False where you had no such device.' })
  removed!: boolean;
}

/** A device as its owner sees it. */
export function toDevice({ id, name, publicKey, createdAt }: RegisteredDevice): Device {
  return { id: publicId('dev', id), name, publicKey: publicKey.toString('base64'), createdAt };
}
