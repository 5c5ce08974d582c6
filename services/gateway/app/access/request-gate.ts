import { isRefusal, RefusedError, type Refusal } from '@slipway/kernel';
import {
  accessOfRpc,
  mayCreate,
  mayEverywhere,
  readImageTag,
  refuseAnywhere,
  refuseInEnvironment,
  refuseManagement,
  type Caller,
} from '@slipway/gateway-core';
import type { EnvironmentOfObject } from './environment-of-object.js';

type Message = Readonly<Record<string, unknown>>;

/** The fields by which requests name what lives in an environment. */
const ID_FIELDS = [
  'appId',
  'functionId',
  'functionCallId',
  'classId',
  'taskId',
  'sandboxId',
  'dictId',
  'queueId',
  'secretId',
  'volumeId',
  'environmentId',
  'existingAppId',
  'existingFunctionId',
  'parentFunctionId',
  'buildFunctionId',
] as const;

/** Rpcs about a published image, whose name may say its environment. */
const OF_IMAGE_NAMES: ReadonlySet<string> = new Set([
  'imagePublish',
  'imageGetByTag',
  'imageTagRevisions',
  'imageNameDelete',
]);

/**
 * Keeps every rpc within what the caller's roles allow, before its own function sees it. Whose roles let them do it everywhere,
 * which is nearly everybody, passes without a look at any table.
 */
export class RequestGate {
  constructor(private readonly environmentOf: EnvironmentOfObject) {}

  /** Throws RefusedError where the caller may not ask this. */
  async check(rpc: string, request: unknown, caller: Caller): Promise<void> {
    const message = request as Message;
    const access = accessOfRpc(rpc, mayCreate(rpc, message));
    if (access === undefined) return;
    if (access === 'manage') return deny(refuseManagement(caller));
    if (mayEverywhere(caller, access)) return;
    const environments = await this.environments(rpc, message, caller);
    if (environments.length === 0) return deny(refuseAnywhere(caller, access));
    for (const environment of environments) deny(refuseInEnvironment(caller, access, environment));
  }

  /** The environments that a request touches, as far as it says. */
  private async environments(rpc: string, message: Message, caller: Caller): Promise<string[]> {
    const found = new Set<string>();
    const ids = idsIn(message);
    for (const id of ids) {
      const environment = await this.environmentOf.find(caller.workspaceId, id);
      if (environment !== undefined) found.add(environment);
    }
    const named = environmentNamed(rpc, message);
    // Who looks a name up says its environment, and without one means the default, whatever else is named.
    const looksUp = rpc.endsWith('GetOrCreate');
    if (typeof named === 'string' && (named !== '' || ids.length === 0 || looksUp))
      found.add(named || caller.defaultEnvironment);
    return [...found];
  }
}

/** The ids in a request's own fields, and in those of which it has one or the other. */
const idsIn = (message: Message): string[] => {
  const chosen = Object.values(message).flatMap((field): [string, unknown][] => {
    const { $case, value } = (field ?? {}) as Readonly<{ $case?: string; value?: unknown }>;
    return $case === undefined ? [] : [[$case, value]];
  });
  return [...Object.entries(message), ...chosen].flatMap(([field, id]) =>
    (ID_FIELDS as readonly string[]).includes(field) && typeof id === 'string' && id !== '' ? [id] : [],
  );
};

/** What a request calls its environment; '' means the default. */
const environmentNamed = (rpc: string, message: Message): unknown => {
  const { environmentName, tag } = message;
  if (!OF_IMAGE_NAMES.has(rpc)) return environmentName;
  const read = readImageTag(String(tag));
  return (isRefusal(read) ? undefined : read.environment) ?? environmentName ?? '';
};

const deny = (refusal: Refusal | undefined): void => {
  if (refusal) throw new RefusedError(refusal);
};
