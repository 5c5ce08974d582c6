import type { DataFormat as Format } from '@slipway/contracts';
import { DataFormat } from '@slipway/protocol';

const TO_WIRE: Readonly<Record<Format, DataFormat>> = {
  pickle: DataFormat.PICKLE,
  cbor: DataFormat.CBOR,
  asgi: DataFormat.ASGI,
  'generator-done': DataFormat.GENERATOR_DONE,
};

const FROM_WIRE = new Map(Object.entries(TO_WIRE).map(([format, wire]) => [wire, format as Format]));

export const wireFormat = (format: Format | undefined): DataFormat =>
  format === undefined ? DataFormat.UNSPECIFIED : TO_WIRE[format];

/** What older clients leave unsaid is a pickle. */
export const readFormat = (wire: DataFormat): Format => FROM_WIRE.get(wire) ?? 'pickle';
