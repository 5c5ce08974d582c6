import { writeFile } from 'node:fs/promises';

/** What a runtime is to run, for the eyes of root alone: the environment may hold secrets. */
export const writeForRuntime = (file: string, content: object): Promise<void> =>
  writeFile(file, JSON.stringify(content), { mode: 0o600 });
