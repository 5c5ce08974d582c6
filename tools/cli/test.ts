import { checkEverything } from '../testing/check-everything.ts';
import type { Way } from '../platform/docker/choose-way.ts';
import { findWay } from '../platform/docker/find-way.ts';
import { UsageError } from '../terminal/parse-arguments.ts';
import { runCommandLine } from '../terminal/run-command-line.ts';
import { endTestInDocker, testInDocker } from '../testing/test-in-docker.ts';
import { takeDownTestPlatform, testHome } from '../testing/test-platform.ts';

const help = `
Usage: ./tools/test [filter] [options]

Installs as ./tools/up does, builds, lints, runs the specs, then the end-to-end tests on a fresh platform of their
own in .slipway-test, which is taken down and removed afterwards. The last line sums all tests up. Where this machine
cannot run processes of the platform (no Debian to install what is missing, or not root), all of that happens in one
container of a Docker engine.

  filter       a path or a part of a test's name: only the tests that match it run
  --no-lint    leave the lint out
  --no-e2e     leave the end-to-end tests out, and the platform with them
  --keep       leave the platform of the tests running
  --docker     in a container, wherever that is not done by itself
  --help       this text
`;

let way: Way = { kind: 'here' };

await runCommandLine({
  name: 'test',
  help,
  options: { 'no-lint': 'flag', 'no-e2e': 'flag', keep: 'flag', docker: 'flag' },
  mostRest: 1,
  onInterrupt: () => (way.kind === 'docker' ? endTestInDocker(way) : takeDownTestPlatform()),
  run: async ({ flags, rest }) => {
    const endToEnd = !flags.has('no-e2e');
    way = await findWay(testHome(), flags.has('docker'), {
      infrastructureOnly: false,
      workers: endToEnd ? 1 : 0,
    });
    if (way.kind === 'docker') {
      if (flags.has('keep'))
        throw new UsageError('--keep is given; a platform in the container ends with it');
      return testInDocker(
        process.argv.slice(2).filter((word) => word !== '--docker'),
        way,
      );
    }
    return checkEverything({
      filter: rest[0],
      lint: !flags.has('no-lint'),
      endToEnd,
      keep: flags.has('keep'),
    });
  },
});
