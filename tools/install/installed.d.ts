/** A program that is in place: where it lies, its version, and where it came from, for people. */
export type Installed = Readonly<{
    path: string;
    version: string;
    source: string;
}>;
