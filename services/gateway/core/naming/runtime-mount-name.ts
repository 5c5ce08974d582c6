const RUNTIME_MOUNTS = [/^modal-client-mount-/, /-cp3\d+t?-/, /^python-build-standalone\./];

/** Mounts that the platform itself provides to every workspace: client packages, their dependencies, interpreters. */
export const isRuntimeMountName = (name: string): boolean => RUNTIME_MOUNTS.some((shape) => shape.test(name));
