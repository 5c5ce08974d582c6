import { parentPort, workerData } from 'node:worker_threads';
import { explainPlan, whyOffer } from '@slipway/capacity-planner-core';
import { HighsSolver } from '../solver/highs-solver.js';
import type { Question } from './question.js';

const startedAt = performance.now();
const elapsedMs = (): number => performance.now() - startedAt;
const { problem, plan, offerId } = workerData as Question;
parentPort?.postMessage(
  offerId === undefined
    ? await explainPlan(problem, plan, { solver: new HighsSolver(), elapsedMs })
    : whyOffer(problem, plan, offerId),
);
