/** The first executable of this name on PATH; undefined where there is none. */
export declare const findOnPath: (name: string) => string | undefined;
/** The executables that match a glob, the last in order of their numbers first. */
export declare const findByPattern: (pattern: string) => string[];
