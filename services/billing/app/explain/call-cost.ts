import { CallExplanation, decimalText, nanoUsdOf } from '@slipway/billing-core';
import type { CallCost, TaskId } from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';
import { refuse } from '@slipway/kernel';
import { deny } from '../deny.js';
import { readRateBook } from '../store/rate-book-rows.js';
import { callUsage, type OfCall } from './call-usage.js';
import { costSteps } from './cost-steps.js';

const TASKS_NAMED = 1_000;

/** What a call cost so far, step by step. Refuses a call of which no usage has come. */
export const callCost = async (connection: SqlPool, of: OfCall, page?: number): Promise<CallCost> => {
  const explanation = new CallExplanation(await readRateBook(connection), of.callId);
  const endedOf = new Map<TaskId, boolean>();
  for await (const fact of callUsage(connection, of, page)) {
    explanation.add(fact);
    endedOf.set(fact.containerId, fact.end !== undefined || (endedOf.get(fact.containerId) ?? false));
  }
  if (endedOf.size === 0)
    deny(
      refuse(
        'not-found',
        'call-without-usage',
        `No usage of the call '${of.callId}' has come yet: containers report each few seconds and when they end.`,
      ),
    );
  const { parts } = explanation;
  return {
    callId: of.callId,
    usd: decimalText(nanoUsdOf(parts), 9),
    steps: costSteps(parts),
    taskIds: [...endedOf.keys()].slice(0, TASKS_NAMED),
    tasks: endedOf.size,
    final: [...endedOf.values()].every((ended) => ended),
  };
};
