/** Injection tokens of this service. */
export const BLOB_STORE = Symbol('blob-store');
export const RECORDS = Symbol('records');
export const OBJECT_STORE = Symbol('object-store');
