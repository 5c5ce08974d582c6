import { refuse, RefusedError } from '@slipway/kernel';
import type { StreamingRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { costByName } from './cost-by-name.js';
import { eachCost } from './each-cost.js';

const STEP_MS = { d: 86_400_000, h: 3_600_000 } as const;

/** What each app and volume cost in each whole interval of a stretch of time, with the tags that were asked for. */
export const workspaceBillingReport = ({
  bus,
  environments,
}: Pick<RpcParts, 'bus' | 'environments'>): StreamingRpc<'workspaceBillingReport'> =>
  async function* (request, { caller: { workspaceId } }) {
    const { startTimestamp, endTimestamp, resolution, tagNames, environmentIds, appIds } = request;
    const names = await Promise.all(
      environmentIds.map(async (id) => (await environments.getById(workspaceId, id)).name),
    );
    const step = STEP_MS[resolution as keyof typeof STEP_MS];
    if (step === undefined)
      throw invalid(`The resolution is '${resolution}', but must be d (days) or h (hours).`);
    const now = Date.now();
    const from = startTimestamp?.getTime() ?? 0;
    const to = endTimestamp?.getTime() ?? now;
    if (from > now)
      throw invalid(`The report would begin at ${new Date(from).toISOString()}, which is in the future.`);
    const rows = eachCost(bus, {
      workspaceId,
      fromMs: Math.floor(from / step) * step,
      toMs: Math.floor(to / step) * step,
      resolution: resolution === 'd' ? 'day' : 'hour',
      per: 'app',
      ...(names.length === 0 ? {} : { environments: names }),
      ...(appIds.length === 0 ? {} : { appIds }),
    });
    for await (const row of rows)
      yield {
        objectId: row.objectId ?? '',
        description: row.name ?? '',
        environmentName: row.environment ?? '',
        interval: new Date(row.fromMs),
        cost: row.billedUsd,
        tags: Object.fromEntries(
          Object.entries(row.tags).filter(([name]) => tagNames.includes('*') || tagNames.includes(name)),
        ),
        costByResource: costByName(row),
      };
  };

const invalid = (message: string): RefusedError =>
  new RefusedError(refuse('invalid', 'billing-report', message));
