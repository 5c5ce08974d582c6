import { constants } from 'node:os';

type ErrorName = keyof typeof constants.errno;

/** What an operation of a file system answers when it fails; the kernel hands the number to the program that asked. */
export class FuseError extends Error {
  readonly errno: number;

  constructor(name: ErrorName) {
    super(name);
    this.name = 'FuseError';
    this.errno = constants.errno[name];
  }
}

// Made once: they are thrown often, and nobody reads where from.
export const FUSE_ERRORS = {
  noEntry: new FuseError('ENOENT'),
  exists: new FuseError('EEXIST'),
  notDirectory: new FuseError('ENOTDIR'),
  isDirectory: new FuseError('EISDIR'),
  notEmpty: new FuseError('ENOTEMPTY'),
  invalid: new FuseError('EINVAL'),
  notPermitted: new FuseError('EPERM'),
  notSupported: new FuseError('EOPNOTSUPP'),
  notImplemented: new FuseError('ENOSYS'),
  noSpace: new FuseError('ENOSPC'),
  tooBig: new FuseError('EFBIG'),
  nameTooLong: new FuseError('ENAMETOOLONG'),
  illegalBytes: new FuseError('EILSEQ'),
  stale: new FuseError('ESTALE'),
  inputOutput: new FuseError('EIO'),
} as const;

/** The errno of anything thrown: a file system that breaks answers an input/output error. */
export const errnoOf = (error: unknown): number => {
  if (error instanceof FuseError) return error.errno;
  const { errno } = error as NodeJS.ErrnoException;
  return typeof errno === 'number' && errno < 0 ? -errno : constants.errno.EIO;
};
