import type { ExitReason, Outcome } from '@slipway/contracts';
import { silentEntrypointHint } from '../entrypoint/function-entrypoint.js';

/** Why the worker itself ended a container, if it did. */
export type AskedEnd =
  | Readonly<{ kind: 'none' }>
  /** The scheduler wanted it gone. */
  | Readonly<{ kind: 'stop'; reason: ExitReason }>
  | Readonly<{ kind: 'input-timeout'; limitMs: number }>
  | Readonly<{ kind: 'startup-timeout'; limitMs: number }>;

/** All that is known of a container at its end. */
export type ContainerEnd = Readonly<{
  /** 128 + n when a signal n ended it. */
  exitCode: number;
  outOfMemoryKills: number;
  memoryLimitMiB: number;
  disk: Readonly<{ state: 'free' | 'full'; sizeMiB: number }>;
  asked: AskedEnd;
  /** Whether it ever asked for an input. */
  reached: 'starting' | 'ready';
  /** Whether it still had an input that it was told to cancel. */
  holdsCancelled: boolean;
  /** What the client's runtime said before it gave up, when user code failed at import or set-up. */
  initFailure?: Outcome;
  /** The last lines of its stderr, for a start that failed without a word to the worker. */
  lastWords?: string;
  /** The image's ENTRYPOINT, where nothing was heard of the client's runtime that was to be run behind it. */
  silentEntrypoint?: readonly string[];
}>;

export type ClassifiedEnd = Readonly<{
  reason: ExitReason;
  message?: string;
  initFailure?: Outcome;
}>;

const SIGKILL_EXIT_CODE = 137;
const seconds = (ms: number): string => `${Number((ms / 1000).toFixed(1))} s`;

/** What a person reads when an input's time is over. */
export const inputTimeoutMessage = (limitMs: number): string =>
  `the input ran longer than its timeout of ${seconds(limitMs)}`;

/** The answer to inputs that waited on a container which could not start. */
const failedStart = (end: ContainerEnd): Outcome => ({
  kind: 'init-failure',
  exception: `the container exited with code ${end.exitCode} before it took an input${
    end.lastWords === undefined || end.lastWords === '' ? '' : `:\n${end.lastWords}`
  }${isSilent(end) ? `\n${silentEntrypointHint(end.silentEntrypoint)}` : ''}`,
});

const isSilent = (end: ContainerEnd): end is ContainerEnd & { silentEntrypoint: readonly string[] } =>
  end.silentEntrypoint !== undefined && end.silentEntrypoint.length > 0;

/**
 * Tells the ends of containers apart. What the kernel or the worker did explains an exit code; a code alone never
 * explains what they did: so memory first, then what was asked, then the start, then the code.
 */
export const classifyExit = (end: ContainerEnd): ClassifiedEnd => {
  if (end.outOfMemoryKills > 0 && end.exitCode !== 0 && end.asked.kind === 'none')
    return {
      reason: 'out-of-memory',
      message: `the container needed more than its memory limit of ${end.memoryLimitMiB} MiB`,
    };
  switch (end.asked.kind) {
    case 'input-timeout':
      return { reason: 'timeout', message: inputTimeoutMessage(end.asked.limitMs) };
    case 'startup-timeout':
      return {
        reason: 'startup-timeout',
        message: `the container was not ready after its startup timeout of ${seconds(end.asked.limitMs)}${
          isSilent(end) ? `: ${silentEntrypointHint(end.silentEntrypoint)}` : ''
        }`,
      };
    case 'stop':
      return { reason: end.asked.reason };
    case 'none':
      return classifyUnasked(end);
    default:
      return end.asked satisfies never;
  }
};

const classifyUnasked = (end: ContainerEnd): ClassifiedEnd => {
  if (end.initFailure !== undefined)
    return { reason: 'init-failure', message: end.initFailure.exception, initFailure: end.initFailure };
  // The client interrupts its whole process where it cannot end one of several inputs: the others are not at fault.
  if (end.holdsCancelled) return { reason: 'cancelled' };
  // An ENTRYPOINT that does something else instead of its arguments ends well, again each time.
  if (end.exitCode === 0 && !isSilent(end)) return { reason: 'finished' };
  if (end.disk.state === 'full')
    return {
      reason: 'disk-full',
      message: `the container filled its disk of ${end.disk.sizeMiB} MiB; ask for more with ephemeral_disk`,
    };
  if (end.reached === 'starting') {
    const initFailure = failedStart(end);
    return { reason: 'init-failure', message: initFailure.exception, initFailure };
  }
  return {
    reason: 'user-error',
    message:
      end.exitCode === SIGKILL_EXIT_CODE
        ? 'the container was killed (exit code 137)'
        : `the container exited with code ${end.exitCode}`,
  };
};
