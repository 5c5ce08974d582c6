import { decimalText, explainCall, nanoUsdOf } from '@slipway/billing-core';
import type { CallCost, ContainerUsage } from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';
import { refuse } from '@slipway/kernel';
import { deny } from '../deny.js';
import { callPositions, lastCalls } from '../store/call-usage-rows.js';
import { readRateBook } from '../store/rate-book-rows.js';
import { readUsageAt } from '../store/usage-at.js';
import { costSteps } from './cost-steps.js';

type OfCall = Readonly<{ workspaceId: string; callId: string }>;

/** What a call cost so far, step by step. Refuses a call of which no usage has come. */
export const callCost = async (connection: SqlPool, of: OfCall): Promise<CallCost> => {
  const facts = await usageOf(connection, of);
  if (facts.length === 0)
    deny(
      refuse(
        'not-found',
        'call-without-usage',
        `No usage of the call '${of.callId}' has come yet: containers report each few seconds and when they end.`,
      ),
    );
  const parts = explainCall(await readRateBook(connection), of.callId, facts);
  const taskIds = [...new Set(facts.map(({ containerId }) => containerId))];
  const ended = new Set(facts.filter(({ end }) => end !== undefined).map(({ containerId }) => containerId));
  return {
    callId: of.callId,
    usd: decimalText(nanoUsdOf(parts), 9),
    steps: costSteps(parts),
    taskIds,
    final: taskIds.every((taskId) => ended.has(taskId)),
  };
};

const usageOf = async (connection: SqlPool, of: OfCall): Promise<readonly ContainerUsage[]> =>
  (await readUsageAt(connection, await callPositions(connection, of)))
    .map(({ fact }) => fact)
    .filter((fact) => fact.kind === 'container');

const FACTS_OF_HISTORY = 500;
const CALLS_OF_HISTORY = 20;

/** What the calls that a function worked on last took and cost, on the average. */
export const functionHistory = async (
  connection: SqlPool,
  of: Readonly<{ workspaceId: string; functionId: string }>,
): Promise<{ inputs: number; meanSeconds?: string; meanUsd?: string }> => {
  const callIds = (await lastCalls(connection, of, FACTS_OF_HISTORY)).slice(0, CALLS_OF_HISTORY);
  if (callIds.length === 0) return { inputs: 0 };
  const book = await readRateBook(connection);
  let heldNs = 0n;
  let nanoUsd = 0n;
  for (const callId of callIds) {
    const facts = await usageOf(connection, { workspaceId: of.workspaceId, callId });
    for (const { calls } of facts)
      for (const call of calls) if (call.callId === callId) heldNs += BigInt(call.heldNs);
    nanoUsd += nanoUsdOf(explainCall(book, callId, facts));
  }
  const count = BigInt(callIds.length);
  return {
    inputs: callIds.length,
    meanSeconds: decimalText(heldNs / count, 9),
    meanUsd: decimalText(nanoUsd / count, 9),
  };
};
