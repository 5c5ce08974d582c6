import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMetrics } from '@slipway/telemetry';
import { WorkerTroubles } from './worker-troubles.js';

const ROOT = join(import.meta.dirname, '../../../..');
const ALERT = 'SchedulerWorkerFailsStarts';

const opened = () => {
  const registry = createMetrics('scheduler');
  const said: unknown[] = [];
  const say = (facts: unknown): void => void said.push(facts);
  return { registry, said, troubles: new WorkerTroubles(registry, { info: say, warn: say }) };
};
const trouble = { failedStarts: 3, pausedUntil: 20_000, message: 'no space left on device' };

test('a worker on which starts fail has a figure while they do, and the log says why', async () => {
  const { registry, said, troubles } = opened();
  const figure = async () =>
    (await registry.getSingleMetric('slipway_scheduler_worker_failed_starts')?.get())?.values;
  troubles.note('wo-1', trouble);
  expect(await figure()).toMatchObject([{ value: 3, labels: { worker_id: 'wo-1' } }]);
  expect(said).toMatchObject([{ workerId: 'wo-1', failedStarts: 3, because: 'no space left on device' }]);
  troubles.note('wo-1', undefined);
  expect(await figure()).toEqual([]);
});

test('its alert asks for that figure, and has a page', () => {
  const rules = readFileSync(join(ROOT, 'infra/alerts/scheduler.yaml'), 'utf8');
  expect(rules).toContain(`alert: ${ALERT}`);
  const expr = /expr: (.*)/.exec(rules)?.[1] ?? '';
  const [metric = ''] = /slipway_\w+/.exec(expr) ?? [];
  expect(opened().registry.getSingleMetric(metric)).toBeDefined();
  const page = readFileSync(join(ROOT, /runbook: (.*)/.exec(rules)?.[1] ?? ''), 'utf8');
  expect(page).toContain(`\`${ALERT}\`: \`${expr}\``);
});
