import { Module } from '@nestjs/common';
import { ConfiguredCarriers } from './adapters/configured-carriers.js';
import { Carriers } from './carriers.js';

/** The ways out of the platform. They know no person, business or message: only what they are handed. */
@Module({
  providers: [ConfiguredCarriers, { provide: Carriers, useExisting: ConfiguredCarriers }],
  exports: [Carriers],
})
export class CarriersModule {}
