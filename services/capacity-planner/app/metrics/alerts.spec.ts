import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultPolicy, reportPlacements, type Plan } from '@slipway/capacity-planner-core';
import type { NotFollowed } from '@slipway/contracts';
import { createMetrics } from '@slipway/telemetry';
import { DriftMetrics } from './drift-metrics.js';
import { HostMetrics } from './host-metrics.js';
import { watchPlacements } from './placement-metrics.js';
import { PlannerMetrics } from './planner-metrics.js';
import { watchSpend } from './spend-metrics.js';
import { watchPlanner } from './watch-planner.js';

const ROOT = join(import.meta.dirname, '../../../..');
const PAGES = join(ROOT, 'docs/runbooks/capacity');
const rules = readFileSync(join(ROOT, 'infra/alerts/capacity-planner.yaml'), 'utf8')
  .split(/^ {6}- alert: /m)
  .slice(1)
  .map((text) => ({
    name: /^\w+/.exec(text)?.[0] ?? '',
    expr: /^ +expr: (.*)$/m.exec(text)?.[1] ?? '',
    page: /^ +runbook: (.*)$/m.exec(text)?.[1] ?? '',
  }));

test.each(rules)('$name has a runbook page that names it', ({ name, page }) => {
  expect(existsSync(join(ROOT, page))).toBe(true);
  expect(readFileSync(join(ROOT, page), 'utf8')).toContain(`\`${name}\``);
});

/** Metrics of a rule, each with the labels that it is asked by: `slipway_hosts{how="lost"}`. */
const metricsIn = (expr: string) =>
  [...expr.matchAll(/(slipway_\w+)(?:\{([^}]*)\})?/g)].map(([, metric = '', matchers = '']) => ({
    metric,
    labels: [...matchers.matchAll(/(\w+)=/g)].map(([, label]) => label),
  }));

/** All metrics of a planner that has just started. */
const freshRegistry = () => {
  const registry = createMetrics('capacity-planner');
  new PlannerMetrics(registry);
  watchPlanner(registry, {
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
  return registry;
};

test.each(rules)('$name is made of metrics and labels that the planner has', ({ expr }) => {
  const registry = freshRegistry();
  const metrics = metricsIn(expr);
  expect(metrics.length).toBeGreaterThan(0);
  for (const { metric, labels } of metrics) {
    const known = registry.getSingleMetric(metric) as { labelNames?: readonly string[] } | undefined;
    expect(known?.labelNames).toEqual(expect.arrayContaining(labels));
  }
});

const increases = rules.filter(({ expr }) => expr.includes('increase('));

test.each(increases)(
  '$name counts from the first one on, and all of them together',
  async ({ expr, page }) => {
    const { metric, values } = /increase\((?<metric>\w+)(?:\{\w+=~?"(?<values>[^"]*)"\})?\[/.exec(
      expr,
    )!.groups!;
    const series = await freshRegistry().getSingleMetric(metric!)!.get();
    const labels = series.values.flatMap(({ labels: of }) => Object.values(of));
    expect(series.values.length).toBeGreaterThan(0);
    expect(labels).toEqual(expect.arrayContaining(values?.split('|') ?? []));
    if (labels.length > 0) expect(expr).toMatch(/^sum\(increase\(/);
    expect(readFileSync(join(ROOT, page), 'utf8')).toContain(`\`${expr}\``);
  },
);

/** Whether a rule asks for this value of a label somewhere. */
const asksFor = (alert: string, label: string, value: string) =>
  [...(rules.find(({ name }) => name === alert)?.expr ?? '').matchAll(/(\w+)=~"([^"]*)"/g)].some(
    ([, name, values]) => name === label && new RegExp(`^(?:${values})$`).test(value),
  );

const BECAUSE: Readonly<Record<NotFollowed['because'], boolean>> = {
  ...{ 'hosts-absent': true, 'hosts-full': true, 'hosts-passed-over': true },
  'hosts-starting': false,
  ...{ 'used-up': false, 'none-planned': false, 'not-said': false },
};

test.each(Object.entries(BECAUSE))('containers that are placed by best fit for %s ring: %s', (why, rings) => {
  expect(asksFor('CapacityPlanNotFollowed', 'because', why)).toBe(rings);
});

test.each([
  ['vendor-share', true],
  ['non-spot-share', true],
  ['market-share', false],
] satisfies (readonly [Plan['slacks'][number]['name'], boolean])[])(
  'what is above a %s rings: %s',
  (rule, rings) => {
    expect(asksFor('CapacityShareExceeded', 'rule', rule)).toBe(rings);
  },
);

test('a shortage that no idle GPU would pay for rings nobody', () => {
  expect(rules.find(({ name }) => name === 'CapacityShortageForeseen')?.expr).toMatch(
    / and on\(gpu\) slipway_capacity_buffer_missing_gpus > 0$/,
  );
});

test('no page is without its alert', () => {
  expect(readdirSync(PAGES).toSorted()).toEqual(rules.map(({ page }) => page.split('/').at(-1)).toSorted());
});
