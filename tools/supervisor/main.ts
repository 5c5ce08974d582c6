// The daemon behind ./tools/up: `node main.ts <home folder>`.
import { mkdirSync, rmSync } from 'node:fs';
import { homeAt } from '../platform/home.ts';
import { askSupervisor } from './ask-supervisor.ts';
import { serveControl } from './control-server.ts';
import type { ControlReply, ControlRequest } from './process-status.ts';
import { socketPath } from './socket-path.ts';
import { stopOrphans } from './stop-orphans.ts';
import { Supervisor } from './supervisor.ts';

const home = homeAt(process.argv[2]!);
mkdirSync(home.logs, { recursive: true });
mkdirSync(home.run, { recursive: true });

if (await askSupervisor(home.folder, { command: 'status' })) {
  console.error('a supervisor runs for this home already');
  process.exit(1);
}
const orphans = await stopOrphans(home.run);
if (orphans.length > 0) console.log(`stopped what an earlier supervisor left: ${orphans.join(', ')}`);

const supervisor = new Supervisor(home);

const leave = async (): Promise<void> => {
  await supervisor.stopAll();
  rmSync(`${home.folder}/supervisor.sock`, { force: true });
};

const answer = async (request: ControlRequest): Promise<ControlReply> => {
  switch (request.command) {
    case 'status':
      break;
    case 'apply':
      await supervisor.apply(request.plan);
      break;
    case 'start':
      await supervisor.start(request.name);
      break;
    case 'restart':
      await supervisor.restart(request.name);
      break;
    case 'stop':
      if (request.name !== undefined) {
        await supervisor.stop(request.name);
        break;
      }
      await leave();
      setTimeout(() => process.exit(0), 50);
      break;
    default:
      throw new Error(`unknown command ${JSON.stringify(request satisfies never)}`);
  }
  return { ok: true, pid: process.pid, processes: await supervisor.status() };
};

rmSync(`${home.folder}/supervisor.sock`, { force: true });
await serveControl(socketPath(home.folder), answer);
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => void leave().then(() => process.exit(0)));
process.on('SIGHUP', () => {});
