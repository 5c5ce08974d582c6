import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultPolicy, reportPlacements } from '@slipway/capacity-planner-core';
import { createMetrics } from '@slipway/telemetry';
import { DriftMetrics } from './drift-metrics.js';
import { HostMetrics } from './host-metrics.js';
import { watchPlacements } from './placement-metrics.js';
import { PlannerMetrics } from './planner-metrics.js';
import { watchSpend } from './spend-metrics.js';

const ROOT = join(import.meta.dirname, '../../../..');
const PAGES = join(ROOT, 'docs/runbooks/capacity');
const rules = readFileSync(join(ROOT, 'infra/alerts/capacity-planner.yaml'), 'utf8')
  .split(/^ {6}- alert: /m)
  .slice(1)
  .map((text) => ({
    name: /^\w+/.exec(text)?.[0] ?? '',
    metrics: [...(/^ +expr: (.*)$/m.exec(text)?.[1] ?? '').matchAll(/slipway_\w+/g)].map(
      ([metric]) => metric,
    ),
    page: /^ +runbook: (.*)$/m.exec(text)?.[1] ?? '',
  }));

test.each(rules)('$name has a runbook page that names it', ({ name, page }) => {
  expect(existsSync(join(ROOT, page))).toBe(true);
  expect(readFileSync(join(ROOT, page), 'utf8')).toContain(`\`${name}\``);
});

test.each(rules)('$name is made of metrics that the planner has', ({ metrics }) => {
  const registry = createMetrics('capacity-planner');
  new PlannerMetrics(registry).watch(registry, {
    now: () => 0,
    wanted: () => new Map(),
    demandKnownAt: () => 0,
    mode: () => 'running',
    waitingSince: () => undefined,
    maxPriceAgeMs: () => 0,
    plans: 'by-itself',
  });
  new HostMetrics(registry, () => []);
  new DriftMetrics(registry, () => []);
  watchPlacements(registry, () => reportPlacements([]));
  watchSpend(registry, {
    ...{ now: () => 0, hosts: () => [], held: () => [], commitments: () => [] },
    guardrails: () => defaultPolicy.guardrails,
  });
  expect(metrics.length).toBeGreaterThan(0);
  for (const metric of metrics) expect(registry.getSingleMetric(metric)).toBeDefined();
});

test('no page is without its alert', () => {
  expect(readdirSync(PAGES).toSorted()).toEqual(rules.map(({ page }) => page.split('/').at(-1)).toSorted());
});
