import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './process-identity.ts';
import { readPidFiles } from './pid-files.ts';
import type { ProcessSpec } from './process-spec.ts';
import type { ProcessStatus } from './process-status.ts';
import { stopOrphans } from './stop-orphans.ts';
import { Supervisor } from './supervisor.ts';

const shell = (name: string, script: string): ProcessSpec => ({
  name,
  tier: 'service',
  command: 'sh',
  arguments: ['-c', script],
  environment: {},
  folder: '/',
  probe: { kind: 'running' },
  port: 1,
  version: '1',
  revision: '',
  stopSignal: 'SIGTERM',
  stopMs: 500,
});

const folder = mkdtempSync(join(tmpdir(), 'supervisor-'));
const supervisors: Supervisor[] = [];
const supervise = (): Supervisor => {
  const supervisor = new Supervisor({ logs: folder, run: folder });
  supervisors.push(supervisor);
  return supervisor;
};

const eventually = async (
  supervisor: Supervisor,
  right: (status: ProcessStatus) => boolean,
): Promise<ProcessStatus> => {
  const deadline = Date.now() + 5_000;
  for (;;) {
    const [status] = await supervisor.status();
    if (status && right(status)) return status;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(status)}`);
    await sleep(10);
  }
};

afterEach(async () => {
  await Promise.all(supervisors.splice(0).map((supervisor) => supervisor.stopAll()));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the supervisor', () => {
  test('a killed process is back within a second, under another process id', async () => {
    const supervisor = supervise();
    await supervisor.apply({ processes: [shell('steady', 'exec sleep 60')] });
    const first = await eventually(supervisor, ({ pid }) => pid !== null);
    const killedAt = Date.now();
    process.kill(first.pid!, 'SIGKILL');
    const second = await eventually(supervisor, ({ pid }) => pid !== null && pid !== first.pid);
    expect(Date.now() - killedAt).toBeLessThan(1_000);
    expect(second.restarts).toBe(1);
    expect(second.lastExit).toContain('killed by SIGKILL');
  });

  test('a process that exits at once is shown as failing with its exit code, and tried again', async () => {
    const supervisor = supervise();
    await supervisor.apply({ processes: [shell('broken', 'echo no luck; exit 3')] });
    const status = await eventually(
      supervisor,
      ({ state, restarts }) => state === 'failing' && restarts >= 1,
    );
    expect(status.health).toContain('exited with code 3');
    expect(readFileSync(join(folder, 'broken.log'), 'utf8')).toContain('no luck');
  });

  test('a program that is not there is shown as failing', async () => {
    const supervisor = supervise();
    await supervisor.apply({ processes: [{ ...shell('absent', ''), command: '/no/such/program' }] });
    expect((await eventually(supervisor, ({ state }) => state === 'failing')).health).toContain(
      'could not start',
    );
  });

  test('a process that ignores the signal to stop is killed after its grace', async () => {
    const supervisor = supervise();
    await supervisor.apply({
      processes: [shell('stubborn', 'trap "" TERM; echo up; while :; do sleep 1; done')],
    });
    await eventually(supervisor, ({ uptimeMs }) => uptimeMs > 200);
    await supervisor.stopAll();
    expect((await supervisor.status())[0]?.state).toBe('stopped');
  });

  test('what a killed supervisor left running is found by its pid file and stopped', async () => {
    const supervisor = supervise();
    await supervisor.apply({ processes: [shell('orphan', 'exec sleep 60')] });
    await eventually(supervisor, ({ pid }) => pid !== null);
    const [record] = readPidFiles(folder);
    // As if this supervisor were dead: it must not start the process again.
    const stopping = supervisor.stopAll();
    expect(await stopOrphans(folder)).toEqual(['orphan']);
    await stopping;
    expect(isAlive(record!)).toBe(false);
  });
});
