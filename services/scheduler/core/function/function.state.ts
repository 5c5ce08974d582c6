import type {
  AppId,
  AutoscalerOverride,
  AutoscalerSettings,
  DefinitionId,
  Digest,
  FunctionId,
  FunctionOverrides,
  FunctionSpec,
  FunctionView,
  WorkspaceId,
} from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { FunctionEvent, FunctionScaled } from './function.events.js';

export type Definition = Readonly<{
  definitionId: DefinitionId;
  spec: FunctionSpec;
  definitionDigest: Digest;
}>;

type Shared = Readonly<{
  functionId: FunctionId;
  workspaceId: WorkspaceId;
  /** What was changed at run time; a deployment takes it back. */
  scaled: Partial<AutoscalerSettings>;
  /** Who changed what was changed; missing where nobody was named. */
  scaledBy?: FunctionView['overrides'];
}>;

/** A function is what its newest definition says, until versions of its app choose among its definitions. */
export type DefinedFunction = Shared &
  Definition &
  Readonly<{ kind: 'defined'; appId: AppId; earlier: readonly Definition[] }>;

/** A variant of a defined function: other parameters, other options, containers of its own. */
export type BoundFunction = Shared &
  Readonly<{
    kind: 'bound';
    baseFunctionId: FunctionId;
    serializedParams?: string;
    overrides: FunctionOverrides;
    /** It keeps to this version of its app. */
    pinnedVersion?: number;
    /** How often it was bound again with other overrides; missing: never. */
    rebinds?: number;
  }>;

export type Fn = DefinedFunction | BoundFunction;

export const definitionOf = (fn: DefinedFunction, definitionId: DefinitionId): Definition | undefined =>
  fn.definitionId === definitionId
    ? fn
    : fn.earlier.find((definition) => definition.definitionId === definitionId);

export const evolveFunction = (fn: Fn | undefined, event: FunctionEvent, at: Instant): Fn => {
  switch (event.type) {
    case 'function-defined': {
      const { functionId, workspaceId, appId, spec, definitionDigest } = event.data;
      const definitionId = event.data.definitionId ?? (definitionDigest as string);
      return {
        kind: 'defined',
        functionId,
        workspaceId,
        appId,
        ...{ definitionId, spec, definitionDigest },
        earlier: fn?.kind === 'defined' ? definitionsBut(fn, definitionId) : [],
        scaled: fn?.scaled ?? {},
        ...(fn?.scaledBy === undefined ? {} : { scaledBy: fn.scaledBy }),
      };
    }
    case 'function-bound': {
      const { boundFunctionId, functionId, workspaceId, overrides } = event.data;
      const { serializedParams, pinnedVersion } = event.data;
      return {
        kind: 'bound',
        functionId: boundFunctionId,
        workspaceId,
        baseFunctionId: functionId,
        ...(serializedParams === undefined ? {} : { serializedParams }),
        ...(pinnedVersion === undefined ? {} : { pinnedVersion }),
        overrides,
        scaled: fn?.scaled ?? {},
        ...(fn?.scaledBy === undefined ? {} : { scaledBy: fn.scaledBy }),
        ...(fn?.kind === 'bound' ? { rebinds: (fn.rebinds ?? 0) + 1 } : {}),
      };
    }
    case 'function-scaled':
      if (fn === undefined)
        throw new Error(`function-scaled of the unknown function ${event.data.functionId}`);
      return { ...fn, scaled: { ...fn.scaled, ...event.data.settings }, ...scaledBy(fn, event, at) };
    default:
      return event satisfies never;
  }
};

/** The function as its definition has it. */
export const withoutScaling = ({ scaledBy: _, ...fn }: Fn): Fn => ({ ...fn, scaled: {} }) as Fn;

const scaledBy = (fn: Fn, { data }: FunctionScaled, at: Instant): Pick<Shared, 'scaledBy'> => {
  const { byId, byName, settings } = data;
  if (byId === undefined || byName === undefined) return {};
  const override: AutoscalerOverride = { at, byId, byName };
  const changed = Object.fromEntries(Object.keys(settings).map((setting) => [setting, override]));
  return { scaledBy: { ...fn.scaledBy, ...changed } };
};

const definitionsBut = (fn: DefinedFunction, definitionId: DefinitionId): readonly Definition[] => {
  const { spec, definitionDigest } = fn;
  const last = { definitionId: fn.definitionId, spec, definitionDigest };
  return [...fn.earlier, last].filter((definition) => definition.definitionId !== definitionId);
};
