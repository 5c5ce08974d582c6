import { mkdirSync, openSync, readFileSync, writeFileSync, unlinkSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import { NETWORK_BLOCKS, preferredBlock, workerNetwork, type WorkerNetwork } from '@slipway/worker-core';

const FOLDER = '/run/slipway/networks';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** A claim is a file that names the worker and its process. It is free when it is this worker's own, or its process is gone. */
const tryClaim = (block: number, workerId: string): boolean => {
  const file = join(FOLDER, `${block}`);
  try {
    const created = openSync(file, 'wx');
    writeFileSync(created, `${workerId} ${process.pid}`);
    closeSync(created);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const [owner, pid] = readFileSync(file, 'utf8').split(' ');
  if (owner !== workerId) return false;
  if (Number(pid) !== process.pid && isAlive(Number(pid)))
    throw new Error(
      `a worker named ${workerId} already runs on this machine (process ${pid}); give each its own WORKER_ID`,
    );
  writeFileSync(file, `${workerId} ${process.pid}`);
  return true;
};

/** Takes a block of addresses that no other worker of this machine has. */
export const claimBlock = (workerId: string): WorkerNetwork => {
  mkdirSync(FOLDER, { recursive: true });
  const preferred = preferredBlock(workerId);
  for (let step = 0; step < NETWORK_BLOCKS; step += 1) {
    const block = (preferred + step) % NETWORK_BLOCKS;
    if (tryClaim(block, workerId)) return workerNetwork(block);
  }
  throw new Error(`all ${NETWORK_BLOCKS} blocks of addresses are claimed in ${FOLDER}`);
};

export const releaseBlock = (network: WorkerNetwork): void => {
  try {
    unlinkSync(join(FOLDER, `${network.block}`));
  } catch {
    // Someone cleared /run; the claim is as gone as it should be.
  }
};
