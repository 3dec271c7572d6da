import { Module } from '@nestjs/common';
import { AccountsModule } from '@assent/accounts';
import { OperatorTokens } from './adapters/operator-tokens.js';
import { DeviceStore } from './persistence/device.store.js';
import { OperatorTokenStore } from './persistence/operator-token.store.js';
import { PeopleErasure } from './persistence/people-erasure.js';
import { PersonStore } from './persistence/person.store.js';
import { PhoneCodeStore } from './persistence/phone-code.store.js';
import { PhoneIndex } from './persistence/phone-index.js';
import { PhoneSeal } from './persistence/phone-seal.js';
import { SessionStore } from './persistence/session.store.js';
import { TombstoneStore } from './persistence/tombstone.store.js';
import { TestPersonStore } from './persistence/test-person.store.js';
import { AuthenticatePerson } from './use-cases/authenticate-person.js';
import { DialNumbers } from './use-cases/dial-numbers.js';
import { FindByNumber } from './use-cases/find-by-number.js';
import { ForgetExpired } from './use-cases/forget-expired.js';
import { ListDevices } from './use-cases/list-devices.js';
import { OpenPersonSession } from './use-cases/open-person-session.js';
import { PeopleExport } from './use-cases/people-export.js';
import { ConsolePhoneCodeCarrier, PhoneCodeCarrier } from './use-cases/phone-code-carrier.js';
import { MakeTestPerson } from './use-cases/make-test-person.js';
import { ReadPerson } from './use-cases/read-person.js';
import { RegisterDevice } from './use-cases/register-device.js';
import { RemoveDevice } from './use-cases/remove-device.js';
import { RequestPhoneCode } from './use-cases/request-phone-code.js';
import { SignInByOperatorToken } from './use-cases/sign-in-by-operator-token.js';
import { SignOutPerson } from './use-cases/sign-out.js';
import { VerifyPhone } from './use-cases/verify-phone.js';

const USE_CASES = [
  AuthenticatePerson,
  DialNumbers,
  FindByNumber,
  ForgetExpired,
  ListDevices,
  MakeTestPerson,
  PeopleExport,
  ReadPerson,
  RegisterDevice,
  RemoveDevice,
  RequestPhoneCode,
  SignInByOperatorToken,
  SignOutPerson,
  VerifyPhone,
];

/** Persons: their numbers, codes, sessions and devices. It asks for an EndOfPerson, which a global module above provides. */
@Module({
  imports: [AccountsModule],
  providers: [
    ...USE_CASES,
    DeviceStore,
    OpenPersonSession,
    OperatorTokens,
    OperatorTokenStore,
    PeopleErasure,
    PersonStore,
    PhoneCodeStore,
    PhoneIndex,
    PhoneSeal,
    SessionStore,
    TestPersonStore,
    TombstoneStore,
    { provide: PhoneCodeCarrier, useClass: ConsolePhoneCodeCarrier },
  ],
  exports: [...USE_CASES, PeopleErasure, PhoneIndex, PhoneSeal, TestPersonStore, TombstoneStore],
})
export class PeopleModule {}
