import { createSocket } from 'node:dgram';
import dnsPacket, { type Answer } from 'dns-packet';

/** A DNS server on this machine, while it is open. */
export interface DnsServer {
  /** As `DNS_SERVERS` wants it. */
  address: string;
  close(): void;
}

/** Serves names on a free loopback port; a name of which nothing is answered does not exist. */
export async function aDnsServer(
  answersFor: (name: string, type: string) => Answer[] | undefined,
): Promise<DnsServer> {
  const socket = createSocket('udp4');
  socket.on('message', (message, { port, address }) => {
    const { id, questions = [] } = dnsPacket.decode(message);
    const { name = '', type = 'A' } = questions[0] ?? {};
    const answers = answersFor(name, type);
    const flags = answers ? 0 : 3;
    socket.send(
      dnsPacket.encode({ type: 'response', id, flags, questions, answers: answers ?? [] }),
      port,
      address,
    );
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return { address: `127.0.0.1:${socket.address().port}`, close: () => void socket.close() };
}
