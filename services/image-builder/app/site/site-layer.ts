import type { LayerRef } from '@slipway/contracts';
import type { ObjectClient } from '@slipway/nest-kit';
import { sha256Hex } from '../contents/blob-store-contents.js';
import { layerOfFiles, type LayerFile } from '../layers/layer-of-files.js';
import type { MadeOnce } from '../ledger/made-once.js';
import { SITE_CA_PATH, type SiteSetup } from './site-settings.js';

/** The layer over every foreign base image that carries this site's certificates and apt proxies; undefined where a site has none. */
export const siteLayer = async (
  { caBundle, aptProxies }: SiteSetup,
  made: MadeOnce,
  objects: ObjectClient,
): Promise<LayerRef | undefined> => {
  const files: LayerFile[] = [
    ...(caBundle
      ? [
          { path: SITE_CA_PATH, content: caBundle },
          { path: '/etc/ssl/certs/ca-certificates.crt', content: caBundle },
        ]
      : []),
    ...(aptProxies === ''
      ? []
      : [{ path: '/etc/apt/apt.conf.d/80site-proxy', content: Buffer.from(`${aptProxies}\n`) }]),
  ];
  if (files.length === 0) return undefined;
  const key = `site-layer ${sha256Hex(Buffer.concat(files.map(({ content }) => content)))}`;
  return made.get(key, () => layerOfFiles(files, objects));
};
