/** A variable that a unit's `EnvironmentFile=` cannot hold, or that systemd would leave out. Its value, often a secret, is not told. */
export class VariableError extends Error {
  constructor(name: string, wrong: string, right: string) {
    super(`${name} ${wrong}; it must ${right}`);
    this.name = 'VariableError';
  }
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Beside tabs and newlines: some versions of systemd leave a variable with a control character out, or refuse the whole file. */
const UNTOLD = /[^\P{Cc}\t\n]|\p{Cs}|\p{Noncharacter_Code_Point}|\uFEFF/u;

/**
 * The line of a file that `EnvironmentFile=` reads (systemd.exec(5)): within double quotes newlines stand for themselves, and a
 * backslash keeps what a shell would take for its own. `%` means nothing there. Throws VariableError; `calledHere` is what the
 * operator calls the variable.
 */
export const environmentLine = (name: string, value: string, calledHere: string = name): string => {
  if (!NAME.test(name))
    throw new VariableError(
      calledHere,
      `names the variable ${JSON.stringify(name)}`,
      'name one of letters, digits and underscores that does not begin with a digit',
    );
  const found = UNTOLD.exec(value);
  if (found !== null)
    throw new VariableError(
      calledHere,
      `has the character ${codeOf(found[0])} at position ${found.index + 1}`,
      'be text without control characters other than tabs and newlines',
    );
  return `${name}="${value.replaceAll(/["\\`$]/g, '\\$&')}"`;
};

const codeOf = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
