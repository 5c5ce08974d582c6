import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installNats } from '../install/nats.ts';
import { checkoutFolder, homeAt } from '../platform/home.ts';
import { freePort } from './free-port.ts';

/** A NATS server that can be ended as a crash ends it, and comes back on the same port with what it had acknowledged. */
export type KillableNats = Readonly<{
  natsUrl: string;
  stop: () => Promise<void>;
  killAndRestart: () => Promise<void>;
}>;

const STARTS_WITHIN_MS = 20_000;
const PASSWORD = 'throwaway';

/** A server of a spec's own on a free port, configured as the platform's is, with its data in a temporary folder. */
export const startKillableNats = async (): Promise<KillableNats> => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-nats-'));
  const { path } = await installNats(homeAt('.slipway').clientVenv, join(folder, 'install.log'));
  const [port, monitor] = [await freePort(), await freePort()];
  const words = ['-c', join(checkoutFolder, 'infra/nats/nats.conf')];
  const env = {
    NATS_HOST: JSON.stringify('127.0.0.1'),
    NATS_PORT: String(port),
    NATS_MONITOR: JSON.stringify(`127.0.0.1:${monitor}`),
    NATS_PASSWORD: JSON.stringify(PASSWORD),
    NATS_STORE_DIR: JSON.stringify(join(folder, 'data')),
  };
  let server: ChildProcess;
  let exited: Promise<void>;
  const isUp = async (): Promise<boolean> =>
    fetch(`http://127.0.0.1:${monitor}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
  const start = async (): Promise<void> => {
    server = spawn(path, words, { stdio: 'ignore', env });
    exited = new Promise<void>((resolve) => server.once('close', () => resolve()));
    const until = Date.now() + STARTS_WITHIN_MS;
    while (!(await isUp())) {
      if (Date.now() > until) throw new Error(`NATS did not start within ${STARTS_WITHIN_MS / 1_000} s`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    server.kill(signal);
    await exited;
  };
  await start();
  return {
    natsUrl: `nats://slipway:${PASSWORD}@127.0.0.1:${port}`,
    stop: async () => {
      await end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
    killAndRestart: async () => {
      await end('SIGKILL');
      await start();
    },
  };
};
