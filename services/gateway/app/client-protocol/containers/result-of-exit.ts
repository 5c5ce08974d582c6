import type { ExitReason } from '@slipway/contracts';
import { GenericResult, GenericResult_GenericStatus as Status } from '@slipway/protocol';

const STATUS: Readonly<Record<ExitReason, Status>> = {
  finished: Status.SUCCESS,
  idle: Status.SUCCESS,
  'app-stopped': Status.TERMINATED,
  stopped: Status.TERMINATED,
  cancelled: Status.TERMINATED,
  'user-error': Status.FAILURE,
  'init-failure': Status.INIT_FAILURE,
  'out-of-memory': Status.FAILURE,
  'disk-full': Status.FAILURE,
  timeout: Status.TIMEOUT,
  'startup-timeout': Status.INIT_FAILURE,
  'image-failed': Status.INIT_FAILURE,
  'host-lost': Status.INTERNAL_FAILURE,
  'platform-error': Status.INTERNAL_FAILURE,
};

export type Exit = Readonly<{ reason: ExitReason; exitCode?: number; message?: string }>;

/** How a container ended, as clients read it. */
export const resultOfExit = ({ reason, exitCode, message }: Exit): GenericResult =>
  GenericResult.fromPartial({
    status: STATUS[reason],
    exitcode: exitCode ?? 0,
    exception: message ?? '',
  });
