import type { EnvironmentChoice } from '@slipway/contracts';
import type { ActivityTable } from '@slipway/gateway-core';

/** An app says its environment, and what belongs to an app is where the app is. */
const WHERE_IT_IS: Readonly<Record<ActivityTable, ((ofApp: string) => string) | undefined>> = {
  apps: (ofApp) => ofApp,
  functions: (ofApp) => inApps(ofApp),
  calls: (ofApp) => inApps(ofApp),
  tasks: (ofApp) => inApps(ofApp),
  workers: undefined,
  images: undefined,
};

const inApps = (ofApp: string): string => `app_id in (select id from gateway.activity_apps where ${ofApp})`;

/** The condition that keeps rows within some environments; undefined where it would leave nothing out. */
export const environmentCondition = (
  table: ActivityTable,
  choice: EnvironmentChoice,
): Readonly<{ sql: string; values: readonly string[] }> | undefined => {
  const whereItIs = WHERE_IT_IS[table];
  const values = 'only' in choice ? choice.only : choice.allBut;
  if (whereItIs === undefined || ('allBut' in choice && values.length === 0)) return undefined;
  const marks = values.map(() => '?').join(', ');
  if (values.length === 0) return { sql: 'false', values };
  return { sql: whereItIs(`environment ${'only' in choice ? 'in' : 'not in'} (${marks})`), values };
};
