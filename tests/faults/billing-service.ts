import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../tools/testing/free-port.ts';

export type BillingService = Readonly<{
  /** Ends it as a crash does, and starts it anew as a supervisor does; it is asked again until it answers. */
  killAndRestart: () => Promise<void>;
  stop: () => Promise<void>;
}>;

/** The service as it is, in a process of its own that can be killed. */
export const startBilling = async (
  servers: Readonly<{ databaseUrl: string; natsUrl: string }>,
): Promise<BillingService> => {
  const program = fileURLToPath(new URL('../../services/billing/app/dist/main.js', import.meta.url));
  const dataDir = mkdtempSync(join(tmpdir(), 'slipway-billing-'));
  const env = {
    PATH: process.env['PATH'],
    DATABASE_URL: servers.databaseUrl,
    NATS_URL: servers.natsUrl,
    // Billing speaks to neither of them; volumes are measured over the bus.
    REDIS_URL: 'redis://127.0.0.1:1',
    BLOB_STORE_URL: 'http://127.0.0.1:1',
    SLIPWAY_DATA_DIR: dataDir,
    SLIPWAY_HEALTH_PORT: String(await freePort()),
    SLIPWAY_INTERNAL_KEY: 'throwaway',
    SLIPWAY_LOG_LEVEL: 'silent',
  };
  let stopping = false;
  let service: ChildProcess;
  let exited: Promise<void>;
  const start = (): void => {
    service = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
      stdio: 'ignore',
      env,
    });
    exited = new Promise((resolve) => service.once('close', () => resolve()));
    // One that gives up because its servers are away is started again.
    void exited.then(() => (stopping ? undefined : setTimeout(() => stopping || start(), 50)));
  };
  start();
  return {
    killAndRestart: async () => {
      service.kill('SIGKILL');
      await exited;
    },
    stop: async () => {
      stopping = true;
      service.kill('SIGKILL');
      await exited;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
