import type { ImageConfig } from '@slipway/contracts';

/** Where programs are looked for in an image that does not say. */
export const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export const searchPath = ({ env }: ImageConfig): string => env['PATH'] ?? DEFAULT_PATH;
