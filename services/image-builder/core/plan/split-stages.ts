import { refuse, type Refusal } from '@slipway/kernel';
import type { Instruction } from '../dockerfile/instruction.js';
import { readPairs } from '../dockerfile/read-pairs.js';
import { substitute } from '../dockerfile/substitute.js';

export type Stage = Readonly<{
  index: number;
  name?: string;
  /** What FROM names, with variables put in. */
  base: string;
  /** What its `--platform` names, with variables put in. */
  platform?: string;
  from: Instruction;
  instructions: readonly Instruction[];
}>;

export type Stages = Readonly<{ stages: readonly Stage[]; globalArgs: Readonly<Record<string, string>> }>;

/**
 * The stages of a Dockerfile. ARGs before the first FROM count for the FROMs, and for stages that name them again;
 * so do predefined ones, which FROMs know without an ARG.
 */
export const splitStages = (
  instructions: readonly Instruction[],
  buildArgs: Readonly<Record<string, string>>,
  predefined: Readonly<Record<string, string>>,
): Stages | Refusal => {
  const globalArgs: Record<string, string> = {};
  for (const [name, value] of Object.entries(predefined)) globalArgs[name] = buildArgs[name] ?? value;
  const stages: (Stage & { instructions: Instruction[] })[] = [];
  for (const instruction of instructions) {
    const stage = stages.at(-1);
    if (instruction.keyword === 'FROM') {
      const words = substitute(instruction.arguments, globalArgs).split(/\s+/);
      const [base = '', as, name] = words;
      if (base === '' || (words.length !== 1 && !(words.length === 3 && as?.toLowerCase() === 'as')))
        return refuse(
          'invalid',
          'bad-from',
          `line ${instruction.line}: '${instruction.text}' is not FROM image [AS name]`,
        );
      const platform = instruction.flags.find((flag) => flag.name === 'platform')?.value;
      stages.push({
        index: stages.length,
        base,
        ...(platform === undefined ? {} : { platform: substitute(platform, globalArgs) }),
        from: instruction,
        instructions: [],
        ...(name === undefined ? {} : { name: name.toLowerCase() }),
      });
    } else if (stage) stage.instructions.push(instruction);
    else if (instruction.keyword === 'ARG') {
      const declared = declaredArgs(instruction, globalArgs, buildArgs);
      if ('refused' in declared) return declared as Refusal;
      Object.assign(globalArgs, declared);
    } else
      return refuse(
        'invalid',
        'before-from',
        `line ${instruction.line}: ${instruction.keyword} comes before the first FROM`,
      );
  }
  return { stages, globalArgs };
};

/** The values that an ARG instruction brings: the build's own first, then what stands before, then its default. */
export const declaredArgs = (
  instruction: Instruction,
  known: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>>,
  inherited: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> | Refusal => {
  const declared: Record<string, string> = {};
  const words = instruction.arguments.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  for (const word of words) {
    const name = word.split('=')[0] ?? '';
    const pairs = word.includes('=') ? readPairs(word, (text) => substitute(text, known)) : [];
    if ('refused' in pairs) return pairs as Refusal;
    const value = given[name] ?? pairs[0]?.[1] ?? inherited[name];
    if (value !== undefined) declared[name] = value;
  }
  return declared;
};
