import { markdownTable } from '../report/markdown-table.ts';
import type { CaseResult, ServerResult } from './measure-case.ts';

const heads = [
  'case',
  'Vif, requests/s',
  'bare Fastify',
  'ratio',
  'target',
  'Vif p50 / p99, ms',
  'bare p50 / p99',
  'said hit',
];

/** The results as a table of Markdown, whose columns line up on a terminal too. */
export function resultTable(results: readonly CaseResult[]): string {
  const rows = results.map(({ name, target, vif, bare, ratio, hits }) => [
    name,
    whole(vif.perSecond),
    whole(bare.perSecond),
    threeDecimals(ratio),
    target === undefined ? '' : `≥ ${target} ${ratio >= target ? 'met' : 'missed'}`,
    times(vif),
    times(bare),
    `${Math.round(hits * 100)} %`,
  ]);
  return markdownTable(heads, rows);
}

function times({ p50, p99 }: ServerResult): string {
  return `${p50.toFixed(1)} / ${p99.toFixed(1)}`;
}

function whole(number: number): string {
  return Math.round(number).toLocaleString('en');
}

function threeDecimals(number: number): string {
  return number.toFixed(3);
}
