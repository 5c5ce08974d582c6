/** The first dotted number in a text, such as `15.18` in `postgres (PostgreSQL) 15.18`. */
export const versionIn = (text) => /\d+(\.\d+)+/.exec(text)?.[0];
/** Whether a dotted version is the wanted one or newer; missing parts count as 0. */
export const isAtLeast = (version, wanted) => {
    const have = version.split('.').map(Number);
    const want = wanted.split('.').map(Number);
    for (let part = 0; part < Math.max(have.length, want.length); part += 1) {
        const difference = (have[part] ?? 0) - (want[part] ?? 0);
        if (difference !== 0)
            return difference > 0;
    }
    return true;
};
//# sourceMappingURL=version.js.map