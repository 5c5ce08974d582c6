/** What a web endpoint's label is made of. */
export type WebName = Readonly<{
  workspaceName: string;
  /** The environment's web suffix; '' for none. */
  environment: string;
  appName: string;
  /** The function, or `Class.method`. */
  functionName: string;
  /** What the user asks for in place of the app's and the function's names; '' for nothing. */
  requestedLabel: string;
  /** Set for apps that live as long as their client. */
  suffix?: string;
}>;

export type WebLabel = Readonly<{ label: string; truncated: boolean }>;

/** What DNS takes as one label. */
const LONGEST_LABEL = 63;

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');

/** `<workspace>[-<web suffix>]--<app>-<function>[-dev]`, cut with a mark of its own where that is longer than DNS takes. */
export const webLabel = (name: WebName): WebLabel => {
  const place = [slug(name.workspaceName), slug(name.environment)].filter(Boolean).join('-');
  const what =
    slug(name.requestedLabel) || [slug(name.appName), slug(name.functionName)].filter(Boolean).join('-');
  const suffix = name.suffix === undefined ? '' : `-${slug(name.suffix) || 'dev'}`;
  const whole = `${place}--${what}${suffix}`;
  if (whole.length <= LONGEST_LABEL) return { label: whole, truncated: false };
  return { label: markedLabel(`${place}--${what}`, JSON.stringify(name), suffix), truncated: true };
};

/** A label with six digits that follow from `distinction`, and the suffix kept whole where it can be. */
export const markedLabel = (label: string, distinction: string, suffix = ''): string => {
  const mark = `-${shortHash(distinction)}${suffix.slice(0, 20)}`;
  return `${label.slice(0, LONGEST_LABEL - mark.length).replace(/-+$/, '')}${mark}`;
};

/** FNV-1a, six hexadecimal digits. */
const shortHash = (text: string): string => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0').slice(0, 6);
};
