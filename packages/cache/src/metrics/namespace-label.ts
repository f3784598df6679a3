/**
 * What a namespace is called in monitoring. Those that are called the same are summed; undefined counts one without a
 * namespace. Where namespaces hold ids, such as tenants', it keeps the number of series bounded.
 * @example (namespace) => namespace.split('/')[0] // 'orders/7f3a…' is counted as orders
 */
export type NamespaceLabel = (namespace: string) => string | undefined;

/** By their own names. */
export const ownName: NamespaceLabel = (namespace) => namespace;
