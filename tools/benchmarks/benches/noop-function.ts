import type { FunctionGetResponse } from '@slipway/protocol';
import type { BenchSetting } from '../bench-setting.ts';
import { whileDeployed } from '../client/deploy.ts';
import { captureContainers, type CapturedContainer } from '../container/captured-container.ts';
import { findFunction } from '../grpc/bare-caller.ts';

export type DeployedFunction = Readonly<{
  functionId: string;
  functionGet: FunctionGetResponse;
  /** '' for a function without a web endpoint. */
  webUrl: string;
  containers: readonly CapturedContainer[];
}>;

const apps = {
  noop: { file: 'noop_app.py', name: 'slipway-bench-noop' },
  web: { file: 'web_app.py', name: 'slipway-bench-web' },
  parked: { file: 'parked_app.py', name: 'slipway-bench-parked' },
} as const;

/** Deploys one of our apps with so many containers, does `work` while they run, and stops it. */
export const withFunction = async <T>(
  { home, environment, recorder }: BenchSetting,
  { app, containers }: Readonly<{ app: keyof typeof apps; containers: number }>,
  work: (deployed: DeployedFunction) => Promise<T>,
): Promise<T> => {
  const { file, name } = apps[app];
  recorder.note(`${name}: ${containers} container${containers === 1 ? '' : 's'}`);
  return whileDeployed(environment, { file, name, containers }, async () => {
    const functionGet = await findFunction(environment, name, 'noop');
    const { functionId } = functionGet;
    return work({
      functionId,
      functionGet,
      webUrl: functionGet.handleMetadata?.webUrl ?? '',
      containers: await captureContainers(home, functionId, containers),
    });
  });
};
