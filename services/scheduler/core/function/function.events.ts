import type { AutoscalerSettings, BindFunction, CreateFunction, FunctionId } from '@slipway/contracts';

export type FunctionDefined = { type: 'function-defined'; data: CreateFunction };
export type FunctionBound = { type: 'function-bound'; data: BindFunction };
export type FunctionScaled = {
  type: 'function-scaled';
  data: {
    functionId: FunctionId;
    settings: Partial<AutoscalerSettings>;
    /** Who changed them, and under which name. */
    byId?: string;
    byName?: string;
  };
};

export type FunctionEvent = FunctionDefined | FunctionBound | FunctionScaled;
