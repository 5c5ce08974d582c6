import type { Environment } from '../environment/container-environment.js';

const LIBRARIES = 'LD_LIBRARY_PATH';

/** A program's environment with what its GPUs add to it; their libraries come after the folders that it names itself. */
export const withGpus = (env: Environment, ofGpus: Environment): Environment => {
  const libraries = ofGpus[LIBRARIES];
  if (libraries === undefined) return { ...env, ...ofGpus };
  const own = (env[LIBRARIES] ?? '').split(':').filter((folder) => folder !== '' && folder !== libraries);
  return { ...env, ...ofGpus, [LIBRARIES]: [...own, libraries].join(':') };
};
