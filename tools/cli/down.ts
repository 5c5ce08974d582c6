import { existsSync } from 'node:fs';
import { clearLeftovers } from '../platform/clear-leftovers.ts';
import { join } from 'node:path';
import { openProject } from '../platform/docker/open-project.ts';
import { homeFromEnvironment } from '../platform/home.ts';
import { lockHome } from '../platform/lock-home.ts';
import { stopPlatform } from '../platform/stop-platform.ts';
import { wipeHome } from '../platform/wipe-home.ts';
import { runCommandLine } from '../terminal/run-command-line.ts';
import { step } from '../terminal/steps.ts';

const help = `
Usage: ./tools/down [--wipe]

Stops the platform and clears away what its containers left.

  --wipe   remove its data, logs, secrets and ports too; what was installed stays, and settings.env,
           and whatever else is there that no platform made
  --help   this text

SLIPWAY_HOME names another platform than that of .slipway.
`;

await runCommandLine({
  name: 'down',
  help,
  options: { wipe: 'flag' },
  run: async ({ flags }) => {
    const home = homeFromEnvironment();
    if (!existsSync(home.folder)) {
      console.log(`  nothing runs: there is no ${home.folder}`);
      return 0;
    }
    const release = lockHome(home);
    await step('Processes', async (say) => {
      const stopped = await stopPlatform(home);
      say(stopped.length > 0 ? `stopped ${stopped.join(', ')}` : 'none ran');
    });
    const project = openProject(home);
    if (project)
      await step('Containers', async (say) => {
        const names = (await project.states()).map(({ service }) => service);
        await project.remove({ data: flags.has('wipe'), log: join(home.logs, 'docker.log') });
        say(`removed ${names.join(', ') || 'none'}`);
      });
    await step('Leftovers', async (say) => say((await clearLeftovers(home)).join(', ') || 'none'));
    if (flags.has('wipe'))
      await step('Data', async (say) => {
        const { removed, left } = wipeHome(home);
        const leaving = left.length > 0 ? `; left, for it is not the platform’s: ${left.join(', ')}` : '';
        say(`removed ${removed.join(', ') || 'nothing'}${leaving}`);
      });
    release();
    return 0;
  },
});
