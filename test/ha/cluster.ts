import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { ServerUrls } from '../crash/world.js';
import { Child } from '../processes/child.js';
import { freePort } from '../processes/free-port.js';
import { isAlive, postmasterOf, signal } from '../processes/platform-folder.js';
import { prepareGivenServer } from '../support/given-server.mjs';
import { until } from '../support/until.js';
import { environmentOf, isPrimary, type Member, membersOf, type Name, NAMES, type Node } from './members.js';
import type { HaPrograms } from './programs.js';

/** Each program that is not PostgreSQL. */
type Beside = 'etcd' | 'haproxy' | 'pgbouncer';
type Port = Beside | 'peers';

const PATIENCE_MS = 120_000;
const LOG_SHOWN = 2_000;
const isRoot = process.getuid?.() === 0;

/**
 * The reference set-up of deploy/ha on loopback: three PostgreSQL under Patroni with a synchronous standby, an etcd, an HAProxy that
 * knows the primary, and a PgBouncer in transaction mode before it. The files are those of the reference; only addresses differ.
 */
export class HaCluster {
  private readonly folder = mkdtempSync(join(tmpdir(), 'assent-ha-'));
  private readonly secret = randomBytes(12).toString('hex');
  private readonly ports: Record<Port, number>;
  private readonly children = new Map<Name | Beside, Child>();

  private constructor(
    private readonly programs: HaPrograms,
    private readonly nodes: Record<Name, Node>,
    ports: number[],
  ) {
    const [etcd = 0, peers = 0, haproxy = 0, pgbouncer = 0] = ports;
    this.ports = { etcd, peers, haproxy, pgbouncer };
    chmodSync(this.folder, 0o755);
  }

  /** Resolves when there are a primary, a synchronous standby and a third one. @returns URLs by way of HAProxy */
  static async start(programs: HaPrograms): Promise<{ cluster: HaCluster; servers: ServerUrls }> {
    const ports: number[] = [];
    while (ports.length < 10) {
      const port = await freePort();
      if (!ports.includes(port)) ports.push(port);
    }
    const nodes = Object.fromEntries(
      NAMES.map((name, at) => [name, { port: ports[at + 4], restPort: ports[at + 7], data: '' }]),
    ) as Record<Name, Node>;
    const cluster = new HaCluster(programs, nodes, ports);
    try {
      return { cluster, servers: await cluster.begin() };
    } catch (error) {
      const said = cluster.said();
      await cluster.stop();
      throw new Error(`${String(error)}\n${said}`, { cause: error });
    }
  }

  private async begin(): Promise<ServerUrls> {
    await this.startBeside('etcd');
    writeFileSync(join(this.folder, 'patroni.yaml'), readFileSync('deploy/ha/patroni.yaml'));
    for (const name of NAMES) {
      this.nodes[name].data = join(this.ownFolder(name), 'data');
      this.startNode(name);
    }
    await this.untilSound();
    await this.startBeside('haproxy');
    const superuserUrl = `postgresql://postgres:${this.secret}@127.0.0.1:${this.ports.haproxy}/postgres`;
    // At first HAProxy takes each server for a primary, until it has asked.
    const isAlways = async () =>
      (await Promise.all(NAMES.flatMap(() => NAMES).map(() => isPrimary(superuserUrl)))).every(Boolean);
    await until('HAProxy leads to the primary', isAlways, PATIENCE_MS);
    const servers = await prepareGivenServer(superuserUrl);
    const client = new pg.Client({ connectionString: superuserUrl });
    await client.connect();
    const { rows } = await client.query<{ verifier: string }>(
      `SELECT rolpassword AS verifier FROM pg_authid WHERE rolname = 'assent_app'`,
    );
    await client.end();
    this.write('userlist.txt', `"assent_app" "${rows[0]?.verifier}"\n`);
    await this.startBeside('pgbouncer');
    return servers;
  }

  /** A URL by way of PgBouncer. */
  pooled(url: string): string {
    return Object.assign(new URL(url), { port: String(this.ports.pgbouncer) }).href;
  }

  /** Patroni and PostgreSQL of the primary end as by a cut of power; it comes back when another one is the primary. */
  async losePrimary(): Promise<void> {
    const leader = await this.leader();
    const { data } = this.nodes[leader];
    const postmaster = postmasterOf(data);
    this.children.get(leader)?.signal('SIGKILL');
    signal(postmaster, 'SIGKILL');
    await this.children.get(leader)?.exit();
    await until('another one is the primary', async () => (await this.leader()) !== leader, PATIENCE_MS);
    this.startNode(leader);
    await this.untilSound();
  }

  /** PostgreSQL alone is killed, and Patroni decides what comes of it. */
  async crashPrimary(): Promise<void> {
    const { data } = this.nodes[await this.leader()];
    const postmaster = postmasterOf(data);
    signal(postmaster, 'SIGKILL');
    await until('that PostgreSQL is gone', async () => !isAlive(postmaster), PATIENCE_MS);
    await this.untilSound();
  }

  /** The primary and its synchronous standby change places, as for maintenance. */
  async switchOver(): Promise<void> {
    const members = await membersOf(this.nodes);
    const standby = members.find(({ role }) => role === 'sync_standby')?.name;
    const leader = await this.leader();
    const response = await fetch(`http://127.0.0.1:${this.nodes[leader].restPort}/switchover`, {
      method: 'POST',
      body: JSON.stringify({ leader, candidate: standby }),
    });
    if (!response.ok) throw new Error(`Patroni refused to switch over: ${await response.text()}`);
    await until('they have changed places', async () => (await this.leader()) === standby, PATIENCE_MS);
    await this.untilSound();
  }

