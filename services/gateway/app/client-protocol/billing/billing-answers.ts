import type { RpcParts } from '../rpc-parts.js';
import { environmentBillingSummary, workspaceBillingSummary } from './billing-summary.rpc.js';
import { environmentGetBudget, environmentSetBudget } from './environment-budget.rpc.js';
import { workspaceBillingRates } from './workspace-billing-rates.rpc.js';
import { workspaceBillingReport } from './workspace-billing-report.rpc.js';

/** Which function answers which rpc about money. */
export const billingAnswers = (parts: RpcParts) => ({
  environmentBillingSummary: environmentBillingSummary(parts),
  environmentGetBudget: environmentGetBudget(parts),
  environmentSetBudget: environmentSetBudget(parts),
  workspaceBillingRates: workspaceBillingRates(parts),
  workspaceBillingReport: workspaceBillingReport(parts),
  workspaceBillingSummary: workspaceBillingSummary(parts),
});
