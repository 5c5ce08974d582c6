import { createReadStream } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { refuse, type Refusal } from '@slipway/kernel';
import type { Index, Manifest } from './oci-documents.js';
import type { OciSource } from './oci-source.js';

/** An OCI layout in a folder that this site allows; `path` may end in `:tag`. */
export const openLayout = async (
  path: string,
  allowed: readonly string[],
): Promise<Readonly<{ source: OciSource; reference: string }> | Refusal> => {
  const [, asked = '', tag] = /^(.*?)(?::([\w][\w.-]*))?$/.exec(path) ?? [];
  const folder = await realpath(asked).catch(() => undefined);
  const folders = await Promise.all(allowed.map((name) => realpath(name).catch(() => name)));
  if (folder === undefined || !folders.some((name) => folder === name || folder.startsWith(`${name}/`)))
    return refuse(
      'not-found',
      'oci-layout-not-allowed',
      `'${asked}' is not an OCI layout in a folder that IMAGE_BUILDER_OCI_LAYOUTS names (${allowed.join(':') || 'none'})`,
    );
  const blobPath = (digest: string): string => join(folder, 'blobs', ...digest.split(':'));
  const readJson = async <Document>(file: string): Promise<Document> =>
    JSON.parse(await readFile(file, 'utf8')) as Document;
  const source: OciSource = {
    name: asked,
    manifest: async (reference) => {
      if (reference.startsWith('sha256:')) return readJson<Manifest | Index>(blobPath(reference));
      const index = await readJson<Index>(join(folder, 'index.json'));
      if (reference === '') return index;
      const manifests = index.manifests.filter(
        (entry) =>
          (entry as { annotations?: Record<string, string> }).annotations?.[
            'org.opencontainers.image.ref.name'
          ] === reference,
      );
      if (manifests.length === 0)
        throw new Error(`the OCI layout ${asked} has no image tagged '${reference}'`);
      return { manifests };
    },
    blob: async (digest) => createReadStream(blobPath(digest)),
  };
  return { source, reference: tag ?? '' };
};
