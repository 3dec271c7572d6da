import { Module } from '@nestjs/common';
import { PhoneIndex } from './persistence/phone-index.js';
import { PhoneSeal } from './persistence/phone-seal.js';
import { RekeyNumbers } from './use-cases/rekey-numbers.js';

/** The directory of numbers under newer keys; it makes and ends no person, so it stands without the libraries above. */
@Module({ providers: [PhoneIndex, PhoneSeal, RekeyNumbers], exports: [RekeyNumbers] })
export class PhoneKeysModule {}
