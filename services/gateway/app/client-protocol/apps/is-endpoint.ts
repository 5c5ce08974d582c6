import type { FunctionView } from '@slipway/contracts';

/** Whether a function answers HTTP, itself or by a method. */
export const isEndpoint = ({ spec }: FunctionView): boolean =>
  spec.web !== undefined || spec.webMethods !== undefined;
