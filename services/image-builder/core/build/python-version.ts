/** What Python calls its versions: `3.11`, `3.14.0rc1`, `3.13.0+`; a `t` behind it says that it is free-threaded. */
const PYTHON_VERSION = /^3\.\d{1,3}(\.\d{1,3})?((a|b|rc)\d{1,3})?\+?t?$/;

/** A version of Python as an image says it, undefined where it is none: what an image says is its author's text. */
export const pythonVersionIn = (said: string | undefined): string | undefined =>
  said !== undefined && PYTHON_VERSION.test(said) ? said : undefined;
