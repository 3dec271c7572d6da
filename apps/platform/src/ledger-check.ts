import { CheckLedger, ConsentLogModule } from '@assent/consent';
import { Lifetime, StartError } from '../../api/src/lifetime.js';
import { openBeside } from './operator-command.js';

await Lifetime.once(async () => {
  const { app } = await openBeside('assent-ledger-check', ConsentLogModule);
  const report = await app.get(CheckLedger).execute({ due: true });
  await app.close();
  if (!report) throw new StartError('A worker is checking the ledger at this moment: try again later');
  const found = Object.entries(report.alarms).map(([kind, count]) => `  ${kind}: ${count}\n`);
  process.stdout.write(
    `Checked the ledgers of ${report.persons} people. New alarms: ${found.length || 'none'}\n`,
  );
  if (found.length > 0) throw new StartError(`${found.join('')}The admin API lists them: consentAlarms`);
});
