import type { FunctionSpec } from '@slipway/contracts';

/** How long a container may take to end once it is told to, beside the inputs that it has. */
export const STOP_MARGIN_MS = 20_000;
/** How much longer than needed money is asked for, so that it seldom is. */
const AHEAD_MS = 10_000;

/** Money must last this long from the moment at which an input is given. */
export const inputCoverMs = ({ timeoutMs }: FunctionSpec): number => timeoutMs + STOP_MARGIN_MS;

/** And this long from the moment at which a container is asked for: its start and one input. */
export const startCoverMs = (spec: FunctionSpec): number =>
  spec.startupTimeoutMs + inputCoverMs(spec) + AHEAD_MS;

/** How long it is made to last when it goes on. */
export const extendCoverMs = (spec: FunctionSpec): number => inputCoverMs(spec) + 2 * AHEAD_MS;

/** From when on more of it is asked for. */
export const renewBelowMs = (spec: FunctionSpec): number => inputCoverMs(spec) + AHEAD_MS;
