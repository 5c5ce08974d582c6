import { accepted, refuse, RefusedError } from '@slipway/kernel';
import { readFunctionSpec, unservedFeatures } from '@slipway/gateway-core';
import {
  FunctionCreateResponse,
  FunctionData,
  FunctionDefinition,
  FunctionHandleMetadata,
  type FunctionCreateRequest,
} from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import { serverWarnings } from '../server-warnings.js';
import type { RpcParts } from '../rpc-parts.js';
import { announceWebUrls } from './announce-web-urls.js';
import { classParameters } from './class-parameters.js';
import { withoutCode, withoutCodeOfRanked, wrapDefinition } from './function-data.js';
import { functionHandle } from './function-handle.js';
import { definitionIdOf, functionIdOf } from './ids.js';
import type { NamingParts } from './plan-web-urls.js';
import { partsOfSpec, requireParts } from './require-parts.js';
import { withWebUrls } from './web-urls.js';

/** The definition's raw bytes for each choice of machine, the best first; one where there is no choice. */
const rankedDefinitions = ({
  function: single,
  functionData,
}: FunctionCreateRequest): [Buffer, ...Buffer[]] => {
  const ranked = functionData
    ? FunctionData.decode(functionData)
        .rankedFunctions.toSorted((left, right) => left.rank - right.rank)
        .flatMap((choice) => choice.function ?? [])
    : single
      ? [single]
      : [];
  const [first, ...others] = ranked;
  if (first === undefined)
    throw new RefusedError(
      refuse('invalid', 'function-missing', 'The request has neither a function nor a ranked function.'),
    );
  return [first, ...others];
};

/** Keeps a definition byte for byte, for the container is given it as it came, and tells the scheduler what it needs of it. */
export const functionCreate =
  (parts: NamingParts & Pick<RpcParts, 'objects' | 'handles' | 'secrets'>): UnaryRpc<'functionCreate'> =>
  async (request, { caller }) => {
    const { bus, objects, handles, secrets } = parts;
    const { workspaceId } = caller;
    const { appId } = request;
    const [raw, ...alternatives] = rankedDefinitions(request);
    const definition = FunctionDefinition.decode(raw);
    const isParametrized = classParameters(definition).length > 0;
    const spec = accepted(
      readFunctionSpec([
        { ...definition, isParametrized },
        ...alternatives.map((bytes) => FunctionDefinition.decode(bytes)),
      ]),
    );
    const dependencyIds = definition.objectDependencies.map(({ objectId }) => objectId);
    const needed = partsOfSpec(spec);
    const mountIds = [...needed.mountIds, ...dependencyIds.filter((id) => id.startsWith('mo-'))];
    await requireParts({ bus, secrets }, caller, { ...needed, mountIds, usedBy: appId });
    const functionId = functionIdOf(appId, spec.tag);
    const digest = await objects.putUsed(raw, appId);
    const definitionId = definitionIdOf(functionId, spec, raw);
    await bus.request('scheduler.create-function', {
      functionId,
      appId,
      workspaceId,
      definitionId,
      spec,
      definitionDigest: digest,
    });
    const { urls, warnings } = await announceWebUrls(parts, caller, { appId, functionId }, definition);
    const handleMetadata = { ...functionHandle(appId, definition, urls), definitionId };
    await handles.putFunction({
      functionId,
      definitionDigest: digest,
      workspaceId,
      appId,
      tag: spec.tag,
      metadata: Buffer.from(FunctionHandleMetadata.encode(handleMetadata).finish()),
      dependencyIds,
    });
    return FunctionCreateResponse.fromPartial({
      functionId,
      function: withWebUrls(withoutCode(raw), urls),
      functionData: request.functionData
        ? withoutCodeOfRanked(request.functionData)
        : wrapDefinition(withWebUrls(raw, urls)),
      handleMetadata,
      serverWarnings: serverWarnings([...unservedFeatures(definition), ...warnings]),
    });
  };
