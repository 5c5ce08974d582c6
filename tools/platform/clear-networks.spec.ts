import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearNetworks } from './clear-networks.ts';

test('only what killed workers of this platform had is given back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-claims-'));
  const nobody = 2 ** 31 - 1;
  // Blocks that no worker takes: there are 4096 of them.
  const claims = {
    90001: `worker-1-abc123 ${nobody}`,
    90002: `worker-2-abc123 ${process.pid}`,
    90003: `worker-1-def456 ${nobody}`,
    90004: `h-abc123 ${nobody}`,
  };
  try {
    for (const [block, claim] of Object.entries(claims)) writeFileSync(join(folder, block), claim);
    expect(await clearNetworks('abc123', folder)).toBe(1);
    expect(readdirSync(folder).toSorted()).toEqual(['90002', '90003', '90004']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
