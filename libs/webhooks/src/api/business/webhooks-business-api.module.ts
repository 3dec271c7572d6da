import { Module } from '@nestjs/common';
import { WebhooksModule } from '../../webhooks.module.js';
import { EventResolver } from './event.resolver.js';
import { WebhookResolver } from './webhook.resolver.js';

/** Webhooks and events in the business API. */
@Module({ imports: [WebhooksModule], providers: [EventResolver, WebhookResolver] })
export class WebhooksBusinessApiModule {}
