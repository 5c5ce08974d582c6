import { refuse, type Refusal } from '@slipway/kernel';
import { DockerfileParser } from 'dockerfile-ast';
import type { Heredoc, Instruction } from './instruction.js';

const KNOWN = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);
const TAKES_HEREDOCS = new Set(['RUN', 'COPY', 'ADD']);
const HEREDOC = /<<(-?)(["']?)([A-Za-z_][A-Za-z0-9_.]*)\2/g;

/** The instructions of a Dockerfile in their order, or what is wrong with it and where. */
export const parseDockerfile = (lines: readonly string[]): readonly Instruction[] | Refusal => {
  const source = lines.join('\n');
  const sourceLines = source.split('\n');
  const escape = DockerfileParser.parse(source).getEscapeCharacter();
  const instructions: Instruction[] = [];
  // A heredoc's body may hold lines that look like instructions, so it is taken out before the parser reads on.
  for (let at = 0; at < sourceLines.length;) {
    const statement = readStatement(sourceLines, at, escape);
    if (statement.joined.trim() !== '') {
      const parsed = parseStatement(statement, at + 1);
      if ('refused' in parsed) return parsed;
      instructions.push(parsed);
    }
    at = statement.next;
  }
  return instructions.some(({ keyword }) => keyword === 'FROM')
    ? instructions
    : refuse('invalid', 'no-from', 'the Dockerfile has no FROM');
};

type Statement = Readonly<{ joined: string; heredocs: readonly Heredoc[]; raw: string; next: number }>;

const isComment = (line: string): boolean => /^\s*#/.test(line);

const readStatement = (lines: readonly string[], from: number, escape: string): Statement => {
  let joined = '';
  let next = from;
  for (; next < lines.length; next += 1) {
    const line = lines[next] ?? '';
    if (isComment(line) || (joined !== '' && line.trim() === '')) {
      if (joined === '') return { joined: '', heredocs: [], raw: line, next: next + 1 };
      continue;
    }
    const ends = line.trimEnd();
    if (!ends.endsWith(escape)) {
      joined += line;
      next += 1;
      break;
    }
    joined += ends.slice(0, -1);
  }
  const keyword = /^\s*([A-Za-z]+)/.exec(joined)?.[1]?.toUpperCase() ?? '';
  const heredocs: Heredoc[] = [];
  if (TAKES_HEREDOCS.has(keyword))
    for (const [, dash, quote, name = ''] of joined.matchAll(HEREDOC)) {
      const body: string[] = [];
      const unindented = (line: string): string => (dash === '-' ? line.replace(/^\t+/, '') : line);
      while (next < lines.length && unindented(lines[next] ?? '') !== name) {
        body.push(unindented(lines[next] ?? ''));
        next += 1;
      }
      next += 1;
      heredocs.push({ name, body: body.map((line) => `${line}\n`).join(''), expands: quote === '' });
    }
  return { joined, heredocs, raw: lines.slice(from, next).join('\n'), next };
};

const parseStatement = ({ joined, heredocs, raw }: Statement, line: number): Instruction | Refusal => {
  // The parser tells keyword and arguments apart; what it has no notion of is read from its arguments.
  const [instruction] = DockerfileParser.parse(joined).getInstructions();
  const keyword = instruction?.getKeyword() ?? '';
  if (!instruction || !KNOWN.has(keyword))
    return refuse(
      'invalid',
      'unknown-instruction',
      `line ${line}: '${raw.split('\n')[0]}' is no instruction`,
    );
  let rest = joined.trim().slice(keyword.length).trim();
  const flags: { name: string; value: string }[] = [];
  for (;;) {
    const flag = /^--([a-z-]+)(?:=("[^"]*"|\S*))?(?:\s+|$)/.exec(rest);
    if (!flag || !['RUN', 'COPY', 'ADD', 'FROM', 'HEALTHCHECK'].includes(keyword)) break;
    flags.push({ name: flag[1] ?? '', value: (flag[2] ?? '').replace(/^"|"$/g, '') });
    rest = rest.slice(flag[0].length);
  }
  const json = parseJsonForm(rest);
  return { keyword, flags, arguments: rest, heredocs, text: raw.trim(), line, ...(json ? { json } : {}) };
};

const parseJsonForm = (text: string): readonly string[] | undefined => {
  if (!text.startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
};
