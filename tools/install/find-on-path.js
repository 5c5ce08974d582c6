import { accessSync, constants, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';
// Root's tools are not on everybody's PATH.
const alsoSearched = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
/** The first executable of this name on PATH; undefined where there is none. */
export const findOnPath = (name) => [...(process.env['PATH'] ?? '').split(delimiter), ...alsoSearched]
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find(isExecutable);
/** The executables that match a glob, the last in order of their numbers first. */
export const findByPattern = (pattern) => globSync(pattern)
    .filter(isExecutable)
    .toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }));
const isExecutable = (path) => {
    try {
        accessSync(path, constants.X_OK);
        return true;
    }
    catch {
        return false;
    }
};
//# sourceMappingURL=find-on-path.js.map