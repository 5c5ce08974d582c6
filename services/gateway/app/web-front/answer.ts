import type { ServerResponse } from 'node:http';
import type { ServerHttp2Stream } from 'node:http2';

/** An answer of HTTP/1.1, or of HTTP/2 in its likeness, with its stream. */
export type Answer = ServerResponse & { readonly stream?: ServerHttp2Stream };
