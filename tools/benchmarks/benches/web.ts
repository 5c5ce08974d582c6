import { join } from 'node:path';
import type { BenchSetting } from '../bench-setting.ts';
import { findRuntimes } from '../container/runtimes.ts';
import { percentile } from '../report/percentile.ts';
import { load, type LoadNumbers, type Shape, type Target } from '../web/load.ts';
import { besideNginx } from '../web/nginx-before-container.ts';
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

/** Requests through the gateway to a FastAPI app, beside the same app under uvicorn in a container of the same runtime behind nginx. */
export const web = async (setting: BenchSetting): Promise<void> => {
  const { home, environment, recorder, size } = setting;
  const { runsc } = await findRuntimes(home);
  await withFunction(setting, { app: 'web', containers: 1 }, async ({ webUrl, containers: [captured] }) => {
    const { host } = new URL(webUrl);
    const port = Number(new URL(environment['MODAL_SERVER_URL'] ?? '').port);
    const ours: Target = { port, host };
    const all = new Map<string, { ours: LoadNumbers[]; theirs: LoadNumbers[] }>();
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
    };
    await load(ours, { method: 'GET', path: '/' }, { connections: 4, seconds: 1 });
    const folder = join(home.data, 'bench', 'web');
    const beside = await recorder.orSkipped('uvicorn behind nginx', () =>
      besideNginx(captured!, runsc, folder, measure).then(() => true),
    );
    if (beside === undefined) await measure(undefined);
    for (const [name, found] of all) report(setting, name, found);
  });
};

const report = (
  { recorder }: BenchSetting,
  name: string,
  { ours, theirs }: Readonly<{ ours: readonly LoadNumbers[]; theirs: readonly LoadNumbers[] }>,
): void => {
  const mean = (found: readonly LoadNumbers[]) =>
    found.reduce((total, { perSecond }) => total + perSecond, 0) / found.length;
  const at = (found: readonly LoadNumbers[], share: number) =>
    percentile(
      found.flatMap(({ samplesMs }) => samplesMs),
      share,
    );
  const beside = (find: (found: readonly LoadNumbers[]) => number) =>
    theirs.length === 0 ? undefined : { name: 'uvicorn behind nginx', value: find(theirs) };
  recorder.measured(`${name}requests_per_second`, mean(ours), 'requests/s', beside(mean));
  for (const [metric, share] of [
    ['p50', 0.5],
    ['p99', 0.99],
  ] as const)
    recorder.measured(
      `${name}${metric}`,
      at(ours, share),
      'ms',
      beside((found) => at(found, share)),
    );
};
