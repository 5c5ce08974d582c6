import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FunctionGetResponse } from '@slipway/protocol';
import { begunThings } from '../begun-things.ts';
import type { ClientEnvironment } from '../client/client-environment.ts';
import type { CapturedContainer } from '../container/captured-container.ts';
import { OwnContainer, type Runtime } from '../container/own-container.ts';
import { firstLine, startNodeProgram } from '../grpc/start-node-program.ts';

export type NullSetting = Readonly<{
  environment: ClientEnvironment;
  functionGet: FunctionGetResponse;
  captured: CapturedContainer;
  runtime: Runtime;
  containers: number;
  /** A folder for roots of containers, on a file system that an overlay may lie over. */
  scratch: string;
}>;

export type RunningNullServer = Readonly<{ environment: ClientEnvironment; end: () => Promise<void> }>;

/** Starts the null server with containers like the captured one; `environment` leads a client to it. */
export const startNullServer = async (setting: NullSetting): Promise<RunningNullServer> => {
  const { environment, functionGet, captured, runtime, containers, scratch } = setting;
  // Short, for a socket's path holds 107 bytes.
  const control = mkdtempSync('/run/slipway-bench-');
  writeFileSync(join(control, 'function-get'), FunctionGetResponse.encode(functionGet).finish());
  writeFileSync(join(control, 'container-arguments'), captured.containerArguments);
  const server = startNodeProgram(join(import.meta.dirname, 'null-server.ts'), [control]);
  const made: OwnContainer[] = [];
  const end = begunThings.note(async () => {
    await Promise.all(made.map((container) => container.remove()));
    await server.end();
    rmSync(control, { recursive: true, force: true });
  });
  try {
    const port = await firstLine(server);
    for (let number = 1; number <= containers; number += 1) {
      const folder = join(scratch, `null-${number}`);
      mkdirSync(folder, { recursive: true });
      const container = new OwnContainer(captured, { runtime, folder, controlFolder: control });
      made.push(container);
      await container.prepare();
      container.start();
    }
    return { environment: { ...environment, MODAL_SERVER_URL: `http://127.0.0.1:${port}` }, end };
  } catch (error) {
    await end();
    throw error;
  }
};
