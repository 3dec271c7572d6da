import { Module } from '@nestjs/common';
import { AccountsModule } from '@assent/accounts';
import { ConsentModule } from '../../consent.module.js';
import { ConsentBusinessResolver, ConsentEventBusinessResolver } from './consent-business.resolver.js';
import { ConsentExpiryResolver } from './consent-expiry.resolver.js';
import { ConsentReceiptResolver } from './consent-receipt.resolver.js';
import { ConsentResolver } from './consent.resolver.js';
import { NoticeResolver } from './notices/notice.resolver.js';
import './notices/consent-imported.notice.js';
import './notices/stop-confirmed.notice.js';

/** A person's consent in the person API. */
@Module({
  imports: [ConsentModule, AccountsModule],
  providers: [
    ConsentResolver,
    ConsentExpiryResolver,
    ConsentReceiptResolver,
    ConsentBusinessResolver,
    ConsentEventBusinessResolver,
    NoticeResolver,
  ],
})
export class ConsentPersonApiModule {}
