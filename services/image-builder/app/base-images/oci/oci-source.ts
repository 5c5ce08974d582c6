import type { Readable } from 'node:stream';
import type { Index, Manifest } from './oci-documents.js';

/** Where the parts of an OCI image are: a registry's repository or a layout on disk. */
export interface OciSource {
  readonly name: string;
  manifest(reference: string): Promise<Manifest | Index>;
  blob(digest: string): Promise<Readable>;
}
