import type { AppPublishRequest } from '@slipway/protocol';
import type { Caller } from '@slipway/gateway-core';
import { refuse, RefusedError, type Refusal } from '@slipway/kernel';
import { namingPlace } from '../functions/plan-web-urls.js';
import { wantedNames, type WantedNames } from '../functions/wanted-names.js';
import { definedFunctions } from './defined-functions.js';
import { isEndpoint } from './is-endpoint.js';
import type { ServingParts } from './serve-names.js';

/** Why endpoints cannot be published together: two of them want one name. */
export const sharedName = (endpoints: readonly WantedNames[]): Refusal | undefined => {
  const wantedBy = new Map<string, string>();
  for (const { endpoint, label, domains } of endpoints)
    for (const host of new Set([label, ...domains])) {
      const other = wantedBy.get(host);
      if (other !== undefined)
        return refuse(
          'invalid',
          'name-wanted-twice',
          host === label
            ? `'${other}' and '${endpoint.functionTag}' have the same label '${label}': give one of them another \`label=\`.`
            : `'${other}' and '${endpoint.functionTag}' have the same domain '${host}': take it from one of them.`,
        );
      wantedBy.set(host, endpoint.functionTag);
    }
  return undefined;
};

/** Refuses a version of which two endpoints would have one name. */
export const refuseSharedNames = async (
  parts: ServingParts,
  caller: Caller,
  { appId, functionIds, definitionIds }: AppPublishRequest,
): Promise<void> => {
  const ids = Object.values(functionIds).map((id) => [id, definitionIds[id] ?? ''] as const);
  const asked = { workspaceId: caller.workspaceId, appId, definitionIds: Object.fromEntries(ids) };
  const endpoints = await definedFunctions(parts, asked, { isWanted: isEndpoint });
  if (endpoints.length === 0) return;
  const place = await namingPlace(parts, caller, appId);
  const refusal = sharedName(
    endpoints.flatMap(({ view, definition }) => wantedNames(place, view.functionId, definition)),
  );
  if (refusal) throw new RefusedError(refusal);
};
