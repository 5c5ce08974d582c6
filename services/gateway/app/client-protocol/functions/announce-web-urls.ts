import type { Caller } from '@slipway/gateway-core';
import type { AppId, FunctionId } from '@slipway/contracts';
import { RefusedError } from '@slipway/kernel';
import { namingPlace, planWebUrls, type NamingParts } from './plan-web-urls.js';
import { hasEndpoints, type WebDefinition } from './wanted-names.js';
import { webUrls, type WebUrls } from './web-urls.js';

export type AnnouncedUrls = Readonly<{
  urls: WebUrls;
  /** For whoever deploys: domains that stay where they are. */
  warnings: readonly string[];
}>;

/** Where a function's endpoints will answer once they are published: until then what serves keeps its names. */
export const announceWebUrls = async (
  parts: NamingParts,
  caller: Caller,
  { appId, functionId }: Readonly<{ appId: AppId; functionId: FunctionId }>,
  definition: WebDefinition,
): Promise<AnnouncedUrls> => {
  if (!hasEndpoints(definition)) return { urls: {}, warnings: [] };
  const place = await namingPlace(parts, caller, appId);
  const { names, missed } = await planWebUrls(parts, caller, place, functionId, definition, 'take');
  const refusal = missed.find((name) => name.refusal)?.refusal;
  if (refusal) throw new RefusedError(refusal);
  return {
    urls: webUrls(
      parts.webAddresses,
      names.map(({ route }) => route),
    ),
    warnings: missed.map(({ warning }) => warning),
  };
};
