import './environment.js';
import { listen } from './address.js';
import { ApiModule } from './api.module.js';
import { Lifetime } from './lifetime.js';
import { openSeparately } from './separate-process.js';

await Lifetime.run(async (lifetime) => {
  const { app, configuration, log } = await openSeparately(lifetime, 'assent-api', [ApiModule]);
  const url = await listen(app, configuration);
  log.info({ url }, 'The API runs');
});
