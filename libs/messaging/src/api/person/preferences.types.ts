import { Field, GraphQLISODateTime, InputType, Int, ObjectType } from '@nestjs/graphql';

const ZONE =
  'Where you live: the name of a time zone of the IANA database, for example Europe/Berlin. Null: not known; what goes by ' +
  'your clock then goes by every clock of your country.';
const QUIET =
  'When no marketing becomes visible to you: it waits until they end. They come on top of the quiet hours of your ' +
  'country, and take none of them away. Null: none of your own.';
const CAP =
  'Most marketing messages in any 24 hours, of all businesses together: 0 to 1,000, and never above the cap of the ' +
  'platform. More waits; with 0 it is refused. Null: the cap of the platform.';
const WEEKLY_CAP =
  'Most marketing messages of any one business in any 7 days: 0 to 1,000, and never above the cap of the platform. More ' +
  'waits, or is refused; with 0 it is always refused. Null: the cap of the platform. It is 1 for a business whose messages you ' +
  'neither read nor answer.';
const INTERRUPTIONS =
  'Most messages in any 24 hours, of all businesses together, whatever they are for but AUTHENTICATION: 1 to 1,000. More ' +
  'waits, or is refused. Null: no such limit.';
const PAUSE =
  'Until when (UTC) nothing becomes visible to you but AUTHENTICATION: what you are waiting for yourself, such as a code. ' +
  'Everything else waits until then. In the future, at most 366 days ahead. Null: not paused.';
const SMS =
  'Whether messages that your app has not got after a while may come to your number by SMS, where the platform offers ' +
  'that. What they say is then no longer sealed. Off until you turn it on; STOP as an answer stops everything.';

@ObjectType({
  description: 'A part of every day by your clock. It goes over midnight where `to` is before `from`.',
})
export class QuietHours {
  @Field(() => String, { description: 'From when on, HH:MM.' })
  from!: string;

  @Field(() => String, { description: 'Until when, HH:MM: at that minute it is over.' })
  to!: string;
}

@ObjectType({ description: 'When, and how much, you want to be messaged.' })
export class Preferences {
  @Field(() => String, { nullable: true, description: ZONE })
  timeZone!: string | null;

  @Field(() => QuietHours, { nullable: true, description: QUIET })
  quietHours!: QuietHours | null;

  @Field(() => Int, { nullable: true, description: CAP })
  marketingCap!: number | null;

  @Field(() => Int, { description: 'The cap that counts: your own or that of the platform, the lower one.' })
  marketingCapInForce!: number;

  @Field(() => Int, { nullable: true, description: WEEKLY_CAP })
  weeklyMarketingCap!: number | null;

  @Field(() => Int, {
    description: 'The weekly cap that counts: your own or that of the platform, the lower one.',
  })
  weeklyMarketingCapInForce!: number;

  @Field(() => Int, { nullable: true, description: INTERRUPTIONS })
  interruptionCap!: number | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: PAUSE })
  pausedUntil!: Date | null;

  @Field(() => Boolean, { description: SMS })
  smsFallback!: boolean;
}

@InputType({ description: 'A part of every day by your clock; it can not be the whole day.' })
export class QuietHoursInput {
  @Field(() => String, { description: 'From when on, HH:MM, 00:00 to 23:59.' })
  from!: string;

  @Field(() => String, { description: 'Until when, HH:MM; before `from` means the next day.' })
  to!: string;
}

@InputType({ description: 'What is left out stays as it is; null takes back what you had set.' })
export class SetPreferencesInput {
  @Field(() => String, { nullable: true, description: ZONE })
  timeZone?: string | null;

  @Field(() => QuietHoursInput, { nullable: true, description: QUIET })
  quietHours?: QuietHoursInput | null;

  @Field(() => Int, { nullable: true, description: CAP })
  marketingCap?: number | null;

  @Field(() => Int, { nullable: true, description: WEEKLY_CAP })
  weeklyMarketingCap?: number | null;

  @Field(() => Int, { nullable: true, description: INTERRUPTIONS })
  interruptionCap?: number | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: PAUSE })
  pausedUntil?: Date | null;

  @Field(() => Boolean, { nullable: true, description: `${SMS} Null: off.` })
  smsFallback?: boolean | null;
}

@ObjectType()
export class SetPreferencesPayload {
  @Field(() => Preferences)
  preferences!: Preferences;
}
