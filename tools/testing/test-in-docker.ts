import { join } from 'node:path';
import type { Way } from '../platform/docker/choose-way.ts';
import { checkoutFolder } from '../platform/home.ts';
import { runLogged } from '../terminal/run-logged.ts';
import { skipped, step } from '../terminal/steps.ts';
import { runShown } from './run-shown.ts';
import { testHome } from './test-platform.ts';

type Docker = Extract<Way, { kind: 'docker' }>;

const logs = join(checkoutFolder, '.slipway', 'test-logs');

/**
 * Runs `./tools/test` with these words in a container that has Debian, Node and this checkout as it is now; returns its exit
 * code. What it downloads is kept for the next run, its platform is not.
 */
export const testInDocker = async (
  words: readonly string[],
  { compose, because }: Docker,
): Promise<number> => {
  skipped('On this machine', `in Docker (${because})`);
  const [command, ...rest] = [...compose, ...projectWords()];
  const log = join(logs, 'docker.log');
  await step('Image', () =>
    runLogged(command!, [...rest, 'build', 'tests'], { log, environment: variables() }),
  );
  try {
    const { ok } = await runShown(command!, [...rest, 'run', '--rm', '--no-TTY', 'tests', ...words], {
      folder: checkoutFolder,
      environment: variables(),
    });
    return ok ? 0 : 1;
  } finally {
    await endTestInDocker({ compose });
  }
};

/** Ends the container, if it still runs, and its network. */
export const endTestInDocker = async ({ compose }: Pick<Docker, 'compose'>): Promise<void> => {
  const [command, ...rest] = [...compose, ...projectWords()];
  await runLogged(command!, [...rest, 'down', '--remove-orphans'], {
    log: join(logs, 'docker.log'),
    environment: variables(),
  });
};

const projectWords = (): readonly string[] => [
  '--project-name',
  `slipway-tests-${testHome().instance}`,
  '--file',
  join(checkoutFolder, 'infra/tests/docker-compose.yml'),
];

/** Each checkout has a folder of its own name in there: by it a platform knows what it made in the host's kernel. */
const variables = (): Readonly<Record<string, string>> => ({
  SLIPWAY_TESTS_FOLDER: `/slipway-${testHome().instance}`,
});
