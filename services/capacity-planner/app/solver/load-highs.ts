import loader, { type Highs } from 'highs';

// The package's types describe its CommonJS form, in which the loader is a property; as a module it is the default export.
export const loadHighs = loader as unknown as () => Promise<Highs>;
