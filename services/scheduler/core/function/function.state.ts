import type {
  AppId,
  AutoscalerSettings,
  Digest,
  FunctionId,
  FunctionOverrides,
  FunctionSpec,
  WorkspaceId,
} from '@slipway/contracts';
import type { FunctionEvent } from './function.events.js';

type Shared = Readonly<{
  functionId: FunctionId;
  workspaceId: WorkspaceId;
  /** What was changed at run time. */
  scaled: Partial<AutoscalerSettings>;
}>;

export type DefinedFunction = Shared &
  Readonly<{ kind: 'defined'; appId: AppId; spec: FunctionSpec; definitionDigest: Digest }>;

/** A variant of a defined function: other parameters, other options, containers of its own. */
export type BoundFunction = Shared &
  Readonly<{
    kind: 'bound';
    baseFunctionId: FunctionId;
    serializedParams?: string;
    overrides: FunctionOverrides;
  }>;

export type Fn = DefinedFunction | BoundFunction;

export const evolveFunction = (fn: Fn | undefined, event: FunctionEvent): Fn => {
  switch (event.type) {
    case 'function-defined': {
      const { functionId, workspaceId, appId, spec, definitionDigest } = event.data;
      return { kind: 'defined', functionId, workspaceId, appId, spec, definitionDigest, scaled: {} };
    }
    case 'function-bound': {
      const { boundFunctionId, functionId, workspaceId, serializedParams, overrides } = event.data;
      return {
        kind: 'bound',
        functionId: boundFunctionId,
        workspaceId,
        baseFunctionId: functionId,
        ...(serializedParams === undefined ? {} : { serializedParams }),
        overrides,
        scaled: {},
      };
    }
    case 'function-scaled':
      if (fn === undefined)
        throw new Error(`function-scaled of the unknown function ${event.data.functionId}`);
      return { ...fn, scaled: { ...fn.scaled, ...event.data.settings } };
    default:
      return event satisfies never;
  }
};
