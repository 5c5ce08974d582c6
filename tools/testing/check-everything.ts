import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installPythonClient, testedClientVersions, testRequirements } from '../install/python-client.ts';
import { checkoutFolder, homeAt, type Home } from '../platform/home.ts';
import { readJson } from '../platform/json-file.ts';
import { runLogged } from '../terminal/run-logged.ts';
import { skipped, step } from '../terminal/steps.ts';
import { addCounts, countsIn, countsOfJest, type Counts } from './counts.ts';
import { runShown } from './run-shown.ts';
import { startTestPlatform, takeDownTestPlatform } from './test-platform.ts';

export type Checks = Readonly<{
  filter: string | undefined;
  lint: boolean;
  endToEnd: boolean;
  keep: boolean;
}>;

// Of a developer's session; the tests must not meet any of it.
const foreign = [
  'DATABASE_URL',
  'NATS_URL',
  'REDIS_URL',
  'MODAL_SERVER_URL',
  'MODAL_TOKEN_ID',
  'MODAL_TOKEN_SECRET',
];

/** Everything that `./tools/test` does, in order; returns the exit code. */
export const checkEverything = async ({ filter, lint, endToEnd, keep }: Checks): Promise<number> => {
  for (const name of foreign) delete process.env[name];
  const home = homeAt('.slipway-test', checkoutFolder);
  const logs = join(checkoutFolder, '.slipway', 'test-logs');
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  await step('Build', () => npmRun('build', logs));
  await step('Tools', () =>
    runLogged(process.execPath, [typescript, '-p', 'tools'], {
      log: join(logs, 'tools.log'),
      folder: checkoutFolder,
    }),
  );
  await step('Types of specs', () =>
    runLogged(process.execPath, [typescript, '-p', 'tsconfig.specs.json'], {
      log: join(logs, 'specs-types.log'),
      folder: checkoutFolder,
    }),
  );
  if (lint) await step('Lint', () => npmRun('lint', logs));
  const counts: Counts[] = [];
  const endToEndOnly = filter?.startsWith(suiteFolder) ?? false;
  if (!endToEndOnly) counts.push(await runSpecs(filter, logs));
  // A path elsewhere names specs; a plain word may be in the name of either.
  const namesSpecs = filter !== undefined && filter.includes('/') && !endToEndOnly;
  if (endToEnd && !namesSpecs) counts.push(...(await runOnPlatform({ filter, keep, home, logs })));
  else skipped('End to end', namesSpecs ? `${filter} names specs` : '--no-e2e');
  const { passed, failed } = addCounts(counts);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
};

const typescript = 'node_modules/typescript7/bin/tsc';

const npmRun = (script: string, logs: string): Promise<void> =>
  runLogged('npm', ['run', script], { log: join(logs, `${script}.log`), folder: checkoutFolder });

const runSpecs = async (filter: string | undefined, logs: string): Promise<Counts> => {
  const report = join(logs, 'specs.json');
  rmSync(report, { force: true });
  const words = [
    'test',
    '--',
    '--json',
    `--outputFile=${report}`,
    '--passWithNoTests',
    '--silent',
    ...(filter ? [filter] : []),
  ];
  await runShown('npm', ['run', '--silent', ...words], { folder: checkoutFolder, quiet: true });
  const counts = readJson<Parameters<typeof countsOfJest>[0]>(report);
  return counts ? countsOfJest(counts) : { passed: 0, failed: 1 };
};

type Run = Readonly<{ filter: string | undefined; keep: boolean; home: Home; logs: string }>;

const suiteFolder = 'tests/e2e';

const runOnPlatform = async ({ filter, keep, home, logs }: Run): Promise<Counts[]> => {
  try {
    await startTestPlatform();
    await step('Test clients', async (say) => {
      for (const clientVersion of testedClientVersions) {
        const venv = {
          folder: join(home.testVenvs, clientVersion),
          clientVersion,
          requirements: testRequirements(clientVersion),
        };
        await installPythonClient(venv, join(logs, 'install.log'));
      }
      say(`modal ${testedClientVersions.join(', ')}`);
    });
    return [await runSuite(join(suiteFolder, 'run'), filter, home)];
  } finally {
    if (!keep) await takeDownTestPlatform();
  }
};

const runSuite = async (suite: string, filter: string | undefined, home: Home): Promise<Counts> => {
  const words = [
    '-c',
    '. "$1" && shift && exec "$@"',
    'sh',
    home.environmentFile,
    join(checkoutFolder, suite),
  ];
  const { ok, output } = await runShown('sh', [...words, ...(filter ? [filter] : [])], {
    folder: checkoutFolder,
    environment: { SLIPWAY_HOME: home.folder, SLIPWAY_CLIENT_VENVS: home.testVenvs },
  });
  const counts = countsIn(output);
  return ok || counts.failed > 0 ? counts : { ...counts, failed: 1 };
};
