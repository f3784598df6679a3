import { CompiledQuery } from 'kysely';
import type { captureStatements, Statement } from './captured-statements.ts';
import type { Asker, TestVif } from './test-vif.ts';

/** A node of a plan as `EXPLAIN (FORMAT JSON)` has it. */
export interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

interface PlanWorld {
  readonly vif: TestVif;
  readonly sent: ReturnType<typeof captureStatements>;
  readonly asker: Asker;
  readonly workspaceId: string;
  /** Settings for the planner, `enable_seqscan`, which are switched off. */
  readonly off?: readonly string[];
}

/**
 * Sends a request, then asks the database for the plan and the time of each statement that it really sent, as the
 * server's role in a transaction of its workspace.
 */
export async function plansOf({ vif, sent, asker, workspaceId, off = [] }: PlanWorld, path: string) {
  sent.take();
  const answer = await asker.ask(path);
  if (answer.statusCode !== 200) throw new Error(`${path} answered ${answer.body}`);
  const plans: { statement: Statement; plan: PlanNode; milliseconds: number }[] = [];
  for (const statement of sent.take()) {
    const { rows } = await vif.house.database.read({ workspaceId }, async (db) => {
      for (const setting of off) await db.executeQuery(CompiledQuery.raw(`set local ${setting} = off`));
      return db.executeQuery<{ 'QUERY PLAN': [{ Plan: PlanNode; 'Execution Time': number }] }>(
        CompiledQuery.raw(`explain (analyze, format json) ${statement.text}`, [...statement.values]),
      );
    });
    sent.take();
    const [explained] = rows[0]?.['QUERY PLAN'] ?? [];
    if (!explained) throw new Error('EXPLAIN answered nothing');
    plans.push({ statement, plan: explained.Plan, milliseconds: explained['Execution Time'] });
  }
  return plans;
}

/** A plan's nodes, the outermost first. */
export function nodesOf(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}
