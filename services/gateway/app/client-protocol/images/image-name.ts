import { readImageTag, type Caller } from '@slipway/gateway-core';
import { accepted, refuse, RefusedError } from '@slipway/kernel';
import type { WorkspaceId } from '@slipway/contracts';
import type { RpcParts } from '../rpc-parts.js';

export type ImageName = Readonly<{ workspaceId: WorkspaceId; environment: string; tag: string }>;

/** What a request means by the name of an image; an environment in the name itself goes first. */
export const imageName = async (
  { environments }: Pick<RpcParts, 'environments'>,
  caller: Caller,
  text: string,
  environmentName = '',
): Promise<ImageName> => {
  const read = accepted(readImageTag(text));
  if (read.environment !== undefined && environmentName !== '' && read.environment !== environmentName)
    throw new RefusedError(
      refuse(
        'invalid',
        'image-name-invalid',
        `'${text}' names environment '${read.environment}', but the request '${environmentName}': name one.`,
      ),
    );
  const environment = await environments.resolve(caller, read.environment ?? environmentName);
  return { workspaceId: caller.workspaceId, environment, tag: read.tag };
};
