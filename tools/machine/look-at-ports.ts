import type { Home } from '../platform/home.ts';
import { portIsFree } from '../platform/port-is-free.ts';
import { portWishes, readKeptPorts } from '../platform/ports.ts';
import { askSupervisor } from '../supervisor/ask-supervisor.ts';
import type { Finding } from './finding.ts';

/** Whether the ports of the platform are free, or used by the platform itself. */
export const lookAtPorts = async (home: Home): Promise<Finding> => {
  if (await askSupervisor(home.folder, { command: 'status' })) {
    return finding('good', 'in use by the platform itself', './tools/status lists them');
  }
  const { needs, kept } = portWishes(1, readKeptPorts(home));
  const wanted = needs.map(({ name, fixed, preferred }) => ({
    name,
    port: fixed ?? kept[name] ?? preferred,
  }));
  const states = await Promise.all(
    wanted.map(async (want) => ({ ...want, free: await portIsFree(want.port) })),
  );
  const taken = states.filter(({ free }) => !free).map(({ name, port }) => `${port} (${name})`);
  return taken.length === 0
    ? finding(
        'good',
        `${wanted[0]!.port} and ${wanted.length - 1} more are free`,
        'the gateway takes the first',
      )
    : finding('fallback', `in use: ${taken.join(', ')}`, './tools/up takes the next free ones');
};

const finding = (verdict: Finding['verdict'], found: string, meaning: string): Finding => ({
  area: 'ports',
  name: 'ports',
  verdict,
  found,
  meaning,
});
