import type { AskCosts, CostRow } from '@slipway/contracts';
import { WorkspaceBillingReportRequest } from '@slipway/protocol';
import type { RpcCall } from '../rpc.js';
import { workspaceBillingReport } from './workspace-billing-report.rpc.js';

const HOUR_MS = 3_600_000;
const START = Date.parse('2026-11-01T00:00:00Z');

const row = (fromMs: number): CostRow => ({
  fromMs,
  environment: 'main',
  objectId: 'ap-1',
  name: 'shop',
  tags: { team: 'web' },
  listUsd: '1.000000',
  billedUsd: '1.000000',
  bySku: [],
});

test('a report of more rows than one answer of billing holds has them all, page after page', async () => {
  const asked: AskCosts[] = [];
  const request = (_name: string, ask: AskCosts): Promise<unknown> => {
    asked.push(ask);
    const nextFromMs = ask.fromMs + HOUR_MS;
    return Promise.resolve({ rows: [row(ask.fromMs)], ...(nextFromMs < ask.toMs ? { nextFromMs } : {}) });
  };
  const report = workspaceBillingReport({ bus: { request }, environments: {} } as never)(
    WorkspaceBillingReportRequest.fromPartial({
      startTimestamp: new Date(START),
      endTimestamp: new Date(START + 3 * HOUR_MS),
      resolution: 'h',
      appIds: ['ap-1'],
    }),
    { caller: { workspaceId: 'ws-1' } } as unknown as RpcCall,
  );
  const hours: (number | undefined)[] = [];
  for await (const { interval } of report) hours.push(interval?.getTime());
  expect(hours).toEqual([START, START + HOUR_MS, START + 2 * HOUR_MS]);
  expect(asked.every(({ workspaceId, appIds }) => workspaceId === 'ws-1' && appIds?.[0] === 'ap-1')).toBe(
    true,
  );
});
