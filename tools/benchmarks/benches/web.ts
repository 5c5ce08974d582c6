import { join } from 'node:path';
import type { BenchSetting } from '../bench-setting.ts';
import { findRuntimes } from '../container/runtimes.ts';
import { percentile } from '../report/percentile.ts';
import { load, type LoadNumbers, type Shape, type Target } from '../web/load.ts';
import { withIdleSockets } from '../web/idle-sockets.ts';
import { besideNginx } from '../web/nginx-before-container.ts';
import { besideRayServe, besideUvicorn } from '../web/with-server.ts';
import { withFunction } from './noop-function.ts';

const seconds = { quick: 3, full: 15 };
const rounds = { quick: 1, full: 3 };

const shapes: readonly Readonly<{ name: string; shape: Shape; connections: number }>[] = [
  { name: '', shape: { method: 'GET', path: '/' }, connections: 16 },
  { name: 'one_connection_', shape: { method: 'GET', path: '/' }, connections: 1 },
  {
    name: 'echo_',
    shape: { method: 'POST', path: '/echo', body: Buffer.from('{"a":[1,2,3],"b":"text"}') },
    connections: 16,
  },
  {
    name: 'mib_',
    shape: { method: 'POST', path: '/size', body: Buffer.alloc(1024 * 1024, 32) },
    connections: 4,
  },
  { name: 'stream_10_mib_', shape: { method: 'GET', path: '/stream' }, connections: 4 },
];

const idleSockets = { quick: 200, full: 1000 };
const noop: Shape = { method: 'GET', path: '/' };
const nginxName = 'uvicorn behind nginx';

type Found = { ours: LoadNumbers[]; theirs: LoadNumbers[] };

/** Requests through the gateway to a FastAPI app, beside the same app under uvicorn in a container of the same runtime behind nginx. */
export const web = async (setting: BenchSetting): Promise<void> => {
  const { home, environment, recorder, size } = setting;
  const { runsc } = await findRuntimes(home);
  await withFunction(setting, { app: 'web', containers: 1 }, async ({ webUrl, containers: [captured] }) => {
    const { host } = new URL(webUrl);
    const port = Number(new URL(environment['MODAL_SERVER_URL'] ?? '').port);
    const ours: Target = { port, host };
    const all = new Map<string, Found>();
    const measure = async (theirPort: number | undefined): Promise<void> => {
      for (let round = 0; round < rounds[size]; round += 1)
        for (const { name, shape, connections } of shapes) {
          const found = all.get(name) ?? { ours: [], theirs: [] };
          all.set(name, found);
          const plan = { connections, seconds: seconds[size] };
          found.ours.push(await load(ours, shape, plan));
          if (theirPort !== undefined)
            found.theirs.push(await load({ port: theirPort, host: 'app' }, shape, plan));
        }
      const theirs = theirPort === undefined ? undefined : { port: theirPort, host: 'app' };
      await besideIdleSockets(setting, all, { ours, theirs });
    };
    // Our code is not measured while it is still being compiled.
    await load(ours, noop, { connections: 16, seconds: 5 });
    const folder = join(home.data, 'bench', 'web');
    const beside = await recorder.orSkipped(nginxName, () =>
      besideNginx(captured!, runsc, folder, measure).then(() => true),
    );
    if (beside === undefined) await measure(undefined);
    for (const [name, found] of all) report(setting, name, found);
    await alsoBeside(setting, all.get('')!.ours);
  });
};

/** No-op requests while so many WebSockets are open and say nothing, and how long it takes to open them. */
const besideIdleSockets = async (
  { recorder, size }: BenchSetting,
  all: Map<string, Found>,
  { ours, theirs }: Readonly<{ ours: Target; theirs: Target | undefined }>,
): Promise<void> => {
  const count = idleSockets[size];
  recorder.note(`${count} idle WebSockets`);
  const busy = (target: Target) =>
    withIdleSockets(target, count, () => load(target, noop, { connections: 16, seconds: seconds[size] }));
  const here = await busy(ours);
  const there = theirs && (await busy(theirs));
  all.set('idle_sockets_', { ours: [here.found], theirs: there ? [there.found] : [] });
  recorder.measured(
    'idle_sockets_seconds',
    here.seconds,
    's',
    there && { name: nginxName, value: there.seconds },
  );
};

/** The no-op beside other ways to serve it on this machine: uvicorn with nothing about it, and Ray Serve. */
const alsoBeside = async (setting: BenchSetting, ours: readonly LoadNumbers[]): Promise<void> => {
  const { recorder, size } = setting;
  const plan = { connections: 16, seconds: seconds[size] };
  for (const [metric, name, beside] of [
    ['beside_uvicorn_', 'uvicorn without a container', besideUvicorn],
    ['beside_ray_serve_', 'Ray Serve', besideRayServe],
  ] as const) {
    const theirs = await recorder.orSkipped(name, () =>
      beside((port) => load({ port, host: 'app' }, noop, plan)),
    );
    if (theirs !== undefined) report(setting, metric, { ours, theirs: [theirs] }, name);
  }
};

const report = (
  { recorder }: BenchSetting,
  prefix: string,
  { ours, theirs }: Readonly<{ ours: readonly LoadNumbers[]; theirs: readonly LoadNumbers[] }>,
  name = nginxName,
): void => {
  const mean = (found: readonly LoadNumbers[]) =>
    found.reduce((total, { perSecond }) => total + perSecond, 0) / found.length;
  const at = (found: readonly LoadNumbers[], share: number) =>
    percentile(
      found.flatMap(({ samplesMs }) => samplesMs),
      share,
    );
  const beside = (find: (found: readonly LoadNumbers[]) => number) =>
    theirs.length === 0 ? undefined : { name, value: find(theirs) };
  recorder.keep(prefix, { ours, theirs });
  recorder.measured(`${prefix}requests_per_second`, mean(ours), 'requests/s', beside(mean));
  for (const [metric, share] of [
    ['p50', 0.5],
    ['p99', 0.99],
  ] as const)
    recorder.measured(
      `${prefix}${metric}`,
      at(ours, share),
      'ms',
      beside((found) => at(found, share)),
    );
};
