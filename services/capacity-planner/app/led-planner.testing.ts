import { createLogger } from '@slipway/telemetry';
import { overPostgres } from '../../../tools/testing/over-postgres.ts';
import type { CapacityPlannerConfig } from './config.js';
import { leadPlanner, type Leadership } from './processes/lead-planner.js';

/** Leads the planning over a database of a file's own before its specs, and resigns after them. */
export const overLedPlanner = (use: (leadership: Leadership, databaseUrl: string) => unknown): void =>
  overPostgres(
    async (databaseUrl) => {
      const config = { databaseUrl, holder: 'spec', leaseMs: 60_000 };
      const leadership = await leadPlanner(config as CapacityPlannerConfig, createLogger('spec', 'silent'));
      return { leadership, close: () => leadership.resign() };
    },
    ({ leadership }, { databaseUrl }) => use(leadership, databaseUrl),
  );
