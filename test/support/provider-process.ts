import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** An OpenID provider, `oidc-provider`, in a process of its own. */
export interface ProviderProcess {
  issuer: string;
  clientId: string;
  clientSecret: string;
  stop: () => void;
}

/** Starts one whose accounts are e-mail addresses, all of them verified. */
export async function aProviderProcess(redirectUri: string): Promise<ProviderProcess> {
  const child: ChildProcess = spawn(process.execPath, ['test/support/provider.mjs', redirectUri], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  // It warns of its being fit for tests only, too.
  for await (const line of createInterface(child.stdout!)) {
    if (line.startsWith('{')) return { ...JSON.parse(line), stop: () => child.kill() };
  }
  throw new Error('The provider did not start');
}

/** What a browser does with a URL of that provider: it signs in, and is sent back, to the URL that this answers. */
export async function loginAt(authorizationUrl: string, email: string): Promise<string> {
  const cookies = new Map<string, string>();
  let url = new URL(authorizationUrl);
  for (let step = 0; step < 10; step++) {
    const isForm = url.pathname.startsWith('/interaction/');
    const response = await fetch(url, {
      method: isForm ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(isForm && { body: new URLSearchParams({ prompt: 'login', login: email, password: 'any' }) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value) cookies.set(name, value);
      else cookies.delete(name);
    }
    const location = response.headers.get('location');
    if (!location) throw new Error(`The provider answered ${response.status} at ${url.pathname}`);
    const next = new URL(location, url);
    if (next.origin !== url.origin) return next.href;
    url = next;
  }
  throw new Error('The provider never sent the browser back');
}
