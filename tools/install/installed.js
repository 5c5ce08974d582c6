export {};
//# sourceMappingURL=installed.js.map