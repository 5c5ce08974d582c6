import { styleText } from 'node:util';
import { CommandFailed, endRunningCommands } from './run-logged.ts';
import { interruptionText, type Interruptible } from './interruption-text.ts';
import { clearStep } from './steps.ts';
import { parseArguments, UsageError, type FlagKinds, type ParsedArguments } from './parse-arguments.ts';

export type CommandLine = Interruptible &
  Readonly<{
    help: string;
    options: FlagKinds;
    mostRest?: number;
    run: (parsed: ParsedArguments) => Promise<number>;
  }>;

const interruptedCode = 130;

/** Runs one command of ./tools: help, mistakes of the caller (exit code 2), failures (1) and Ctrl-C (130). */
export const runCommandLine = async (command: CommandLine): Promise<void> => {
  const words = process.argv.slice(2);
  if (words.includes('--help') || words.includes('-h')) {
    console.log(command.help.trim());
    return;
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void interrupted(command));
  try {
    process.exitCode = await command.run(parseArguments(words, command.options, command.mostRest));
  } catch (error) {
    process.exitCode = explain(command.name, error);
  }
};

const interrupted = async (command: CommandLine): Promise<void> => {
  endRunningCommands();
  clearStep();
  process.stderr.write(`\n  ${interruptionText(command)}\n`);
  try {
    await command.onInterrupt?.();
  } catch (error) {
    explain(command.name, error);
  }
  process.exit(interruptedCode);
};

const explain = (name: string, error: unknown): number => {
  if (error instanceof UsageError) {
    console.error(`${name}: ${error.message}; ./tools/${name} --help lists the options`);
    return 2;
  }
  const message = error instanceof Error ? error.message : String(error);
  console.error(`\n${styleText('red', `${name}: ${message}`, { stream: process.stderr })}`);
  if (error instanceof CommandFailed) console.error(`${error.lastLines}\n\nThe whole log: ${error.log}`);
  return 1;
};
