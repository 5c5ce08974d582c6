import { CallExplanation, decimalText, nanoUsdOf, type RateBook } from '@slipway/billing-core';
import type { SqlPool } from '@slipway/event-store';
import { lastCalls } from '../store/call-usage-rows.js';
import { readRateBook } from '../store/rate-book-rows.js';
import { callUsage, type OfCall } from './call-usage.js';

const FACTS_LOOKED_AT = 500;
const MOST_CALLS = 20;
/** A call with more is left out: of a function's usual call it says little, and it would take minutes to read. */
const MOST_FACTS_OF_CALL = 5_000;

/** What the calls that a function worked on last took and cost, on the average. */
export const functionHistory = async (
  connection: SqlPool,
  { workspaceId, functionId }: Readonly<{ workspaceId: string; functionId: string }>,
  mostFacts = MOST_FACTS_OF_CALL,
): Promise<{ inputs: number; meanSeconds?: string; meanUsd?: string }> => {
  const callIds = await lastCalls(connection, { workspaceId, functionId }, FACTS_LOOKED_AT);
  const book = await readRateBook(connection);
  const explained: CallExplanation[] = [];
  for (const callId of callIds.slice(0, MOST_CALLS)) {
    const call = await explainedWhole(connection, book, { workspaceId, callId }, mostFacts);
    if (call) explained.push(call);
  }
  if (explained.length === 0) return { inputs: 0 };
  const count = BigInt(explained.length);
  const heldNs = explained.reduce((sum, call) => sum + call.heldNs, 0n);
  const nanoUsd = explained.reduce((sum, { parts }) => sum + nanoUsdOf(parts), 0n);
  return {
    inputs: explained.length,
    meanSeconds: decimalText(heldNs / count, 9),
    meanUsd: decimalText(nanoUsd / count, 9),
  };
};

const explainedWhole = async (
  connection: SqlPool,
  book: RateBook,
  of: OfCall,
  mostFacts: number,
): Promise<CallExplanation | undefined> => {
  const explanation = new CallExplanation(book, of.callId);
  let facts = 0;
  for await (const fact of callUsage(connection, of)) {
    if (++facts > mostFacts) return undefined;
    explanation.add(fact);
  }
  return explanation;
};
