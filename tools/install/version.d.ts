/** The first dotted number in a text, such as `15.18` in `postgres (PostgreSQL) 15.18`. */
export declare const versionIn: (text: string) => string | undefined;
/** Whether a dotted version is the wanted one or newer; missing parts count as 0. */
export declare const isAtLeast: (version: string, wanted: string) => boolean;
