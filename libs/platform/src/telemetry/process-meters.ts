import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Pools } from '../database/data-source.js';
import type { Collectors } from './collectors.js';
import { Counter, Gauge } from './meters.js';

const RESOLUTION_MS = 20;
const NANOSECONDS = 1e9;

const lag = new Gauge(
  'assent_event_loop_delay_seconds',
  'How late the event loop was since the last scrape.',
  ['quantile'],
);
const memory = new Gauge('process_resident_memory_bytes', 'Memory of the process.');
const cpu = new Counter('process_cpu_seconds_total', 'Processor time of the process.');
const start = new Gauge('process_start_time_seconds', 'When the process started, since 1970.');
const connections = new Gauge('assent_database_connections', 'Connections of each pool.', ['pool', 'state']);

/** The event loop, memory and processor of this process, and its pools of connections. */
export function collectProcess(collectors: Collectors, pools: Pools): { stop(): void } {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  collectors.add('process', () => {
    for (const quantile of [50, 99]) {
      // What is measured includes the timer's own period.
      const late = Math.max(0, delays.percentile(quantile) / NANOSECONDS - RESOLUTION_MS / 1_000);
      lag.set(late, String(quantile / 100));
    }
    lag.set(Math.max(0, delays.max / NANOSECONDS - RESOLUTION_MS / 1_000), '1');
    delays.reset();
    const { user, system } = process.cpuUsage();
    cpu.set((user + system) / 1e6);
    memory.set(process.memoryUsage.rss());
    start.set(Math.round(Date.now() / 1_000 - process.uptime()));
  });
  collectors.add('pool', () => {
    for (const [name, { driver }] of Object.entries(pools)) {
      const { master } = driver as unknown as {
        master: { totalCount: number; idleCount: number; waitingCount: number };
      };
      connections.set(master.totalCount - master.idleCount, name, 'busy');
      connections.set(master.idleCount, name, 'idle');
      connections.set(master.waitingCount, name, 'awaited');
    }
  });
  return { stop: () => delays.disable() };
}
