/** Where exports lie once they are written: on this machine's disk, or in a bucket. */
export interface ExportShelf {
  /** Takes the files of a folder, the last one last; what is there already is written over. The folder is gone then. */
  put(exportId: string, folder: string, names: readonly string[]): Promise<void>;
  /** Takes the files of an export away; the first one first. Those that are gone are no trouble. */
  remove(exportId: string, names: readonly string[]): Promise<void>;
  /** At most so many bytes of a file; undefined where it is gone. */
  read(
    exportId: string,
    name: string,
    range: Readonly<{ offset: number; bytes: number }>,
  ): Promise<Readonly<{ sizeBytes: number; bytes: Uint8Array }> | undefined>;
}
