const KIB = 1024;
const MIB = 1024 * KIB;

const inUnits = (bytes: number): string =>
  bytes < MIB ? `${Math.ceil(bytes / KIB)} KiB` : `${Number((bytes / MIB).toFixed(1))} MiB`;

/** The line that stands for what a container said beyond what its logs keep. */
export const leftOutNotice = (bytes: number, bytesPerSecond: number): string =>
  `[slipway] ${inUnits(bytes)} of output left out: more than ${inUnits(bytesPerSecond)}/s\n`;
