import type { LogFilter, LogStream } from '@slipway/gateway-core';
import type { FileDescriptor } from '@slipway/protocol';
import { idsOfSandbox } from '../sandboxes/sandbox-ids.js';
import { DESCRIPTORS } from './file-descriptors.js';

/** The fields by which clients name lines; '' and UNSPECIFIED stand for all. */
export type WireLogFilter = Readonly<{
  functionId: string;
  parametrizedFunctionId: string;
  taskId: string;
  sandboxId: string;
  functionCallId: string;
  inputId?: string;
  searchText: string;
}>;

/** Throws RefusedError where the sandbox's id is none. */
export const readLogFilter = (wire: WireLogFilter, descriptor: FileDescriptor): LogFilter => {
  const stream = (Object.keys(DESCRIPTORS) as LogStream[]).find((name) => DESCRIPTORS[name] === descriptor);
  return {
    // A sandbox is a function of its own; beside a function that is named it narrows nothing down.
    ...(wire.sandboxId && { functionId: idsOfSandbox(wire.sandboxId).functionId }),
    ...(wire.functionId && { functionId: wire.functionId }),
    ...(wire.parametrizedFunctionId && { variantId: wire.parametrizedFunctionId }),
    ...(wire.taskId && { taskId: wire.taskId }),
    ...(wire.functionCallId && { callId: wire.functionCallId }),
    ...(wire.inputId && { inputId: wire.inputId }),
    ...(stream && { stream }),
    ...(wire.searchText && { searchText: wire.searchText }),
  };
};
