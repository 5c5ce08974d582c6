import { styleText } from 'node:util';
import { homeFromEnvironment } from '../platform/home.ts';
import { askSupervisor } from '../supervisor/ask-supervisor.ts';
import type { ProcessStatus } from '../supervisor/process-status.ts';
import { durationText } from '../terminal/duration-text.ts';
import { runCommandLine } from '../terminal/run-command-line.ts';
import { renderTable } from '../terminal/table.ts';

const help = `
Usage: ./tools/status [--json]

Shows what runs: process, port, version, health and log of each. Exits with 0 when everything is ready, else with 1.

  --json   one JSON object
  --help   this text
`;

const rowOf = (process: ProcessStatus): string[] => [
  process.name,
  process.pid === null ? '-' : String(process.pid),
  styleText(process.state === 'running' ? 'green' : 'red', process.state),
  process.pid === null ? '-' : durationText(process.uptimeMs),
  String(process.restarts),
  String(process.port),
  process.version,
  process.health === 'ready' ? styleText('green', 'ready') : styleText('yellow', process.health.slice(0, 48)),
  process.log,
];

await runCommandLine({
  name: 'status',
  help,
  options: { json: 'flag' },
  run: async ({ flags }) => {
    const home = homeFromEnvironment();
    const state = await askSupervisor(home.folder, { command: 'status' });
    const ready = state !== undefined && state.processes.every(({ health }) => health === 'ready');
    if (flags.has('json')) {
      console.log(JSON.stringify({ running: state !== undefined, ready, home: home.folder, ...state }));
    } else if (!state) {
      console.log('  The platform does not run; ./tools/up starts it.');
    } else {
      const head = ['NAME', 'PID', 'STATE', 'UP', 'RESTARTS', 'PORT', 'VERSION', 'HEALTH', 'LOG'];
      console.log(renderTable(head, state.processes.map(rowOf)));
      console.log(`\nsupervisor: process ${state.pid}, home ${home.folder}`);
    }
    return ready ? 0 : 1;
  },
});
