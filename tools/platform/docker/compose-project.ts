import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runLogged } from '../../terminal/run-logged.ts';
import { runQuietly } from '../../terminal/run-quietly.ts';
import type { Home } from '../home.ts';
import { readJson, writeJson } from '../json-file.ts';
import { readContainerStates, type ContainerState } from './container-states.ts';

/** What of docker-compose.yml runs for a home, and by which command. */
export type DockerMark = Readonly<{ parts: 'servers' | 'all'; compose: readonly string[] }>;

const markOf = (home: Home): string => join(home.folder, 'docker.json');
const listMs = 30_000;

/** Undefined where nothing of this home was started in Docker. */
export const readDockerMark = (home: Home): DockerMark | undefined =>
  existsSync(markOf(home)) ? readJson<DockerMark>(markOf(home)) : undefined;

/** The containers of one home: its own project of Docker Compose. */
export class ComposeProject {
  readonly #home: Home;
  readonly #mark: DockerMark;
  readonly #environment: Readonly<Record<string, string>>;

  /** `environment` is what docker-compose.yml reads. */
  constructor(home: Home, mark: DockerMark, environment: Readonly<Record<string, string>>) {
    this.#home = home;
    this.#mark = mark;
    this.#environment = environment;
  }

  get name(): string {
    return `slipway-${this.#home.instance}`;
  }

  /** How a person reads what the containers print. */
  get logsText(): string {
    return `${this.#mark.compose.join(' ')} --project-name ${this.name} logs shows what they print`;
  }

  /** Runs `docker compose` with these words; its output goes to the log. */
  async run(words: readonly string[], log: string): Promise<void> {
    const [command, ...rest] = this.#words(words);
    writeJson(markOf(this.#home), this.#mark);
    await runLogged(command!, rest, { log, environment: this.#environment });
  }

  async states(): Promise<readonly ContainerState[]> {
    const listed = await this.#ask(['ps', '--all', '--format', 'json']);
    if (!listed.ok) throw new Error(`Docker does not say what runs: ${listed.output}`);
    return readContainerStates(listed.printed);
  }

  async lastLines(service: string): Promise<string> {
    return (await this.#ask(['logs', '--no-color', '--tail', '30', service])).output;
  }

  /** Ends all containers, and removes their data where it is to go. */
  async remove({ data, log }: Readonly<{ data: boolean; log: string }>): Promise<void> {
    await this.run(['down', '--remove-orphans', ...(data ? ['--volumes'] : [])], log);
    rmSync(markOf(this.#home), { force: true });
  }

  #ask(words: readonly string[]): ReturnType<typeof runQuietly> {
    const [command, ...rest] = this.#words(words);
    return runQuietly(command!, rest, { timeoutMs: listMs, environment: this.#environment });
  }

  #words(words: readonly string[]): readonly string[] {
    const file = join(this.#home.checkout, 'docker-compose.yml');
    return [...this.#mark.compose, '--project-name', this.name, '--file', file, ...words];
  }
}
