import type { AppId, SecretId } from '@slipway/contracts';
import { accepted } from '@slipway/kernel';
import { callerName, readSandboxSpec } from '@slipway/gateway-core';
import {
  deterministicId,
  NetworkAccess_NetworkAccessType as Access,
  Sandbox,
  SandboxCreateResponse,
  SandboxCreateV2Response,
  type SecretSource,
} from '@slipway/protocol';
import { partsOfSpec, requireParts } from '../functions/require-parts.js';
import type { RpcCall, UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { idsOfSandbox } from './sandbox-ids.js';

type Parts = Pick<RpcParts, 'bus' | 'objects' | 'secrets'>;
type Variables = Readonly<Record<string, string>>;
type Wanted = Readonly<{
  appId: AppId;
  definition: Sandbox;
  sources: readonly SecretSource[];
  tags: readonly unknown[];
}>;

export const sandboxCreate =
  (parts: Parts): UnaryRpc<'sandboxCreate'> =>
  async ({ appId, definition = Sandbox.create(), tags }, call) => {
    const sandboxId = await create(parts, call, {
      appId,
      definition,
      sources: namedSources(definition),
      tags,
    });
    return SandboxCreateResponse.fromPartial({ sandboxId, metadata: { appId } });
  };

export const sandboxCreateV2 =
  (parts: Parts): UnaryRpc<'sandboxCreateV2'> =>
  async ({ appId, definition = Sandbox.create(), secretSources, ephemeralSecrets, tags }, call) => {
    const older = [...namedSources(definition), envSource(ephemeralSecrets?.contents ?? {})];
    const sources = secretSources.length > 0 ? secretSources : older;
    const sandboxId = await create(parts, call, { appId, definition, sources, tags });
    return SandboxCreateV2Response.fromPartial({ sandboxId, metadata: { appId } });
  };

const namedSources = ({ secretIds }: Sandbox): SecretSource[] =>
  secretIds.map((value) => ({ source: { $case: 'secretId', value } }));
const envSource = (contents: Variables): SecretSource => ({
  source: { $case: 'env', value: { contents: { ...contents } } },
});

/** Makes the sandbox and lets it run: the one call of a function that is nobody else's. */
const create = async (
  parts: Parts,
  call: RpcCall,
  { appId, definition, sources, tags }: Wanted,
): Promise<string> => {
  const { bus, objects } = parts;
  const { workspaceId } = call.caller;
  const sandboxId = call.newId('sb');
  const { functionId, callId } = idsOfSandbox(sandboxId);
  const app = await bus.request('scheduler.get-app', { workspaceId, appId });
  const secretIds = await keepSources(parts, call, { appId, environment: app.environment, sources });
  const access = ACCESS[definition.networkAccess?.networkAccessType ?? Access.UNSPECIFIED];
  const spec = accepted(readSandboxSpec(sandboxId, { ...definition, access, tags }, secretIds));
  await requireParts(parts, call.caller, { ...partsOfSpec(spec), usedBy: callId });
  const digest = await objects.putUsed(
    Buffer.from(Sandbox.encode({ ...definition, secretIds: [] }).finish()),
    callId,
  );
  await bus.request('scheduler.create-function', {
    functionId,
    appId,
    workspaceId,
    spec,
    definitionDigest: digest,
  });
  await bus.request('scheduler.create-call', {
    callId,
    functionId,
    workspaceId,
    shape: 'unary',
    invocation: 'async',
    inputs: [
      {
        idx: 0,
        inputId: deterministicId('in', callId, '0'),
        args: { inline: '' },
        dataFormat: 'pickle',
        finalInput: true,
      },
    ],
  });
  return sandboxId;
};

const ACCESS: Readonly<Record<Access, 'open' | 'blocked' | 'listed'>> = {
  [Access.UNSPECIFIED]: 'open',
  [Access.OPEN]: 'open',
  [Access.BLOCKED]: 'blocked',
  [Access.ALLOWLIST]: 'listed',
};

/** Secrets by id in their order; variables that came as they are become a nameless secret of its call, for the log keeps none. */
const keepSources = (
  { secrets }: Parts,
  call: RpcCall,
  {
    appId,
    environment,
    sources,
  }: Readonly<{ appId: AppId; environment: string; sources: readonly SecretSource[] }>,
): Promise<readonly SecretId[]> =>
  Promise.all(
    sources.flatMap(({ source }, index): Promise<SecretId>[] => {
      if (source?.$case === 'secretId') return [Promise.resolve(source.value)];
      const variables = source?.value.contents ?? {};
      if (Object.keys(variables).length === 0) return [];
      const { workspaceId } = call.caller;
      const sandboxId = call.newId('sb');
      const secretId = deterministicId('st', sandboxId, String(index));
      return [
        secrets
          .create({
            secretId,
            workspaceId,
            environment,
            appId,
            callId: idsOfSandbox(sandboxId).callId,
            variables,
            createdBy: callerName(call.caller),
          })
          .then((row) => row.secretId),
      ];
    }),
  );
