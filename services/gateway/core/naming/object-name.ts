import { refuse, type Refusal } from '@slipway/kernel';

const SHAPE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Undefined where `name` may name an app, an environment or a secret; else why not. */
export const refuseName = (kind: string, name: string): Refusal | undefined =>
  SHAPE.test(name)
    ? undefined
    : refuse(
        'invalid',
        'name-invalid',
        `'${name}' cannot name ${kind}: use 1 to 64 letters, digits, dots, dashes and underscores, beginning with a letter or a digit.`,
      );
