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
const CHANGE: ReadonlySet<string> = new Set([
  'appClientDisconnect',
  'dictPop',
  // What an image's steps are told they run, with the secrets that they name.
  'imageGetOrCreate',
  'queueGet',
]);

/** Get-or-creates that make what has no name, whatever else they say. */
const MAKES_THE_NAMELESS: ReadonlySet<string> = new Set(['mountGetOrCreate', 'secretGetOrCreate']);

type GetOrCreate = Readonly<{ objectCreationType?: unknown; deploymentName?: unknown }>;
const CREATES_NOTHING = 0;

/** Whether a get-or-create may make something: it says so, or names nothing that could be found. */
export const mayCreate = (rpc: string, { objectCreationType, deploymentName }: GetOrCreate): boolean =>
  (objectCreationType ?? CREATES_NOTHING) !== CREATES_NOTHING ||
  (MAKES_THE_NAMELESS.has(rpc) && deploymentName === '');

/** What it takes to have a function run and to get its results. */
const CALL: ReadonlySet<string> = new Set([
  'curlGetAuthToken',
  'functionBindParams',
  'functionCallCancel',
  'functionFinishInputs',
  'functionGetFlashAuthToken',
  'functionMap',
  'functionPutInputs',
  'functionRetryInputs',
]);

const LOOKS =
  /(Get|List|Listen|Info|Lookup|Len|Contains|Contents|NextItems|Layout|Lifecycle|Count|CountRequests|Fetch|Logs|FromId|Hello|Url|Settings|SchedulingParams|Variants|History|Stats|Metrics|CheckExistence|JoinStreaming|Graph|Suggest|Outputs|Inputs|ById|ByDeploymentName|ByTag|DataOut|DataIn|File2?|Files2?|Tags|Revisions|Roles)$/;
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
