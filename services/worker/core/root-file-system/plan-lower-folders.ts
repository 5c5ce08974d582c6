/** A folder that lies under a container's writable layer. */
export type LowerFolder =
  | Readonly<{ kind: 'layer'; digest: string }>
  | Readonly<{ kind: 'mount'; checksum: string }>
  | Readonly<{ kind: 'bytecode'; checksum: string }>;

export type MountTree = Readonly<{
  checksum: string;
  /** Whether the tree's Python files have been compiled for the image's Python. */
  isCompiled: boolean;
}>;

/**
 * The folders under a container from the lowest up: the image's layers, then each mount in its order with its compiled
 * files on top of it. The same mount twice is laid once, at its last place.
 */
export const planLowerFolders = (
  layerDigests: readonly string[],
  mounts: readonly MountTree[],
): readonly LowerFolder[] => {
  const last = new Map(mounts.map((mount, place) => [mount.checksum, place]));
  return [
    ...layerDigests.map((digest) => ({ kind: 'layer', digest }) as const),
    ...mounts
      .filter((mount, place) => last.get(mount.checksum) === place)
      .flatMap(({ checksum, isCompiled }): LowerFolder[] => [
        { kind: 'mount', checksum },
        ...(isCompiled ? [{ kind: 'bytecode', checksum } as const] : []),
      ]),
  ];
};
