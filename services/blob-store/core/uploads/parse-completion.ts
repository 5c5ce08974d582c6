import { refuse, type Refusal } from '@slipway/kernel';

export type CompletedPart = Readonly<{ partNumber: number; md5Hex: string }>;

const MALFORMED = 'the body is no CompleteMultipartUpload: each <Part> needs a <PartNumber> and an <ETag>';

const tag = (name: string, xml: string): string | undefined =>
  new RegExp(`<${name}>\\s*([^<]*?)\\s*</${name}>`).exec(xml)?.[1];

/** Reads S3's CompleteMultipartUpload document: flat, and without attributes that matter. */
export const parseCompletion = (xml: string): readonly CompletedPart[] | Refusal => {
  const parts = [...xml.matchAll(/<Part>([\s\S]*?)<\/Part>/g)].map(([, part = '']) => ({
    partNumber: Number(tag('PartNumber', part)),
    md5Hex: (tag('ETag', part) ?? '').replace(/&quot;|&#34;|"/g, '').toLowerCase(),
  }));
  const sound =
    /<CompleteMultipartUpload[\s>]/.test(xml) &&
    parts.length > 0 &&
    parts.every(({ partNumber, md5Hex }) => Number.isInteger(partNumber) && /^[0-9a-f]{32}$/.test(md5Hex));
  return sound ? parts : refuse('invalid', 'malformed-completion', MALFORMED);
};
