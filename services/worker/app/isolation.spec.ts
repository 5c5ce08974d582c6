import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { containerLimits } from '@slipway/worker-core';
import { readWorkerConfig } from './config.js';
import { captureOutput } from './container-logs/capture-output.js';
import {
  countOutOfMemoryKills,
  layRoot,
  prepareContainer,
  removeContainer,
  runProgram,
} from './isolated-container/isolated-container.js';
import { openWorkerHost, type OpenedHost } from './open-worker-host.js';

/**
 * Attempts on real containers. Needs root, and a root file system with Python 3:
 * SLIPWAY_TEST_ROOT=/path/to/rootfs SLIPWAY_TEST_RUNTIMES=runc,runsc npm test -- services/worker/app/isolation
 */
const rootFolder = process.env['SLIPWAY_TEST_ROOT'];
const runtimes = (process.env['SLIPWAY_TEST_RUNTIMES'] ?? 'runc').split(',');
const METADATA = '169.254.169.254';
const nothing = {} as never;

(rootFolder === undefined ? describe.skip : describe).each(runtimes)('a container under %s', (runtime) => {
  let opened: OpenedHost | undefined;
  let dataDir: string;
  let secret: string;
  let service: Server;
  let port: number;
  const hostAddress = Object.values(networkInterfaces())
    .flat()
    .find((address) => address?.family === 'IPv4' && !address.internal)?.address;

  const attempt = async (
    script: string,
    reach: 'open' | 'blocked' = 'open',
    onAddress: (address: string) => void = () => undefined,
  ) => {
    const { host } = opened!;
    const id = `try-${Math.random().toString(36).slice(2)}`;
    const prepared = await prepareContainer(host, id, { diskMiB: 100, reach });
    onAddress(prepared.network.address);
    try {
      const container = await layRoot(prepared, [rootFolder!]);
      const limits = containerLimits(
        { milliCpu: 500, memoryMiB: 128, memoryLimitMiB: 200, gpus: [] },
        host.machine,
      );
      const running = await runProgram(host, container, {
        args: ['/usr/bin/python3', '-c', script],
        env: { PATH: '/usr/bin:/bin' },
        cwd: '/',
        user: { uid: 0, gid: 0 },
        limits: { ...limits, pids: 200 },
        purpose: 'serve',
        bound: [],
        deviceNodes: [],
      });
      let output = '';
      const heard = Promise.all(
        [running.stdout, running.stderr].map((from) => captureOutput(from, (text) => void (output += text))),
      );
      const exitCode = await running.exited;
      await heard;
      return { exitCode, output, kills: await countOutOfMemoryKills(host, container) };
    } finally {
      await removeContainer(host, prepared);
    }
  };
  const connectTo = (address: string, to: number): string =>
    `import socket\ntry:\n  socket.create_connection(("${address}", ${to}), 1); print("reached")\nexcept OSError as e: print("refused", e)`;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'slipway-isolation-'));
    secret = join(dataDir, 'secret');
    writeFileSync(secret, 'host only');
    execFileSync('ip', ['link', 'add', 'slwmeta', 'type', 'bridge']);
    execFileSync('ip', ['address', 'add', `${METADATA}/32`, 'dev', 'slwmeta']);
    execFileSync('ip', ['link', 'set', 'slwmeta', 'up']);
    service = createServer((socket) => socket.end('platform'));
    await new Promise<void>((resolve) => service.listen(0, '0.0.0.0', resolve));
    port = (service.address() as AddressInfo).port;
    const config = readWorkerConfig({
      NATS_URL: 'nats://127.0.0.1',
      SLIPWAY_DATA_DIR: dataDir,
      SLIPWAY_INTERNAL_KEY: 'key',
      BLOB_STORE_URL: 'http://127.0.0.1:1',
      GATEWAY_URL: 'http://127.0.0.1:1',
      WORKER_ID: `wo-isolation-${runtime}`,
      WORKER_RUNTIME: runtime,
      WORKER_RUNSC: process.env['WORKER_RUNSC'],
    });
    opened = await openWorkerHost(config, nothing, nothing, {
      info: () => undefined,
      warn: () => undefined,
    } as never);
  }, 30_000);

  afterAll(async () => {
    await opened?.close();
    service.close();
    execFileSync('ip', ['link', 'delete', 'slwmeta']);
    rmSync(dataDir, { recursive: true, force: true });
  }, 30_000);

  test('runs, as the first of few processes', async () => {
    const { exitCode, output } = await attempt(
      'import os; print(os.getpid(), len([p for p in os.listdir("/proc") if p.isdigit()]))',
    );
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: '1 1\n' });
  });

  test("sees none of the host's files", async () => {
    const { output } = await attempt(
      `import os; print(os.path.exists(${JSON.stringify(secret)}), os.path.exists("/proc/1/root${secret}"))`,
    );
    expect(output).toBe('False False\n');
  });

  test.each([
    ["a service on the host's address", () => [hostAddress!, port] as const],
    ["a service on the worker's own address", () => [opened!.host.network.gateway, port] as const],
    ['a metadata service', () => [METADATA, port] as const],
  ])('does not reach %s', async (_what, target) => {
    expect((await attempt(connectTo(...target()))).output).toMatch(/^refused/);
  });

  test('reaches the blob relay, even when its network is blocked', async () => {
    const relay = new URL(opened!.host.blobBaseUrl);
    expect((await attempt(connectTo(relay.hostname, Number(relay.port)), 'blocked')).output).toBe(
      'reached\n',
    );
  });

  test('does not reach another container, which is up and listens', async () => {
    let tell: (address: string) => void = () => undefined;
    const address = new Promise<string>((resolve) => (tell = resolve));
    const listening = attempt(
      'import socket\ns = socket.create_server(("0.0.0.0", 7000)); s.settimeout(6)\n' +
        'socket.create_connection(("127.0.0.1", 7000), 1); s.accept(); print("listens", flush=True)\n' +
        'try:\n  s.accept(); print("was reached")\nexcept OSError: print("was left alone")',
      'open',
      tell,
    );
    const reaching = await attempt(`import time; time.sleep(2)\n${connectTo(await address, 7000)}`);
    expect(reaching.output).toMatch(/^refused/);
    expect((await listening).output).toBe('listens\nwas left alone\n');
  }, 30_000);

  test('is ended by the kernel when it needs more memory than its limit', async () => {
    const { exitCode, kills } = await attempt(
      'x = bytearray(400 << 20)\nfor i in range(0, len(x), 4096): x[i] = 1',
    );
    expect(exitCode).toBe(137);
    expect(kills).toBeGreaterThan(0);
  });

  test.each([
    ['the blocks', 'f = open("/big", "wb")\nwhile True: f.write(b"x" * (1 << 20)); f.flush()'],
    ['the inodes', 'n = 0\nwhile True: open("/tmp/%d" % n, "w").close(); n += 1'],
  ])(
    'fills %s of its own disk, and no more',
    async (_what, script) => {
      expect((await attempt(script)).output).toContain('No space left on device');
    },
    30_000,
  );

  test('cannot fork without end', async () => {
    const { exitCode } = await attempt(
      'import os, time\nfor n in range(2000):\n  if os.fork() == 0: time.sleep(60); os._exit(0)\nprint("all forked")',
    );
    expect(exitCode).not.toBe(0);
  }, 30_000);

  const forbidden: [what: string, call: string][] = [
    ['mount', 'libc.mount(b"none", b"/mnt", b"tmpfs", 0, None)'],
    // One that gVisor makes is a thing of its own kernel alone.
    ...(runtime === 'runc'
      ? [['make a namespace', 'libc.unshare(0x10000000)'] satisfies [string, string]]
      : []),
    ['open raw sockets', 'libc.socket(2, 3, 1)'],
    ['trace a process outside', 'libc.ptrace(16, 99999, 0, 0)'],
    ['load kernel modules', 'libc.syscall(313, 0, b"", 0)'],
  ];

  test.each(forbidden)('cannot %s', async (_what, call) => {
    const { output } = await attempt(`import ctypes; libc = ctypes.CDLL(None); print(${call})`);
    expect(output).toBe('-1\n');
  });

  test('cannot open a raw device', async () => {
    const { output } = await attempt(
      'import os\ntry:\n  os.mknod("/disk", 0o60600, os.makedev(254, 0)); os.open("/disk", os.O_RDONLY); print("opened")\nexcept OSError as e: print("refused")',
    );
    expect(output).toBe('refused\n');
  });
});
