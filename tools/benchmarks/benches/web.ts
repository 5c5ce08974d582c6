import { join } from 'node:path';
import { alternate } from '../alternate.ts';
import type { BenchSetting } from '../bench-setting.ts';
import { findRuntimes } from '../container/runtimes.ts';
import { noteOnP99, P50_AND_P99, percentile } from '../report/percentile.ts';
import { load, type LoadNumbers, type Shape, type Target } from '../web/load.ts';
import { withIdleSockets } from '../web/idle-sockets.ts';
import { startNginxBeforeContainer } from '../web/nginx-before-container.ts';
import { besideRayServe, besideUvicorn } from '../web/with-server.ts';
import { withFunction } from './noop-function.ts';

const seconds = { quick: 3, full: 15 };
const rounds = { quick: 1, full: 3 };

type Shaped = Readonly<{ name: string; shape: Shape; connections: number }>;

const noop: Shape = { method: 'GET', path: '/' };
const noops: Shaped = { name: '', shape: noop, connections: 16 };
const shapes: readonly Shaped[] = [
  { name: 'one_connection_', shape: noop, connections: 1 },
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
const nginxName = 'uvicorn behind nginx';

type Found = Readonly<{ ours: readonly LoadNumbers[]; theirs: readonly LoadNumbers[] }>;

/** Requests through the gateway to a FastAPI app, beside the same app under uvicorn in a container of the same runtime behind nginx. */
export const web = async (setting: BenchSetting): Promise<void> => {
  const { home, environment, recorder } = setting;
  const { runsc } = await findRuntimes(home);
  await withFunction(setting, { app: 'web', containers: 1 }, async ({ webUrl, containers: [captured] }) => {
    const { host } = new URL(webUrl);
    const ours = { port: Number(new URL(environment['MODAL_SERVER_URL'] ?? '').port), host };
    // Our code is not measured while it is still being compiled.
    await load(ours, noop, { connections: 16, seconds: 5 });
    const folder = join(home.data, 'bench', 'web');
    const nginx = await recorder.orSkipped(nginxName, () =>
      startNginxBeforeContainer(captured!, runsc, folder),
    );
    try {
      const targets = { ours, theirs: nginx && { port: nginx.port, host: 'app' } };
      const plain = await inTurns(setting, targets, noops);
      report(setting, noops.name, plain);
      for (const told of shapes) report(setting, told.name, await inTurns(setting, targets, told));
      report(setting, 'idle_sockets_', await besideIdleSockets(setting, targets));
      await nginx?.end();
      await alsoBeside(setting, plain.ours);
    } finally {
      await nginx?.end();
    }
  });
};

type Targets = Readonly<{ ours: Target; theirs: Target | undefined }>;

const inTurns = async (
  { recorder, size }: BenchSetting,
  { ours, theirs }: Targets,
  { shape, connections }: Shaped,
): Promise<Found> => {
  const busy = (target: Target) => () => load(target, shape, { connections, seconds: seconds[size] });
  recorder.note(`${shape.method} ${shape.path} on ${connections} connection${connections === 1 ? '' : 's'}`);
  const found = await alternate(
    recorder,
    rounds[size],
    busy(ours),
    theirs ? [{ name: nginxName, measure: busy(theirs) }] : [],
  );
  return { ours: found.ours, theirs: found.theirs[0]?.found ?? [] };
};

/** No-op requests while so many WebSockets are open and say nothing, and how long it takes to open them. */
const besideIdleSockets = async (
  { recorder, size }: BenchSetting,
  { ours, theirs }: Targets,
): Promise<Found> => {
  const count = idleSockets[size];
  recorder.note(`${count} idle WebSockets`);
  const busy = (target: Target) =>
    withIdleSockets(target, count, () => load(target, noop, { connections: 16, seconds: seconds[size] }));
  const here = await busy(ours);
  const there = theirs && (await recorder.orSkipped(nginxName, () => busy(theirs)));
  recorder.measured(
    'idle_sockets_seconds',
    here.seconds,
    's',
    there && { name: nginxName, value: there.seconds },
  );
  return { ours: [here.found], theirs: there ? [there.found] : [] };
};

/** The no-op beside other ways to serve it on this machine: uvicorn with nothing about it, and Ray Serve. */
const alsoBeside = async (setting: BenchSetting, ours: readonly LoadNumbers[]): Promise<void> => {
  const { recorder, size } = setting;
  const plan = { connections: noops.connections, seconds: seconds[size] };
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
  { ours, theirs }: Found,
  name = nginxName,
): void => {
  const mean = (found: readonly LoadNumbers[]) =>
    found.reduce((total, { perSecond }) => total + perSecond, 0) / found.length;
  const samples = (found: readonly LoadNumbers[]) => found.flatMap(({ samplesMs }) => samplesMs);
  const beside = (find: (found: readonly LoadNumbers[]) => number) =>
    theirs.length === 0 ? undefined : { name, value: find(theirs) };
  recorder.keep(prefix, { ours, theirs });
  recorder.measured(`${prefix}requests_per_second`, mean(ours), 'requests/s', beside(mean));
  const counts = [ours, theirs.length === 0 ? ours : theirs].map((found) => samples(found).length);
  const note = noteOnP99(counts);
  if (note !== undefined) recorder.note(`${prefix}${note}`);
  for (const [metric, share] of P50_AND_P99) {
    const at = (found: readonly LoadNumbers[]) => percentile(samples(found), share);
    recorder.measured(`${prefix}${metric}`, at(ours), 'ms', beside(at));
  }
};
