/** A number as a scrape gives it. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** Where it is not the metric's own: a histogram has several. */
  readonly metricName?: string;
}

/** Series of the same labels as one: a scrape that names one twice is refused as a whole. */
export function merged(all: readonly Series[], merge: (a: number, b: number) => number): Series[] {
  const series = new Map<string, Series>();
  for (const one of all) {
    const labels = Object.entries(one.labels).sort(([a], [b]) => (a < b ? -1 : 1));
    const key = JSON.stringify([one.metricName, labels]);
    const before = series.get(key);
    series.set(key, before ? { ...one, value: merge(before.value, one.value) } : one);
  }
  return [...series.values()];
}
