import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readStartPhases } from './start-phases.ts';

const started = (createdAt: string, mounted: number) => ({
  createdAt,
  readyAt: '2026-01-01T00:00:10.500Z',
  phases: { mounted },
});
const tasks: Record<string, readonly object[]> = {
  'ap-ours': [
    started('2026-01-01T00:00:10.000Z', 7),
    started('2025-12-31T00:00:00.000Z', 8),
    { createdAt: '2026-01-01T00:00:20.000Z' },
  ],
  'ap-of-others': [started('2026-01-01T00:00:10.000Z', 900)],
};

test("the starts are those of one app's containers, from a moment on, that have recorded them", async () => {
  const site = createServer((request, response) => {
    const app = new URL(request.url ?? '', 'http://site').searchParams.get('app');
    const items = app === null ? Object.values(tasks).flat() : tasks[app];
    response.end(JSON.stringify({ items }));
  });
  await new Promise<void>((done) => site.listen(0, '127.0.0.1', done));
  try {
    const { port } = site.address() as AddressInfo;
    const environment = {
      MODAL_SERVER_URL: `http://127.0.0.1:${port}`,
      MODAL_TOKEN_ID: 'ak-1',
      MODAL_TOKEN_SECRET: 'as-1',
    };
    const since = Date.parse('2026-01-01T00:00:00Z');
    expect(await readStartPhases(environment, 'ap-ours', since)).toEqual([
      { mounted: 7, 'created-to-ready': 500 },
    ]);
  } finally {
    site.close();
  }
});
