import type { DataFormat as MeshFormat } from '@slipway/contracts';
import { DataFormat } from '@slipway/protocol';

export const toClientFormat = (format: MeshFormat): DataFormat => {
  switch (format) {
    case 'pickle':
      return DataFormat.PICKLE;
    case 'cbor':
      return DataFormat.CBOR;
    case 'asgi':
      return DataFormat.ASGI;
    case 'generator-done':
      return DataFormat.GENERATOR_DONE;
    default:
      return format satisfies never;
  }
};

/** Clients leave the format out where it is pickle. */
export const fromClientFormat = (format: DataFormat): MeshFormat => {
  switch (format) {
    case DataFormat.UNSPECIFIED:
    case DataFormat.PICKLE:
      return 'pickle';
    case DataFormat.CBOR:
      return 'cbor';
    case DataFormat.ASGI:
      return 'asgi';
    case DataFormat.GENERATOR_DONE:
      return 'generator-done';
    default:
      return format satisfies never;
  }
};
