import type { VolumeMount } from '@slipway/contracts';
import { refuse, type Refusal } from '@slipway/kernel';
import type { Caller } from '../access/caller.js';
import { refuseInEnvironment } from '../access/check-access.js';

/** Undefined where the caller may give a container this mount of a volume of the environment. */
export const refuseVolumeMount = (
  caller: Caller,
  { volumeId, access }: Pick<VolumeMount, 'volumeId' | 'access'>,
  environment: string,
): Refusal | undefined => {
  const notLooking = refuseInEnvironment(caller, 'look', environment);
  if (notLooking || access === 'read') return notLooking;
  const notChanging = refuseInEnvironment(caller, 'change', environment);
  return (
    notChanging &&
    refuse(
      'forbidden',
      notChanging.code,
      `Volume ${volumeId} cannot be mounted to write into it: ${notChanging.message} ` +
        'Mount it to read only: `volume.with_mount_options(read_only=True)`.',
    )
  );
};
