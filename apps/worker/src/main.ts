import '../../api/src/environment.js';
import { Module } from '@nestjs/common';
import { HealthController } from '@assent/platform';
import { listen } from '../../api/src/address.js';
import { Lifetime } from '../../api/src/lifetime.js';
import { openSeparately } from '../../api/src/separate-process.js';
import { WorkerModule } from './worker.module.js';

@Module({ controllers: [HealthController] })
class HealthModule {}

await Lifetime.run(async (lifetime) => {
  const { app, configuration, log } = await openSeparately(lifetime, 'assent-worker', [
    WorkerModule,
    HealthModule,
  ]);
  // Workers serve nobody, so several on one machine need no ports; where one is given, /health answers on it.
  if (process.env['PORT']) log.info({ health: await listen(app, configuration) }, 'The worker runs');
  else {
    await app.init();
    log.info('The worker runs');
  }
});
