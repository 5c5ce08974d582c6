/** Injection tokens of what every service has. */
export const BUS = Symbol('bus');
export const LOGGER = Symbol('logger');
export const CONFIG = Symbol('config');
/** What takes the requests of the bus; closed, this process answers none. */
export const TRANSPORT = Symbol('transport');
export const READINESS = Symbol('readiness');
export const OBJECTS = Symbol('objects');
export const METRICS = Symbol('metrics');
