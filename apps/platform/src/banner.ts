/** What a newcomer needs to know once the platform runs. */
export interface Running {
  url: string;
  data: string;
  log: string;
  database: string;
  /** The first admin credential, if this start made it. */
  adminToken: string | undefined;
  /** Where the first admin credential is kept, if it is. */
  adminTokenFile: string | undefined;
  /** How the demo is started against this platform. */
  demo: string;
}

/** The lines that a start ends with. */
export function banner(running: Running): string[] {
  const { url, data, log, database, adminToken, adminTokenFile } = running;
  const kept = adminTokenFile ? [`kept in ${adminTokenFile}`] : [];
  const rows: [string, ...string[]][] = [
    ['Business API', `${url}/business/graphql`],
    ['Person API', `${url}/person/graphql`],
    ['Admin API', `${url}/admin/graphql`],
    ['Health', `${url}/health/live`, `${url}/health/ready`],
    ['', ''],
    ['Data', data],
    ['Database', database],
    ['Logs', log],
    ['', ''],
    adminToken
      ? ['Admin token', adminToken, ...kept]
      : ['Admin token', ...kept, 'a new one: npm run admin-token'],
    ['', ''],
    ['Try', running.demo, 'in a second shell'],
    ['Stop', 'Ctrl-C'],
  ];
  const lines = rows.flatMap(([name, ...values]) =>
    values.map((value, at) => (value ? `  ${(at === 0 ? name : '').padEnd(14)}${value}` : '')),
  );
  return ['', 'Assent is running.', '', ...lines];
}
