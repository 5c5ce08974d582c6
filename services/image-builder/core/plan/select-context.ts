import type { MountFile } from '@slipway/contracts';
import { refuse, type Refusal } from '@slipway/kernel';

export type SelectedContext = Readonly<{ files: readonly MountFile[]; sources: readonly string[] }>;

/** The files of a build's context that the sources of a COPY mean, and the sources without wildcards. */
export const selectContext = (
  context: readonly MountFile[],
  sources: readonly string[],
): SelectedContext | Refusal => {
  const files = new Map<string, MountFile>();
  const literal = new Set<string>();
  for (const source of sources) {
    const path = source === '/' ? '' : source.replace(/\/+$/, '');
    const pattern = new RegExp(`^${wildcards(path)}(?=/|$)`);
    const matching = context.filter(({ filename }) => filename === path || pattern.test(filename));
    if (matching.length === 0 && path !== '')
      return refuse(
        'invalid',
        'copy-source-missing',
        `'${source}' is not in the build context, which holds ${listed(context)}`,
      );
    for (const file of matching) {
      files.set(file.filename, file);
      literal.add(pattern.exec(file.filename)?.[0] || '/');
    }
  }
  return { files: [...files.values()], sources: [...literal] };
};

const wildcards = (path: string): string =>
  path
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');

const listed = (context: readonly MountFile[]): string =>
  context.length === 0
    ? 'no files'
    : `${context
        .slice(0, 5)
        .map(({ filename }) => filename)
        .join(', ')}${context.length > 5 ? ` and ${context.length - 5} more` : ''}`;