  /** Killed, and started again after a while. */
  async interrupt(program: Beside, forMs: number): Promise<void> {
    this.children.get(program)?.signal('SIGKILL');
    await this.children.get(program)?.exit();
    await wait(forMs);
    await this.startBeside(program);
    await this.untilSound();
  }

  /** What the programs said last, for whoever has to find out what went wrong. */
  said(): string {
    return [...this.children].map(([name, { output }]) => `${name}: ${output.slice(-LOG_SHOWN)}`).join('\n');
  }

  async stop(): Promise<void> {
    for (const name of NAMES) this.children.get(name)?.signal('SIGTERM');
    const ended = Promise.all([...this.children].map(([, child]) => child.exit()));
    await until(
      'Patroni has ended',
      async () => NAMES.every((name) => !this.children.get(name)?.running),
      30_000,
    )
      .catch(() => undefined)
      .then(() => this.children.forEach((child) => child.signal('SIGKILL')));
    await ended;
    for (const name of NAMES) {
      try {
        signal(postmasterOf(this.nodes[name].data), 'SIGQUIT');
      } catch {
        // It stopped in order.
      }
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private async leader(): Promise<Name> {
    const leader = (await membersOf(this.nodes)).find(
      ({ role, state }) => role === 'leader' && state === 'running',
    );
    if (!leader) throw new Error('There is no primary');
    return leader.name;
  }

  /** A primary, a synchronous standby that its commits wait for, and a further one. */
  private async untilSound(): Promise<void> {
    let members: Member[] = [];
    await until(
      'there are a primary, a synchronous standby and another one',
      async () => {
        const ended = [...this.children].find(([, child]) => !child.running);
        if (ended) throw new Error(`${ended[0]} has ended`);
        members = await membersOf(this.nodes);
        const roles = members.filter(({ state }) => /running|streaming/.test(state)).map(({ role }) => role);
        return roles.sort().join() === 'leader,replica,sync_standby';
      },
      PATIENCE_MS,
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}: ${JSON.stringify(members)}\n${this.said()}`);
    });
  }

  private startNode(name: Name): void {
    this.run(name, this.programs.paths.patroni, [join(this.folder, 'patroni.yaml')], {
      ...environmentOf(name, this.nodes[name], this.secret),
      PATRONI_POSTGRESQL_BIN_DIR: this.programs.postgres,
      PATRONI_ETCD3_HOSTS: `127.0.0.1:${this.ports.etcd}`,
    });
  }

  private async startBeside(program: Beside): Promise<void> {
    const port = this.ports[program];
    const { paths } = this.programs;
    if (program === 'etcd') {
      const url = `http://127.0.0.1:${port}`;
      const peers = `http://127.0.0.1:${this.ports.peers}`;
      this.run('etcd', paths.etcd, [
        ...['--name', 'etcd-a', '--data-dir', join(this.ownFolder('etcd'), 'data')],
        ...['--listen-client-urls', url, '--advertise-client-urls', url],
        ...['--listen-peer-urls', peers, '--initial-advertise-peer-urls', peers],
        ...['--initial-cluster', `etcd-a=${peers}`, '--log-level', 'error'],
      ]);
      await until(
        'etcd is healthy',
        () =>
          fetch(`${url}/health`).then(
            ({ ok }) => ok,
            () => false,
          ),
        30_000,
      );
    } else if (program === 'haproxy') {
      const file = this.adapted('haproxy.cfg', [
        ['127.0.0.1:5000', `127.0.0.1:${port}`],
        ...NAMES.map((name, at): [string, string] => [
          `10.0.0.${at + 1}:5432 check port 8008`,
          `127.0.0.1:${this.nodes[name].port} check port ${this.nodes[name].restPort}`,
        ]),
      ]);
      this.run('haproxy', paths.haproxy, ['-db', '-f', file]);
    } else {
      const file = this.adapted('pgbouncer.ini', [
        ['assent = host=127.0.0.1 port=5000', `* = host=127.0.0.1 port=${this.ports.haproxy}`],
        ['listen_port = 6432', `listen_port = ${port}`],
        ['/etc/pgbouncer/userlist.txt', join(this.folder, 'userlist.txt')],
        ...(this.programs.prepares
          ? []
          : [['max_prepared_statements', '; too old for max_prepared_statements'] as [string, string]]),
      ]);
      this.run('pgbouncer', paths.pgbouncer, [file]);
    }
  }

  /** A file of the reference with other addresses, each of which must be in it. */
  private adapted(name: string, changes: [string, string][]): string {
    let text = readFileSync(join('deploy/ha', name), 'utf8');
    for (const [from, to] of changes) {
      if (!text.includes(from)) throw new Error(`deploy/ha/${name} has no "${from}" any more`);
      text = text.replace(from, to);
    }
    return this.write(name, text);
  }

  private write(name: string, text: string): string {
    const file = join(this.folder, name);
    writeFileSync(file, text);
    chmodSync(file, 0o644);
    return file;
  }

  /** A folder that the account of PostgreSQL owns, made unless it is there. */
  private ownFolder(name: string): string {
    const path = join(this.folder, name);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if (isRoot) chownSync(path, idOf('-u'), idOf('-g'));
    return path;
  }

  /** None of these programs, or none of their servers, runs as root. */
  private run(
    name: Name | Beside,
    program: string,
    args: string[],
    settings: Record<string, string> = {},
  ): void {
    const [command, ...before] = isRoot
      ? ['setpriv', `--reuid=${idOf('-u')}`, `--regid=${idOf('-g')}`, '--clear-groups', program]
      : [program];
    this.children.set(name, Child.start(command, [...before, ...args], settings));
  }
}

const idOf = (flag: '-u' | '-g') => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
