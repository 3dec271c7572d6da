export { MessagingBusinessApiModule } from './api/business/messaging-business-api.module.js';
export { MessagingCarrierApiModule } from './api/carrier/messaging-carrier-api.module.js';
export { MessagingPersonApiModule } from './api/person/messaging-person-api.module.js';
export { MessagingModule } from './messaging.module.js';
export { MessagingErasure } from './persistence/messaging-erasure.js';
export { MessagingExport } from './use-cases/messaging-export.js';
export { DispatchMessages } from './use-cases/dispatch-messages.js';
export { ForgetCarrierAnswers } from './use-cases/forget-carrier-answers.js';
export { type Received, ReceiveMessage, type Writing } from './use-cases/receive-message.js';
