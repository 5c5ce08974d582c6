/** Injection tokens of this service. */
export const LEDGER = Symbol('ledger');
export const BUILD_LOG = Symbol('build-log');
export const BUILDS = Symbol('builds');
export const RUNTIME_MOUNTS = Symbol('runtime-mounts');
export const IMAGE_REQUESTS = Symbol('image-requests');
export const NAME_REQUESTS = Symbol('name-requests');
export const OPENED = Symbol('opened');
