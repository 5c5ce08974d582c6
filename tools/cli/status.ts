import { styleText } from 'node:util';
import { isReady, type ContainerState } from '../platform/docker/container-states.ts';
import { openProject } from '../platform/docker/open-project.ts';
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

const rowOfContainer = (container: ContainerState): string[] => [
  container.service,
  styleText(container.state === 'running' ? 'green' : 'red', container.state),
  isReady(container) ? styleText('green', 'ready') : styleText('yellow', container.health || 'not ready'),
  container.status,
];

await runCommandLine({
  name: 'status',
  help,
  options: { json: 'flag' },
  run: async ({ flags }) => {
    const home = homeFromEnvironment();
    const state = await askSupervisor(home.folder, { command: 'status' });
    const project = openProject(home);
    const containers = (await project?.states()) ?? [];
    const running = state !== undefined || containers.length > 0;
    const ready =
      running &&
      (state?.processes ?? []).every(({ health }) => health === 'ready') &&
      containers.every(isReady);
    if (flags.has('json')) {
      console.log(
        JSON.stringify({ running, ready, home: home.folder, ...state, ...(project && { containers }) }),
      );
      return ready ? 0 : 1;
    }
    if (!running) console.log('  The platform does not run; ./tools/up starts it.');
    if (containers.length > 0) {
      console.log(renderTable(['CONTAINER', 'STATE', 'HEALTH', 'STATUS'], containers.map(rowOfContainer)));
      console.log(`\n${project!.logsText}${state ? '\n' : ''}`);
    }
    if (state) {
      const head = ['NAME', 'PID', 'STATE', 'UP', 'RESTARTS', 'PORT', 'VERSION', 'HEALTH', 'LOG'];
      if (state.processes.length > 0) console.log(renderTable(head, state.processes.map(rowOf)));
      console.log(`\nsupervisor: process ${state.pid}, home ${home.folder}`);
    }
    return ready ? 0 : 1;
  },
});
