import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ExportView } from '@slipway/contracts';
import type { PublicApi } from '../platform/open-public-api.ts';
import { UsageError, type ParsedArguments } from '../terminal/parse-arguments.ts';
import { fetchFile } from './fetch-file.ts';

type Exported = Readonly<{
  exportId: string;
  state: ExportView['state'];
  error?: string;
  triesAgainAt?: string;
  manifest?: Readonly<{
    rows: number;
    sums: Readonly<Record<string, string>>;
    files: readonly Readonly<{ name: string; sizeBytes: number; sha256: string }>[];
  }>;
}>;

const ASK_AGAIN_MS = 500;
/** The names of an export's files, whole or not. */
const EXPORTED = /^(manifest\.json|focus-\d{4,}\.(csv|parquet))(\.part)?$/;

/** Has a period exported, waits for it and fetches its files into a folder, each with the digest that the manifest says. */
export const exportPeriod = async (api: PublicApi, { flags, texts }: ParsedArguments): Promise<number> => {
  const need = (name: string): string => {
    const value = texts.get(name);
    if (value === undefined) throw new UsageError(`--${name} is missing`);
    return value;
  };
  const out = need('out');
  const of = flags.has('site') ? 'site' : 'workspace';
  const { exportId } = (await api.send('POST', '/billing/exports', {
    of,
    from: need('from'),
    to: need('to'),
    format: texts.get('format') ?? 'csv',
    granularity: texts.get('granularity') ?? 'daily',
  })) as Exported;
  const path = `/billing/exports/${exportId}`;
  const { manifest } = await written(api, `${path}?of=${of}`);
  await mkdir(out, { recursive: true });
  await clearExport(out);
  for (const file of manifest.files)
    await fetchFile(
      await api.bytes(`${path}/files/${file.name}?of=${of}`),
      join(out, file.name),
      file.sha256,
    );
  await fetchFile(await api.bytes(`${path}/files/manifest.json?of=${of}`), join(out, 'manifest.json'));
  console.log(
    flags.has('json')
      ? JSON.stringify(manifest)
      : `${manifest.rows} rows, ${manifest.sums['BilledCost']} USD billed, in ${out}: ${manifest.files.map(({ name }) => name).join(', ')}, manifest.json`,
  );
  return 0;
};

/** What an export before left: files that this one does not have would be read with it. */
const clearExport = async (folder: string): Promise<void> => {
  const ours = (await readdir(folder)).filter((name) => EXPORTED.test(name));
  for (const name of ours) await rm(join(folder, name));
};

/** Waits for it aloud, on standard error: it may take as long as the place where exports lie is away. */
const written = async (api: PublicApi, path: string): Promise<Required<Pick<Exported, 'manifest'>>> => {
  let told: string | undefined;
  for (;;) {
    const { state, manifest, error, triesAgainAt } = (await api.get(path)) as Exported;
    if (manifest !== undefined) return { manifest };
    if (state === 'failed') throw new Error(`the export failed: ${error}`);
    if (triesAgainAt !== told) console.error(`  not written yet: ${error}; tried again at ${triesAgainAt}`);
    told = triesAgainAt;
    await pause(ASK_AGAIN_MS);
  }
};
