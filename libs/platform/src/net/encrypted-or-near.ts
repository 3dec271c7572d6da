const NEAR = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Whether nobody on the way can change what goes to a URL: it is encrypted, or does not leave the machine. */
export function isEncryptedOrNear({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && NEAR.has(hostname));
}
