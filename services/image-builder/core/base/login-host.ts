import type { BaseSource } from './base-source.js';
import { parseReference } from './parse-reference.js';

/** The one registry that an image's login is for: that of its first FROM. No other one is ever told it. */
export const loginHost = (first: BaseSource): string | undefined =>
  first.kind === 'reference' ? parseReference(first.name)?.host : undefined;
