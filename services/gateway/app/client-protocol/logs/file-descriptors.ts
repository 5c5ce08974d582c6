import type { LogStream } from '@slipway/gateway-core';
import { FileDescriptor } from '@slipway/protocol';

export const DESCRIPTORS: Readonly<Record<LogStream, FileDescriptor>> = {
  stdout: FileDescriptor.STDOUT,
  stderr: FileDescriptor.STDERR,
  info: FileDescriptor.INFO,
};
