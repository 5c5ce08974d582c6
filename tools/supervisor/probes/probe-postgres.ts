import { exchange } from './exchange.ts';

const protocolVersion = 196_608;

/**
 * Starts a session as far as the request for a password, which the server makes only once it accepts sessions
 * (`R`); while it recovers it answers an error (`E`).
 * Source: PostgreSQL documentation, "Frontend/Backend Protocol", StartupMessage.
 */
export const probePostgres = async (port: number, timeoutMs: number): Promise<string> => {
  const parameters = Buffer.from('user\0slipway\0database\0slipway\0\0');
  const head = Buffer.alloc(8);
  head.writeInt32BE(head.length + parameters.length, 0);
  head.writeInt32BE(protocolVersion, 4);
  const answer = await exchange(port, Buffer.concat([head, parameters]), timeoutMs);
  return answer[0] === 'R'.charCodeAt(0) ? 'ready' : 'starting';
};
