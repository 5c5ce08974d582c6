import type { AskOf } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';

type Asked = Omit<AskOf<'billing.read-export-file'>, 'offset'>;

/** A file of an export, piece by piece as it is read; the first one is asked for at once, so a refusal comes before any byte. */
export const exportFile = async (
  bus: Bus,
  asked: Asked,
): Promise<Readonly<{ sizeBytes: number; bytes: AsyncIterable<Buffer> }>> => {
  const first = await bus.request('billing.read-export-file', { ...asked, offset: 0 });
  return { sizeBytes: first.sizeBytes, bytes: piecesOf(bus, asked, first) };
};

async function* piecesOf(
  bus: Bus,
  asked: Asked,
  first: Readonly<{ sizeBytes: number; base64: string }>,
): AsyncGenerator<Buffer> {
  let piece = Buffer.from(first.base64, 'base64');
  for (let offset = 0; piece.length > 0;) {
    yield piece;
    offset += piece.length;
    if (offset >= first.sizeBytes) return;
    const next = await bus.request('billing.read-export-file', { ...asked, offset });
    piece = Buffer.from(next.base64, 'base64');
  }
}

export const exportType = (name: string): string => {
  if (name.endsWith('.csv')) return 'text/csv; charset=utf-8; header=present';
  return name.endsWith('.parquet') ? 'application/vnd.apache.parquet' : 'application/json';
};
