import { choosePorts, type PortNeed, type Ports } from './choose-ports.ts';
import type { Home } from './home.ts';
import { readJson, writeJson } from './json-file.ts';
import { portIsFree } from './port-is-free.ts';
import { services } from './services.ts';

const defaultBase = 8700;
const firstWorkerOffset = 30;

/** The ports that a home keeps, and the first of their default numbers at the time. */
export type KeptPorts = Readonly<{ base?: number; ports: Ports }>;

/** What needs a port, in the order of their default numbers, and the ports to keep. `SLIPWAY_PORT_<NAME>` fixes one of them, another `SLIPWAY_PORT_BASE` than before moves all that are not fixed. */
export const portWishes = (
  workers: number,
  before: KeptPorts,
  environment: NodeJS.ProcessEnv = process.env,
): Readonly<{ base: number; needs: readonly PortNeed[]; kept: Ports }> => {
  const asked = environment['SLIPWAY_PORT_BASE'];
  const base = asked === undefined ? (before.base ?? defaultBase) : parsePort('SLIPWAY_PORT_BASE', asked);
  const moved = asked !== undefined && base !== before.base;
  return { base, needs: portNeeds(workers, base, environment), kept: moved ? {} : before.ports };
};

const portNeeds = (workers: number, base: number, environment: NodeJS.ProcessEnv): PortNeed[] => {
  const offsets: [name: string, offset: number][] = [
    ['gateway', 0],
    ['blob-store', 1],
    ...services.map(({ name }, index): [string, number] => [`${name}-health`, 10 + index]),
    ['postgres', 20],
    ['nats', 21],
    ['nats-monitor', 22],
    ['redis', 23],
    ['simulated-cloud-health', 24],
    ...Array.from({ length: workers }, (_, index): [string, number] => [
      `worker-${index + 1}-health`,
      firstWorkerOffset + index,
    ]),
  ];
  return offsets.map(([name, offset]) => {
    const variable = `SLIPWAY_PORT_${name.toUpperCase().replaceAll('-', '_')}`;
    const fixed = environment[variable];
    return fixed === undefined
      ? { name, preferred: base + offset }
      : { name, preferred: base + offset, fixed: parsePort(variable, fixed) };
  });
};

const parsePort = (variable: string, text: string): number => {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`${variable} is '${text}', but must be a whole number from 1 to 65535`);
  }
  return port;
};

/** The ports of this home, kept in `ports.json`. What processes in `alive` listen on already counts as free. */
export const claimPorts = async (home: Home, workers: number, alive: ReadonlySet<string>): Promise<Ports> => {
  const before = readKeptPorts(home);
  const { base, needs, kept } = portWishes(workers, before);
  const ours = new Set(
    Object.entries(before.ports).flatMap(([name, port]) =>
      alive.has(name.replace(/-(health|monitor)$/, '')) ? [port] : [],
    ),
  );
  const isFree = async (port: number) => ours.has(port) || (await portIsFree(port));
  const chosen = await choosePorts(needs, kept, isFree);
  writeJson(home.portsFile, { base, ...kept, ...chosen });
  return chosen;
};

/** What `ports.json` of this home says. */
export const readKeptPorts = (home: Home): KeptPorts => {
  const { base, ...ports } = readJson<Ports>(home.portsFile) ?? {};
  return { ports, ...(base === undefined ? {} : { base }) };
};
