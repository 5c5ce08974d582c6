import { refuse, type Refusal } from '@slipway/kernel';

/** How a client asks for an object by name. */
export type ObjectWanted = 'lookup' | 'create-if-missing' | 'create-new';

export type ObjectChoice = Readonly<{
  /** As people call it: `dict`, `queue`. */
  kind: string;
  name: string;
  environment: string;
  wanted: ObjectWanted;
  /** Whether one of that name is there that this very request has not made. */
  exists: boolean;
}>;

/** Whether a request for a named object gets the one that is there or a new one. */
export const chooseObject = ({
  kind,
  name,
  environment,
  wanted,
  exists,
}: ObjectChoice): 'use' | 'create' | Refusal => {
  if (exists)
    return wanted === 'create-new'
      ? refuse(
          'already-exists',
          `${kind}-exists`,
          `A ${kind} '${name}' exists in environment '${environment}'.`,
        )
      : 'use';
  return wanted === 'lookup'
    ? refuse(
        'not-found',
        `${kind}-not-found`,
        `No ${kind} '${name}' in environment '${environment}'. Make it with \`modal ${kind} create ${name}\` or create_if_missing=True.`,
      )
    : 'create';
};
