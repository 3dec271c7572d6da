// An SMSC in a process of its own: the server of the package `smpp`. It tells its parent what comes and does what it is
// told. What a submit is answered with depends on `mode`: 'take', 'throttle' (once, then take), 'throttle second' (the second
// part of a text, once), 'refuse', 'silent' (no answer), 'drop' (the connection instead of an answer), 'early' (the receipt
// comes before the answer), 'linger' (the answer takes a random time). With a key and a certificate it speaks TLS.
import { setTimeout as wait } from 'node:timers/promises';
import smpp from 'smpp';

const PASSWORD = 'secret';
const { port = 0, ...tls } = JSON.parse(process.argv[2]);
let mode = 'take';
let longestMs = 0;
let next = 0;
const sessions = new Set();

function receipt(id, stat, to) {
  return {
    source_addr: to,
    source_addr_ton: 1,
    destination_addr: 'Assent',
    esm_class: 4,
    short_message: `id:${id} sub:001 dlvrd:001 submit date:2611281200 done date:2611281201 stat:${stat} err:000 text:`,
  };
}

function deliver(pdu) {
  const [session] = sessions;
  return new Promise((resolve) => {
    if (!session) resolve(-1);
    else session.deliver_sm(pdu, ({ command_status: status }) => resolve(status));
  });
}

/** On a clock that all processes of a machine share. */
const clock = () => Number(process.hrtime.bigint()) / 1e6;

const server = smpp.createServer(tls, (session) => {
  session.on('error', () => undefined);
  session.on('close', () => {
    sessions.delete(session);
    process.send({ kind: 'closed' });
  });
  session.on('bind_transceiver', (pdu) => {
    const welcome = pdu.password === PASSWORD;
    session.send(pdu.response(welcome ? {} : { command_status: smpp.ESME_RBINDFAIL }));
    if (welcome) sessions.add(session);
    process.send({ kind: 'bind', systemId: pdu.system_id, welcome });
  });
  session.on('enquire_link', (pdu) => {
    session.send(pdu.response());
    process.send({ kind: 'enquire' });
  });
  session.on('unbind', (pdu) => {
    session.send(pdu.response());
    session.close();
  });
  session.on('submit_sm', async (pdu) => {
    const id = `smsc-${++next}`;
    const { udh, message } = pdu.short_message;
    const at = clock();
    process.send({
      kind: 'submit',
      id,
      at,
      from: pdu.source_addr,
      to: pdu.destination_addr,
      coding: pdu.data_coding,
      wantsReceipt: pdu.registered_delivery === 1,
      udh: udh?.map((element) => element.toString('hex')).join('') ?? null,
      text: message,
    });
    if (mode === 'silent') return;
    if (mode === 'drop') return session.destroy();
    if (mode === 'throttle' || (mode === 'throttle second' && udh?.at(-1)?.at(-1) === 2)) {
      mode = 'take';
      return session.send(pdu.response({ command_status: smpp.ESME_RTHROTTLED }));
    }
    if (mode === 'refuse') return session.send(pdu.response({ command_status: smpp.ESME_RINVDSTADR }));
    if (mode === 'early') await deliver(receipt(id, 'DELIVRD', pdu.destination_addr));
    if (mode === 'linger') await wait(Math.random() * longestMs);
    process.send({ kind: 'answered', id, at: clock() });
    session.send(pdu.response({ message_id: id }));
  });
});

process.on('message', async ({ kind, nr, ...order }) => {
  let result;
  if (kind === 'mode') ({ mode, longestMs } = order);
  if (kind === 'receipt') result = await deliver(receipt(order.id, order.stat, order.to));
  if (kind === 'text') {
    const { from, text } = order;
    result = await deliver({
      source_addr: from,
      source_addr_ton: 1,
      destination_addr: 'Assent',
      short_message: text,
    });
  }
  if (kind === 'hang up') for (const session of sessions) session.destroy();
  process.send({ kind: 'done', nr, result });
});
process.on('disconnect', () => process.exit());
server.listen(port, '127.0.0.1', () => {
  process.send({ kind: 'listening', port: server.address().port });
});
