/** As much of the package as is used here; it comes without types. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Socket } from 'node:net';

  export interface Pdu {
    command: string;
    command_status: number;
    sequence_number: number;
    message_id?: string;
    esm_class?: number;
    source_addr?: string;
    source_addr_ton?: number;
    source_addr_npi?: number;
    receipted_message_id?: string;
    message_state?: number;
    short_message?: { message: string | Buffer };
    message_payload?: { message: string | Buffer };
    isResponse(): boolean;
    response(fields?: { command_status?: number }): Pdu;
  }

  export interface Session extends EventEmitter {
    socket: Socket;
    /** False where the connection can not be written to: then nothing left. */
    send(pdu: Pdu, answered?: (answer: Pdu) => void): boolean;
    close(): void;
    destroy(): void;
  }

  interface Smpp {
    connect(options: { socket: Socket }): Session;
    PDU: new (command: string, fields: Record<string, unknown>) => Pdu;
  }
  const smpp: Smpp;
  // eslint-disable-next-line no-restricted-syntax -- so does the package
  export default smpp;
}
