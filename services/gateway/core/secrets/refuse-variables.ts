import { refuse, type Refusal } from '@slipway/kernel';

const MOST_BYTES = 1024 * 1024;

/** Undefined where these can be the environment variables of a process. Values never appear in a refusal. */
export const refuseVariables = (
  variables: Readonly<Record<string, string | undefined>>,
): Refusal | undefined => {
  let bytes = 0;
  for (const [name, value] of Object.entries(variables)) {
    if (name === '' || /[=\0]/.test(name))
      return refuse(
        'invalid',
        'variable-name-invalid',
        `'${name.replaceAll('\0', '\\0')}' cannot name an environment variable: it must not be empty nor contain '=' or a NUL.`,
      );
    if (value?.includes('\0'))
      return refuse(
        'invalid',
        'variable-value-invalid',
        `The value of ${name} contains a NUL, which no environment variable can.`,
      );
    bytes += name.length + (value?.length ?? 0);
  }
  return bytes > MOST_BYTES
    ? refuse(
        'invalid',
        'secret-too-large',
        `The variables have ${bytes} characters together, but a secret holds at most ${MOST_BYTES}.`,
      )
    : undefined;
};
