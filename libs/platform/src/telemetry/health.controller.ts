import { Controller, Get, Inject, ServiceUnavailableException } from '@nestjs/common';
import { Database } from '../database/database.js';
import { RequestCost } from '../requests/request-guard.js';

/** For load balancers and supervisors. */
@Controller('health')
@RequestCost(0)
export class HealthController {
  private draining = false;

  constructor(@Inject(Database) private readonly database: Database) {}

  /** The process answers. */
  @Get('live')
  live(): { status: string } {
    return { status: 'ok' };
  }

  /** The process can work: it is not about to stop, and its database answers. */
  @Get('ready')
  async ready(): Promise<{ status: string }> {
    if (this.draining) throw new ServiceUnavailableException({ status: 'draining' });
    try {
      await this.database.rows({ role: 'gate' }, { text: 'SELECT assent_now()' });
      return { status: 'ok' };
    } catch {
      throw new ServiceUnavailableException({
        status: 'unavailable',
        reason: 'The database does not answer',
      });
    }
  }

  /** From now on the process is not ready: load balancers send it no new requests. */
  drain(): void {
    this.draining = true;
  }

  beforeApplicationShutdown(): void {
    this.drain();
  }
}
