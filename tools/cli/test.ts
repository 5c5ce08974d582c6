import { checkEverything } from '../testing/check-everything.ts';
import { runCommandLine } from '../terminal/run-command-line.ts';

const help = `
Usage: ./tools/test [filter] [options]

Installs as ./tools/up does, builds, lints, runs the specs, then the end-to-end tests on a fresh platform of their
own in .slipway-test, which is taken down and removed afterwards. The last line sums all tests up.

  filter       a path or a part of a test's name: only the tests that match it run
  --no-lint    leave the lint out
  --no-e2e     leave the end-to-end tests out, and the platform with them
  --keep       leave the platform of the tests running
  --help       this text
`;

await runCommandLine({
  name: 'test',
  help,
  options: { 'no-lint': 'flag', 'no-e2e': 'flag', keep: 'flag' },
  mostRest: 1,
  onInterrupt: async () => (await import('../testing/test-platform.ts')).takeDownTestPlatform(),
  run: ({ flags, rest }) =>
    checkEverything({
      filter: rest[0],
      lint: !flags.has('no-lint'),
      endToEnd: !flags.has('no-e2e'),
      keep: flags.has('keep'),
    }),
});
