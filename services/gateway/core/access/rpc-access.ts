import type { Access } from './principal.js';

/** Rpcs that only somebody who manages the workspace may ask. */
const MANAGE: ReadonlySet<string> = new Set([
  'environmentCreate',
  // Money is seen by those who manage the workspace.
  'environmentBillingSummary',
  'environmentGetBudget',
  'environmentSetBudget',
  'workspaceBillingReport',
  'workspaceBillingSummary',
  'environmentUpdate',
  'environmentDelete',
  'environmentRoleSet',
  'serviceUserCreate',
  'serviceUserDelete',
  'workspaceSetDefaultEnvironment',
  'workspaceSetImageBuilderVersion',
]);

/** What everybody may ask who has a token: who am I, and what of my own tokens. */
const OWN: ReadonlySet<string> = new Set([
  'authTokenGet',
  'clientHello',
  'environmentList',
  'tokenDelete',
  'tokenDisable',
  'tokenEnable',
  'tokenFlowCreate',
  'tokenFlowWait',
  'tokenInfoGet',
  'tokensList',
  'workspaceBillingRates',
  'workspaceDashboardUrlGet',
  'workspaceNameLookup',
  'workspaceSettings',
]);

/** Rpcs by whose names one would think that they only look. */
const CHANGE: ReadonlySet<string> = new Set(['queueGet', 'dictPop', 'appClientDisconnect']);

/** What it takes to have a function run and to get its results. */
const CALL: ReadonlySet<string> = new Set([
  'functionBindParams',
  'functionCallCancel',
  'functionFinishInputs',
  'functionMap',
  'functionPutInputs',
  'functionRetryInputs',
]);

const LOOKS =
  /(Get|List|Listen|Info|Lookup|Len|Contains|Contents|NextItems|Layout|Lifecycle|Count|CountRequests|Fetch|Logs|FromId|Hello|Url|Settings|SchedulingParams|Variants|History|Stats|Metrics|CheckExistence|JoinStreaming|Graph|Suggest|Outputs|Inputs|ById|ByDeploymentName|ByTag|DataOut|DataIn|File2?|Files2?|Tags|Roles)$/;
const WRITES =
  /(Put|Set|Create|Update|Delete|Remove|Copy|Stop|Cancel|Retry|Finish|Publish|Rename|Commit|Clear)/;

/**
 * What an rpc wants to do. One that is not known to look only counts as changing something, so that a new rpc is closed to
 * viewers until it is known. `creates`: whether a get-or-create may create. Undefined: everybody may.
 */
export const accessOfRpc = (rpc: string, creates: boolean): Access | undefined => {
  if (OWN.has(rpc)) return undefined;
  if (rpc === 'environmentGetOrCreate') return creates ? 'manage' : undefined;
  if (MANAGE.has(rpc)) return 'manage';
  if (CHANGE.has(rpc)) return 'change';
  if (CALL.has(rpc)) return 'call';
  if (rpc.endsWith('GetOrCreate')) return creates ? 'change' : 'look';
  return LOOKS.test(rpc) && !WRITES.test(rpc) ? 'look' : 'change';
};
