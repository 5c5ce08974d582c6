export type Variables = Readonly<Record<string, string>>;

const REFERENCE =
  /\\(\$)|\$(?:\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-+])((?:[^{}]|\{[^{}]*\})*))?\}|([A-Za-z_][A-Za-z0-9_]*))/g;

/** Puts variables in: `$X`, `${X}`, `${X:-y}`, `${X-y}`, `${X:+y}`, `${X+y}`; `\$` stays a dollar. An unknown one is empty. */
export const substitute = (text: string, variables: Variables): string =>
  text.replace(REFERENCE, (_whole, escaped, braced, operator, word, plain) => {
    if (escaped) return '$';
    const value = variables[(braced ?? plain) as string];
    const isSet = operator?.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
    if (operator?.endsWith('-')) return isSet ? (value ?? '') : substitute(String(word), variables);
    if (operator?.endsWith('+')) return isSet ? substitute(String(word), variables) : '';
    return value ?? '';
  });
