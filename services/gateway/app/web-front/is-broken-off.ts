import type { IncomingMessage } from 'node:http';

/** A request over HTTP/2 ends like any other where its stream was reset, and says only beside it that it is not whole. */
export const isBrokenOff = ({ aborted }: IncomingMessage): boolean => aborted;
