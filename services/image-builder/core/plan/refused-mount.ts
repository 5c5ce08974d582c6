import { refuse, type Refusal } from '@slipway/kernel';
import type { Instruction } from '../dockerfile/instruction.js';

/**
 * Why a RUN with its --mount flags cannot be carried out. A cache or tmpfs may be missing; a secret or SSH agent too, as
 * `docker build` runs without one that it was not given, unless it is required. A secret's `env` is among the variables.
 */
export const refusedMount = ({ flags }: Instruction): Refusal | undefined => {
  for (const { name, value } of flags) {
    if (name !== 'mount') continue;
    const options = new Map(value.split(',').map((option) => [option.split('=')[0], option.split('=')[1]]));
    const type = options.get('type');
    if (type === 'cache' || type === 'tmpfs' || (type === 'secret' && options.has('env'))) continue;
    const isRequired = options.has('required') && options.get('required') !== 'false';
    if ((type === 'secret' || type === 'ssh') && !isRequired) continue;
    const instead =
      type === 'secret'
        ? 'secrets come as variables: name them in secrets=[...]'
        : 'only caches may be mounted';
    return refuse('invalid', 'mount-unsupported', `--mount=${value} is not supported: ${instead}`);
  }
  return undefined;
};
