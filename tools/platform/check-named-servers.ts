import { connect } from 'node:net';

type Address = Readonly<{ host: string; port: number }>;

const defaultPorts: Readonly<Record<string, number>> = {
  DATABASE_URL: 5432,
  NATS_URL: 4222,
  REDIS_URL: 6379,
};
const connectMs = 3_000;
/** As libs/contracts/message-limits.ts says it to services; this runs before anything is built. */
const messageBytes = 8_000_000;

/**
 * Servers that the operator named must answer before anything is started, and NATS must take what services send. Throws an error that
 * names the variable and the address.
 */
export const checkNamedServers = async (environment: NodeJS.ProcessEnv): Promise<void> => {
  for (const [name, defaultPort] of Object.entries(defaultPorts)) {
    const value = environment[name];
    if (!value) continue;
    if (!URL.canParse(value)) throw new Error(`${name} is '${value}', but must be a URL`);
    const { hostname, port } = new URL(value);
    const at = { host: hostname, port: Number(port) || defaultPort };
    const trouble = await reach(at);
    if (trouble)
      throw new Error(
        `${name} names ${at.host}:${at.port}, but nothing answers there (${trouble}): start that server, or unset ${name} to let the platform run its own`,
      );
    if (name === 'NATS_URL') await checkNats(at);
  }
};

const checkNats = async (at: Address): Promise<void> => {
  const greeting = await greetingOf(at);
  const mostBytes = Number(/^INFO .*"max_payload": *(\d+)/.exec(greeting)?.[1]);
  const server = `NATS_URL names ${at.host}:${at.port}`;
  if (Number.isNaN(mostBytes)) throw new Error(`${server}, but what answers there is no NATS server`);
  if (mostBytes < messageBytes)
    throw new Error(
      `${server}, which takes messages of at most ${mostBytes} bytes (max_payload), but services send up to ${messageBytes}: set max_payload: 8MB in its configuration`,
    );
};

/** The first line that a server says by itself; '' where it says none in time. */
const greetingOf = (at: Address): Promise<string> =>
  new Promise((resolve) => {
    let heard = '';
    const socket = connect({ ...at, timeout: connectMs });
    socket.on('data', (data) => {
      heard += data.toString();
      if (heard.includes('\n')) socket.destroy();
    });
    socket.once('timeout', () => socket.destroy());
    socket.on('error', () => undefined);
    socket.once('close', () => resolve(heard));
  });

const reach = (at: Address): Promise<string | undefined> =>
  new Promise((resolve) => {
    const socket = connect({ ...at, timeout: connectMs });
    const end = (trouble?: string): void => {
      socket.destroy();
      resolve(trouble);
    };
    socket.once('connect', () => end());
    socket.once('timeout', () => end(`no answer within ${connectMs} ms`));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
