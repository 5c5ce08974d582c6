import { choosePorts, type PortNeed, type Ports } from './choose-ports.ts';
import type { Home } from './home.ts';
import { readJson, writeJson } from './json-file.ts';
import { portIsFree } from './port-is-free.ts';
import { services } from './services.ts';

const defaultBase = 8700;
const firstWorkerOffset = 30;

/** What needs a port, in the order of their default numbers. `SLIPWAY_PORT_<NAME>` fixes one of them. */
export const portNeeds = (workers: number, environment: NodeJS.ProcessEnv = process.env): PortNeed[] => {
  const base = Number(environment['SLIPWAY_PORT_BASE'] ?? defaultBase);
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
    const fixed = environment[`SLIPWAY_PORT_${name.toUpperCase().replaceAll('-', '_')}`];
    return fixed === undefined
      ? { name, preferred: base + offset }
      : { name, preferred: base + offset, fixed: parsePort(name, fixed) };
  });
};

const parsePort = (name: string, text: string): number => {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`the port of ${name} is ${text}; it must be a whole number from 1 to 65535`);
  }
  return port;
};

/** The ports of this home, kept in `ports.json`. What processes in `alive` listen on already counts as free. */
export const claimPorts = async (home: Home, workers: number, alive: ReadonlySet<string>): Promise<Ports> => {
  const kept = readJson<Ports>(home.portsFile) ?? {};
  const ours = new Set(
    Object.entries(kept).flatMap(([name, port]) =>
      alive.has(name.replace(/-(health|monitor)$/, '')) ? [port] : [],
    ),
  );
  const isFree = async (port: number) => ours.has(port) || (await portIsFree(port));
  const chosen = await choosePorts(portNeeds(workers), kept, isFree);
  writeJson(home.portsFile, { ...kept, ...chosen });
  return chosen;
};
