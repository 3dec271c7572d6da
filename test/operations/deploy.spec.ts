import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Configuration, HealthController } from '@assent/platform';

const KUBERNETES = 'deploy/kubernetes';
const read = (path: string) => readFileSync(path, 'utf8');
const all = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map((found) => found[1] ?? found[0]);
const FILES = ['Dockerfile', 'compose.yaml', ...globSync(`${KUBERNETES}/*.yaml`)];

/** What names of variables in these files are about others than us. */
const FOREIGN = /^(?:POSTGRES_\w+|MALLOC_\w+|OWNER_PASSWORD|APP_PASSWORD|CMD|ALL)$/;

/** Names of all settings, as the code has them. */
function settings(): string[] {
  const folder = 'libs/platform/src/configuration';
  const source = readdirSync(folder).map((file) => read(`${folder}/${file}`));
  return all(source.join('\n'), /^ {2}([A-Z_]+): (?:setting|units|most)\(/gm);
}

const environment = Object.fromEntries(
  all(read(`${KUBERNETES}/assent.env`), /^\w+=.*$/gm).map((line) => line.split(/=(.*)/s).slice(0, 2)),
) as Record<string, string>;

describe('what containers are made of', () => {
  it('is written in YAML that can be read', async () => {
    const { format } = await import('prettier');
    for (const path of [...FILES, 'deploy/prometheus/rules.yaml'].filter((each) => each.endsWith('.yaml'))) {
      await expect(format(read(path), { parser: 'yaml' })).resolves.toEqual(expect.any(String));
    }
    expect(JSON.parse(read('deploy/grafana/assent.json'))).toHaveProperty('panels');
  });

  it.each(FILES)('sets only what there is: %s', (path) => {
    const named = [
      ...all(read(path), /^ENV (.+)$/gm).flatMap((line) => all(line, /([A-Z_]+)=/g)),
      ...all(read(path), /^ {2,8}([A-Z][A-Z_]+): /gm),
      ...all(read(path), /name: ([A-Z][A-Z_]+)$/gm),
      ...all(read(path), /key: ([A-Z][A-Z_]+)/g),
      ...all(read(path), /\$\{([A-Z][A-Z_]+)/g),
    ];
    const known = settings();
    expect(named.filter((name) => !FOREIGN.test(name) && !known.includes(name))).toEqual([]);
  });

  it('has settings with which the platform starts', () => {
    const secrets = {
      ASSENT_KEYS: '1:nP1iqpbmjXg0lYcpnaX+5NmqINEJZjB+1SGdXL9w0aY=',
      DATABASE_URL: 'postgresql://assent_app:secret@db/assent',
    };
    const { settings: parsed, production } = Configuration.parse({ ...environment, ...secrets });
    expect(production).toBe(true);
    expect(Object.keys(environment).filter((name) => !settings().includes(name))).toEqual([]);
    for (const path of ['api.yaml', 'worker.yaml']) {
      const [grace] = all(read(`${KUBERNETES}/${path}`), /terminationGracePeriodSeconds: (\d+)/g).map(Number);
      // Ten seconds are what the process gives to what is under way.
      expect(grace).toBeGreaterThan(parsed.DRAIN_SECONDS + 10);
      const ports = all(read(`${KUBERNETES}/${path}`), /containerPort: (\d+)/g).map(Number);
      expect(ports).toEqual([parsed.PORT, parsed.METRICS_PORT]);
      const probes = read(`${KUBERNETES}/${path}`);
      const [[period], [failures]] = [
        /readinessProbe:[^]*?periodSeconds: (\d+)/g,
        /readinessProbe:[^]*?failureThreshold: (\d+)/g,
      ].map((pattern) => all(probes, pattern).map(Number)) as [number[], number[]];
      expect(period! * failures!).toBeLessThan(parsed.DRAIN_SECONDS);
    }
  });

  it.each(FILES)('runs programs that the build makes: %s', (path) => {
    const programs = all(read(path), /dist\/(apps\/[\w/-]+)\.js/g);
    expect(programs.filter((program) => !existsSync(`${program}.ts`))).toEqual([]);
    if (path === 'Dockerfile') expect(programs).toEqual(expect.arrayContaining(['apps/api/src/main']));
  });

  it.each(FILES)('asks for health where it is answered: %s', (path) => {
    const prefix = Reflect.getMetadata('path', HealthController) as string;
    const own = Object.getOwnPropertyNames(HealthController.prototype).filter(
      (name) => name !== 'constructor',
    );
    const answered = own.flatMap((name) => {
      const method = (HealthController.prototype as unknown as Record<string, object>)[name]!;
      const at = Reflect.getMetadata('path', method) as string | undefined;
      return at ? [`/${prefix}/${at}`] : [];
    });
    expect(answered).toEqual(['/health/live', '/health/ready']);
    const asked = all(read(path), /(\/health\/\w+)/g);
    expect(asked.filter((each) => !answered.includes(each))).toEqual([]);
  });

  it('keeps what migrates away from what serves, and gives nobody more than they need', () => {
    for (const path of ['api.yaml', 'worker.yaml']) {
      expect(read(`${KUBERNETES}/${path}`)).not.toMatch(/assent-migration|MIGRATION_DATABASE_URL/);
    }
    for (const path of ['api.yaml', 'worker.yaml', 'migrate.yaml']) {
      const text = read(`${KUBERNETES}/${path}`);
      const containers = all(text, /^ +- name: \w+\n +image: /gm).length;
      expect(containers).toBeGreaterThan(0);
      expect(all(text, /readOnlyRootFilesystem: true/g)).toHaveLength(containers);
      expect(all(text, /allowPrivilegeEscalation: false/g)).toHaveLength(containers);
      expect(text).toMatch(/runAsNonRoot: true/);
    }
    expect(read('Dockerfile')).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
    const compose = read('compose.yaml');
    expect(compose).toMatch(/read_only: true/);
    expect(compose.split('\n  migrate:')[0]).not.toContain('MIGRATION_DATABASE_URL');
  });

  it('copies what there is, on the Node that the project is tested with', () => {
    const dockerfile = read('Dockerfile');
    const sources = all(dockerfile, /^COPY (?!--from)(.+) \S+$/gm).flatMap((line) => line.split(' '));
    expect(sources.length).toBeGreaterThan(4);
    expect(sources.filter((source) => !existsSync(source))).toEqual([]);
    const shown = all(read('.dockerignore'), /^!(.+)$/gm);
    expect(shown.filter((path) => !existsSync(path))).toEqual([]);
    expect(sources.filter((source) => source !== '.' && !shown.includes(source))).toEqual([]);
    const major = JSON.parse(read('package.json')).devDependencies.node.split('.')[0];
    expect(new Set(all(dockerfile, /^FROM node:(\d+)-/gm))).toEqual(new Set([major]));
  });

  it('grants the login of the application every scope that transactions take on', () => {
    const scopes = all(
      read('libs/platform/src/database/database.ts'),
      /'(gate|business|person|admin|engine|eraser|rekeyer)'/g,
    );
    const granted = all(read('deploy/postgres/grant.sql'), /assent_(?!app)(\w+)/g);
    expect(new Set(scopes)).toEqual(new Set(granted.filter((name) => name !== 'owner')));
    expect(read(`${KUBERNETES}/grant.sql`)).toBe(read('deploy/postgres/grant.sql'));
  });
});
