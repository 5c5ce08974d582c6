import { refuse, type Refusal } from '@slipway/kernel';

/** What a function may ask for that changes what its code can rely on: without it the code would fail, or be wrong, later. */
export type UnservedFunctionRequest = Readonly<{
  functionName: string;
  i6pnEnabled?: boolean;
  ExperimentalGroupSize?: number;
  isSessioned?: boolean;
}>;

/** The refusal of the first thing that a function asks for and cannot be given. */
export const refuseUnservedFunctions = ({
  functionName,
  i6pnEnabled,
  ExperimentalGroupSize = 0,
  isSessioned,
}: UnservedFunctionRequest): Refusal | undefined => {
  if (ExperimentalGroupSize > 0)
    return refuse(
      'unsupported',
      'no-clusters',
      `Function '${functionName}' is clustered (size=${ExperimentalGroupSize}), but this server starts no containers as one cluster; leave the decorator out, and ask for more GPUs in one container by gpu="H100:8".`,
    );
  if (i6pnEnabled)
    return refuse(
      'unsupported',
      'no-i6pn',
      `Function '${functionName}' asks for i6pn, but this server has no private network between containers; leave i6pn out.`,
    );
  if (isSessioned)
    return refuse(
      'unsupported',
      'no-sessions',
      `'${functionName}' is @modal.sessioned(), but this server keeps no sessions of requests; leave the decorator out, and keep a session's state in a modal.Dict.`,
    );
  return undefined;
};
