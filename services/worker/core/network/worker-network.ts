/** The part of 10.0.0.0/8 that one worker's containers live in: a /22 with the worker itself at its first address. */
export type WorkerNetwork = Readonly<{
  /** 0 … NETWORK_BLOCKS-1; two workers on one machine never share one. */
  block: number;
  gateway: string;
  cidr: string;
  /** Interface names are at most 15 characters long. */
  openBridge: string;
  blockedBridge: string;
  /** Hardware addresses of the two bridges. */
  openHardwareAddress: string;
  blockedHardwareAddress: string;
}>;

/** 10.64.0.0 … 10.127.255.255 in blocks of 1024 addresses. */
export const NETWORK_BLOCKS = 4096;
export const CONTAINERS_PER_BLOCK = 1021;
export const PREFIX_LENGTH = 22;
const FIRST_ADDRESS = 0x0a40_0000;
const BLOCK_SIZE = 1024;

const dotted = (address: number): string =>
  [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.');

export const workerNetwork = (block: number): WorkerNetwork => {
  const first = FIRST_ADDRESS + block * BLOCK_SIZE;
  return {
    block,
    gateway: dotted(first + 1),
    cidr: `${dotted(first)}/${PREFIX_LENGTH}`,
    openBridge: `slwo${block}`,
    blockedBridge: `slwb${block}`,
    openHardwareAddress: hardwareAddress(OPEN, first + 1),
    blockedHardwareAddress: hardwareAddress(BLOCKED, first + 1),
  };
};

const OPEN = 0;
const BLOCKED = 1;

/** One that nobody has bought (its second bit is set), with the address of the gateway in it. */
const hardwareAddress = (bridge: number, gateway: number): string =>
  [0x02, bridge, ...[24, 16, 8, 0].map((shift) => (gateway >>> shift) & 0xff)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join(':');

/** The address of a worker's n-th container, counted from 0. */
export const containerAddress = (network: WorkerNetwork, place: number): string =>
  dotted(FIRST_ADDRESS + network.block * BLOCK_SIZE + 2 + place);

/** Where a worker looks for a free block first, so that a restarted worker tends to get its own again. */
export const preferredBlock = (workerId: string): number => {
  let hash = 0x811c_9dc5; // FNV-1a
  for (const character of workerId) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x0100_0193) >>> 0;
  return hash % NETWORK_BLOCKS;
};
