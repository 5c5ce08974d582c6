import { isRefusal } from '@slipway/kernel';
import { parseDockerfile } from './parse-dockerfile.js';

const parsed = (...lines: string[]) => {
  const result = parseDockerfile(lines);
  if (isRefusal(result)) throw new Error(result.message);
  return result;
};

describe('parsing a Dockerfile', () => {
  test('continued lines are one instruction, and comments between them are gone', () => {
    const [, run] = parsed('FROM a', 'RUN apt-get update \\', '  # why', '  && echo "${X:-y}"');
    expect(run?.keyword).toBe('RUN');
    expect(run?.arguments.replace(/\s+/g, ' ')).toBe('apt-get update && echo "${X:-y}"');
  });

  test('the exec form keeps spaces inside of its strings', () => {
    expect(parsed('FROM a', 'RUN ["echo", "a b"]')[1]?.json).toEqual(['echo', 'a b']);
  });

  test('a shell command that begins with a bracket is no exec form', () => {
    expect(parsed('FROM a', 'RUN [ -f /x ] && echo yes')[1]?.json).toBeUndefined();
  });

  test('flags are read before the arguments', () => {
    const [, copy] = parsed('FROM a', 'COPY --from=b --chown=1:2 /x /y');
    expect(copy?.flags).toEqual([
      { name: 'from', value: 'b' },
      { name: 'chown', value: '1:2' },
    ]);
    expect(copy?.arguments).toBe('/x /y');
  });

  test('the body of a heredoc belongs to its instruction, whatever its lines look like', () => {
    const [, run, env] = parsed('FROM a', 'RUN <<EOF', 'FROM here', '# kept', 'EOF', 'ENV A=1');
    expect(run?.heredocs).toEqual([{ name: 'EOF', body: 'FROM here\n# kept\n', expands: true }]);
    expect(env?.keyword).toBe('ENV');
  });

  test('a quoted heredoc does not expand, and <<- drops leading tabs', () => {
    const [, run] = parsed('FROM a', "RUN <<-'END'", '\techo $X', '\tEND');
    expect(run?.heredocs).toEqual([{ name: 'END', body: 'echo $X\n', expands: false }]);
  });

  test('what is no instruction is named with its line', () => {
    expect(parseDockerfile(['FROM a', 'RNU x'])).toMatchObject({
      code: 'unknown-instruction',
      message: "line 2: 'RNU x' is no instruction",
    });
  });

  test('a Dockerfile without FROM is refused', () => {
    expect(parseDockerfile(['RUN x'])).toMatchObject({ code: 'no-from' });
  });
});
