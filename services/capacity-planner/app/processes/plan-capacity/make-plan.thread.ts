import { parentPort, workerData } from 'node:worker_threads';
import { checkPlan, makePlan, type PlanningProblem } from '@slipway/capacity-planner-core';
import { HighsSolver } from '../../solver/highs-solver.js';

const problem = workerData as PlanningProblem;
const plan = await makePlan(problem, { solver: new HighsSolver() });
parentPort?.postMessage({ plan, faults: checkPlan(problem, plan) });
