import { connect } from 'node:net';

const defaultPorts: Readonly<Record<string, number>> = {
  DATABASE_URL: 5432,
  NATS_URL: 4222,
  REDIS_URL: 6379,
};
const connectMs = 3_000;

/** Servers that the operator named must answer before anything is started. Throws an error that names the variable and the address. */
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
  }
};

const reach = (at: Readonly<{ host: string; port: number }>): Promise<string | undefined> =>
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
