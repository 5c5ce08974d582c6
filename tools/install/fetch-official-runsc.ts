import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { machine } from 'node:os';
import { runQuietly } from '../terminal/run-quietly.ts';

const releases = 'https://storage.googleapis.com/gvisor/releases/release';
const reachMs = 2_000;
const fetchMs = 120_000;

/**
 * Downloads the official release of this date to `path`, checked against the digest published beside it and the
 * version that it reports. Returns false, quickly and quietly, where it cannot be reached or is not there.
 */
export const fetchOfficialRunsc = async (path: string, release: string): Promise<boolean> => {
  const address = `${releases}/${release}/${machine()}/runsc`;
  try {
    const there = await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(reachMs) });
    if (!there.ok) return false;
    const [program, digest] = await Promise.all([download(address), download(`${address}.sha512`)]);
    if (createHash('sha512').update(program).digest('hex') !== digest.toString().split(/\s/)[0]) return false;
    writeFileSync(path, program, { mode: 0o755 });
    return (await runQuietly(path, ['--version'])).output.includes(`release-${release}`);
  } catch {
    return false;
  }
};

const download = async (address: string): Promise<Buffer> => {
  const answer = await fetch(address, { signal: AbortSignal.timeout(fetchMs) });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
};
