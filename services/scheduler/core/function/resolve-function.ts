import type {
  AppId,
  AutoscalerSettings,
  DefinitionId,
  FunctionId,
  FunctionView,
  WorkspaceId,
} from '@slipway/contracts';
import { versionOf } from '../app/deployment.decide.js';
import type { App } from '../app/app.state.js';
import { withOverrides } from './with-overrides.js';
import { definitionOf, type DefinedFunction, type Definition, type Fn } from './function.state.js';

/** Where functions and apps are looked up. */
export type Known = Readonly<{
  functions: ReadonlyMap<FunctionId, Fn>;
  apps: ReadonlyMap<AppId, App>;
}>;

/** The definition that a function now runs, and from which version of its app on containers are of it. */
export type Current = Definition & Readonly<{ appVersion: number; since: number }>;

/** A function with everything that was deployed, bound or changed at run time worked in. */
export type ResolvedFunction = Current &
  Readonly<{
    /** The autoscaler's settings without what was changed at run time. */
    deployedAutoscaler: AutoscalerSettings;
    overrides: FunctionView['overrides'];
    functionId: FunctionId;
    baseFunctionId: FunctionId;
    workspaceId: WorkspaceId;
    appId: AppId;
    serializedParams?: string;
    pinnedVersion?: number;
    /** Whether a version has it that is served or to which it is pinned; `removed`: a later version took it away, and it finishes what it has. */
    place: 'served' | 'removed' | 'unpublished';
  }>;

export const resolveFunction = (
  fn: Fn,
  known: Known,
  definitionId?: DefinitionId,
): ResolvedFunction | undefined => {
  const base = baseOf(fn, known);
  const served = base && currentDefinition(fn, base, known);
  if (base === undefined || served === undefined) return undefined;
  const named = definitionId === undefined ? undefined : definitionOf(base, definitionId);
  const current = { ...served, ...named };
  const { pinnedVersion, serializedParams, overrides } = fn.kind === 'bound' ? fn : NOTHING_BOUND;
  const spec = withOverrides(current.spec, overrides);
  const scaled = pinnedVersion === undefined ? { ...base.scaled, ...fn.scaled } : { ...COLD, ...fn.scaled };
  // Of a class with parameters nobody is answered without any: its variants keep what it says.
  const idle = fn === base && spec.isParametrized ? COLD : {};
  return {
    deployedAutoscaler: spec.autoscaler,
    overrides: pinnedVersion === undefined ? { ...base.scaledBy, ...fn.scaledBy } : { ...fn.scaledBy },
    functionId: fn.functionId,
    baseFunctionId: base.functionId,
    workspaceId: base.workspaceId,
    appId: base.appId,
    definitionId: current.definitionId,
    definitionDigest: current.definitionDigest,
    appVersion: current.appVersion,
    since: current.since,
    spec: { ...spec, autoscaler: { ...spec.autoscaler, ...scaled, ...idle } },
    place: pinnedVersion === undefined ? placeOf(base, known) : 'served',
    ...(serializedParams === undefined ? {} : { serializedParams }),
    ...(pinnedVersion === undefined ? {} : { pinnedVersion }),
  };
};

/** The definition that counts for a function: that of its pinned version, else what its app serves, else, before the first version, the newest. */
export const currentDefinition = (fn: Fn, base: DefinedFunction, { apps }: Known): Current | undefined => {
  const app = apps.get(base.appId);
  if (fn.kind === 'bound' && fn.pinnedVersion !== undefined) {
    const version = app && versionOf(app, fn.pinnedVersion);
    const definitionId = version?.definitionIds[base.functionId];
    return version === undefined || definitionId === undefined
      ? undefined
      : { ...(definitionOf(base, definitionId) ?? base), appVersion: version.version, since: 0 };
  }
  const appVersion = app?.version ?? 0;
  const serving = app?.serving[base.functionId];
  return serving === undefined
    ? { ...base, appVersion, since: 0 }
    : { ...(definitionOf(base, serving.definitionId) ?? base), appVersion, since: serving.since };
};

export const baseOf = (fn: Fn, { functions }: Known): DefinedFunction | undefined => {
  const base = fn.kind === 'defined' ? fn : functions.get(fn.baseFunctionId);
  return base?.kind === 'defined' ? base : undefined;
};

const placeOf = ({ appId, functionId }: DefinedFunction, { apps }: Known): ResolvedFunction['place'] => {
  const serving = apps.get(appId)?.serving[functionId];
  if (serving === undefined) return 'unpublished';
  return serving.removedBy === undefined ? 'served' : 'removed';
};

const NOTHING_BOUND = { pinnedVersion: undefined, serializedParams: undefined, overrides: {} };

/** A pinned variant keeps no containers of its own accord: every version that somebody once asked for would. */
const COLD = { minContainers: 0, bufferContainers: 0 };
