/** A POSIX shell file that exports `variables` and puts `pathFolder` at the front of PATH once. */
export const renderEnvironmentFile = (
  variables: Readonly<Record<string, string>>,
  pathFolder: string,
): string =>
  [
    ...Object.entries(variables).map(([name, value]) => `export ${name}=${shellQuoted(value)}`),
    `case ":$PATH:" in *:${shellQuoted(pathFolder)}:*) ;; *) export PATH=${shellQuoted(pathFolder)}:"$PATH" ;; esac`,
    '',
  ].join('\n');

/** One shell word, whatever the text holds. */
export const shellQuoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
