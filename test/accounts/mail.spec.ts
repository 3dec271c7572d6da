import { createServer, type AddressInfo, type Server } from 'node:net';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { anEmail } from '../support/builders/accounts.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

/** Mails that the loopback server took. */
const mails: { to: string; text: string }[] = [];
let refusing = false;
let server: Server;
let platform: TestPlatform;

beforeAll(async () => {
  server = createServer((socket) => {
    let to = '';
    let text: string[] | undefined;
    const answer = (line: string) => socket.write(`${line}\r\n`);
    answer('220 mail.example.com');
    socket.on('error', () => undefined);
    createInterface({ input: socket }).on('line', (line) => {
      if (text) {
        if (line !== '.') return void text.push(line);
        mails.push({ to, text: text.join('\n') });
        text = undefined;
        return answer('250 taken');
      }
      const command = line.toUpperCase();
      if (command.startsWith('RCPT TO:')) {
        to = line.slice('RCPT TO:<'.length, -1);
        return answer(refusing ? `550 no such mailbox ${to}` : '250 yes');
      }
      if (command === 'DATA') {
        text = [];
        return answer('354 go on');
      }
      return answer(command === 'QUIT' ? '221 bye' : '250 yes');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  platform = await startPlatform({ SMTP_URL: `smtp://127.0.0.1:${port}` }, { worker: false });
});
afterAll(async () => {
  await platform.stop();
  server.close();
});

const register = async (ownerEmail: string) => {
  const input = { displayName: 'Cheap watches, buy now', country: 'CH', ownerName: 'Reto', ownerEmail };
  const { registerBusiness } = await platform
    .business()
    .do(`mutation ($input: RegisterBusinessInput!) { registerBusiness(input: $input) { __typename } }`, {
      input,
    });
  return registerBusiness.__typename;
};
const mailTo = (address: string, nth = 1) =>
  until(
    `mail ${nth} to ${address} arrives`,
    async () => mails.filter(({ to }) => to === address).at(nth - 1)?.text,
  );

it('brings the code to the address and nowhere else, and nothing that a stranger wrote', async () => {
  const email = anEmail();
  await register(email);
  const text = await mailTo(email);
  expect(text).not.toContain('watches');
  const code = /^(\d{6})$/m.exec(text)?.[1];
  const { signIn } = await platform
    .business()
    .do(`mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }`, {
      input: { email, code },
    });
  expect(signIn.__typename).toBe('SignInPayload');
  expect(platform.codes(email)).toEqual([]);
});

it('says that there is an account already, where there is one', async () => {
  const email = anEmail();
  await register(email);
  expect(await mailTo(email)).toContain('was registered with this address');
  await register(email);
  expect(await mailTo(email, 2)).toContain('belongs to an account already');
});

it('that is refused changes no answer, and is logged by an id, without the address', async () => {
  refusing = true;
  const email = anEmail();
  expect(await register(email)).toBe('RegisterBusinessPayload');
  const line = await until('the failure is logged', async () =>
    platform.logs.find((entry) => entry.includes('could not be mailed')),
  );
  expect(JSON.parse(line)).toMatchObject({ errorId: expect.any(String), err: { responseCode: 550 } });
  expect(platform.logs.join('\n')).not.toContain(email);
  refusing = false;
});
