import { styleText } from 'node:util';
import type { Finding } from '../machine/finding.ts';
import { isAble } from '../machine/is-able.ts';
import { lookAtGpus } from '../machine/look-at-gpus.ts';
import { lookAtKernel } from '../machine/look-at-kernel.ts';
import { lookAtNames } from '../machine/look-at-names.ts';
import { lookAtPorts } from '../machine/look-at-ports.ts';
import { lookAtResources } from '../machine/look-at-resources.ts';
import { lookAtRuntimes } from '../machine/look-at-runtimes.ts';
import { lookAtUser } from '../machine/look-at-user.ts';
import { homeFromEnvironment } from '../platform/home.ts';
import { applySettingsFile } from '../platform/settings-file.ts';
import { runCommandLine } from '../terminal/run-command-line.ts';
import { renderTable } from '../terminal/table.ts';

const help = `
Usage: ./tools/doctor [--json]

Says what this machine can do for this user: root or not, kernel features, isolation that works, GPUs, memory, disk, ports
and names; which fall-back is used where something is not there, and why it matters. Exits with 1 when containers cannot
run here.

  --json   one JSON object
  --help   this text
`;

const marks: Readonly<Record<Finding['verdict'], string>> = {
  good: styleText('green', '✓'),
  fallback: styleText('yellow', '–'),
  missing: styleText('red', '✗'),
};

await runCommandLine({
  name: 'doctor',
  help,
  options: { json: 'flag' },
  run: async ({ flags }) => {
    const home = homeFromEnvironment();
    applySettingsFile(home);
    const findings = [
      await lookAtUser(),
      ...(await lookAtKernel()),
      ...(await lookAtRuntimes()),
      ...(await lookAtGpus()),
      ...lookAtResources(home),
      await lookAtPorts(home),
      await lookAtNames(),
    ];
    const able = isAble(findings);
    if (flags.has('json')) console.log(JSON.stringify({ able, findings }));
    else {
      const rows = findings.map(({ verdict, name, found, meaning }) => [
        marks[verdict],
        name,
        found,
        styleText('dim', meaning),
      ]);
      console.log(renderTable([' ', 'WHAT', 'FOUND', 'WHY IT MATTERS'], rows));
    }
    return able ? 0 : 1;
  },
});
