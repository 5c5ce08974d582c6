import type { AppId, Digest, FunctionId, FunctionSpec, WorkspaceId } from '@slipway/contracts';
import type { Fn } from './function.state.js';

/** A function with everything that was bound or changed at run time worked in. */
export type ResolvedFunction = Readonly<{
  functionId: FunctionId;
  baseFunctionId: FunctionId;
  workspaceId: WorkspaceId;
  appId: AppId;
  spec: FunctionSpec;
  definitionDigest: Digest;
  serializedParams?: string;
}>;

export const resolveFunction = (
  fn: Fn,
  baseOf: (functionId: FunctionId) => Fn | undefined,
): ResolvedFunction | undefined => {
  if (fn.kind === 'defined') {
    const { functionId, workspaceId, appId, spec, definitionDigest } = fn;
    return {
      functionId,
      baseFunctionId: functionId,
      workspaceId,
      appId,
      spec: { ...spec, autoscaler: { ...spec.autoscaler, ...fn.scaled } },
      definitionDigest,
    };
  }
  const base = baseOf(fn.baseFunctionId);
  if (base?.kind !== 'defined') return undefined;
  const spec = { ...base.spec, ...fn.overrides };
  return {
    functionId: fn.functionId,
    baseFunctionId: base.functionId,
    workspaceId: base.workspaceId,
    appId: base.appId,
    spec: { ...spec, autoscaler: { ...spec.autoscaler, ...base.scaled, ...fn.scaled } },
    definitionDigest: base.definitionDigest,
    ...(fn.serializedParams === undefined ? {} : { serializedParams: fn.serializedParams }),
  };
};
