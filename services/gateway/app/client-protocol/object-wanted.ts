import { refuse, RefusedError } from '@slipway/kernel';
import type { ObjectWanted } from '@slipway/gateway-core';
import { ObjectCreationType } from '@slipway/protocol';

/** What a client asks for by name: see `chooseObject`. Throws RefusedError for ways that `kind` is not made in. */
export const objectWanted = (kind: string, type: ObjectCreationType): ObjectWanted => {
  switch (type) {
    case ObjectCreationType.UNSPECIFIED:
      return 'lookup';
    case ObjectCreationType.CREATE_IF_MISSING:
      return 'create-if-missing';
    case ObjectCreationType.CREATE_FAIL_IF_EXISTS:
      return 'create-new';
    default:
      throw new RefusedError(
        refuse(
          'invalid',
          'creation-type-invalid',
          `A ${kind} cannot be made in the way ${ObjectCreationType[type]}: give it a name, or make it ephemeral.`,
        ),
      );
  }
};
