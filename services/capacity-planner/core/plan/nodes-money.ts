import type { Prepared } from '../model/prepared.js';
import { coveredMoney, type NodesOf } from './cover-by-commitments.js';
import { hourly, sumMoney, type ExactMoney } from './exact-money.js';

const HOUR_MS = 3_600_000;

/** What nodes cost in an hour of a period, the first unless it is said, at list price, without what commitments cover of them. */
export const nodesMoneyPerHour = (prepared: Prepared, nodesOf: NodesOf, period = 0): ExactMoney =>
  sumMoney(prepared.units, ({ index, prices }) =>
    hourly(prices.listMicroUsdPerHour, nodesOf(index), HOUR_MS),
  ) - coveredMoney(prepared, nodesOf, period, HOUR_MS);
