import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { DataHome } from '@slipway/capacity-planner-core';
import type { VendorsConfig } from './vendors/open-vendors.js';
import { readVendorsConfig } from './vendors/read-vendors-config.js';
import { readConfig, type Environment, type SharedConfig } from '@slipway/nest-kit';

export type CapacityPlannerConfig = SharedConfig &
  Readonly<{
    /** Who holds the lease: the same name after a restart takes it back without waiting. */
    holder: string;
    leaseMs: number;
    /** Whether plans are made by themselves, or only when an operator asks: a site that buys no hosts has no use for the work. */
    plans: 'by-itself' | 'when-asked';
    /** How often a plan is made where nothing happens. */
    cycleMs: number;
    /** The least time between two plans, whatever happens. */
    leastPauseMs: number;
    /** Where catalogue files lie; our own ones where nothing is said. */
    catalogueFolder: string;
    /** While all prices are older than this, nothing is started or stopped. Files are dated when they were written. */
    maxPriceAgeMs: number;
    /** How often vendors and workers are looked at, and the plan in force carried out. */
    actEveryMs: number;
    vendors: VendorsConfig;
    /** Where the platform's bytes are, and what a container pulls of them. */
    home?: DataHome;
  }>;

const milliseconds = (env: Environment, name: string, fallback: number, least: number): number => {
  const value = Number(env[name] || fallback);
  if (Number.isInteger(value) && value >= least) return value;
  throw new Error(`${name} is '${env[name]}', but must be a whole number of milliseconds from ${least} on`);
};

const plansOf = (value: string): CapacityPlannerConfig['plans'] => {
  if (value === 'by-itself' || value === 'when-asked') return value;
  throw new Error(`CAPACITY_PLANNER_PLANS is '${value}', but must be by-itself or when-asked`);
};

const DAY_MS = 86_400_000;
/** Beside `dist`, where the build puts this file. */
const OWN_CATALOGUES = fileURLToPath(new URL('../catalogues', import.meta.url));

/** `aws/us-east-1:2.5`: vendor, region, and GiB that a container pulls in an hour. */
const dataHome = (env: Environment): DataHome | undefined => {
  const text = env['CAPACITY_PLANNER_DATA_HOME'];
  if (text === undefined || text === '') return undefined;
  const [, vendor, region, gib] = /^([a-z0-9-]+)\/([a-z0-9-]+):(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (vendor === undefined || region === undefined)
    throw new Error(
      `CAPACITY_PLANNER_DATA_HOME is '${text}', but must be like aws/us-east-1:2.5 (GiB that a container pulls in an hour)`,
    );
  return { vendor, region, gibPerContainerHour: Number(gib) };
};

export const readCapacityPlannerConfig = (env: Environment): CapacityPlannerConfig => {
  const shared = readConfig(env);
  const home = dataHome(env);
  return {
    ...shared,
    holder: env['CAPACITY_PLANNER_HOLDER'] ?? `${hostname()}:${shared.dataDir}`,
    leaseMs: milliseconds(env, 'CAPACITY_PLANNER_LEASE_MS', 10_000, 1_000),
    plans: plansOf(env['CAPACITY_PLANNER_PLANS'] ?? 'when-asked'),
    cycleMs: milliseconds(env, 'CAPACITY_PLANNER_CYCLE_MS', 120_000, 1_000),
    leastPauseMs: milliseconds(env, 'CAPACITY_PLANNER_PAUSE_MS', 10_000, 100),
    catalogueFolder: env['CAPACITY_PLANNER_CATALOGUES'] ?? OWN_CATALOGUES,
    maxPriceAgeMs: milliseconds(env, 'CAPACITY_PLANNER_MAX_PRICE_AGE_MS', 366 * DAY_MS, 60_000),
    actEveryMs: milliseconds(env, 'CAPACITY_PLANNER_ACT_MS', 5_000, 100),
    vendors: readVendorsConfig(env),
    ...(home === undefined ? {} : { home }),
  };
};
