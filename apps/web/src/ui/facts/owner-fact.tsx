import type { Fields } from '../../lib/conflict.ts';
import type { Listed } from '../../lib/list-reads.ts';
import { useMay } from '../../lib/session/use-may.ts';
import { useOwnerChoices } from '../../lib/use-owner-choices.ts';
import type { NameOf } from '../form/field.ts';
import { OwnerField } from '../form/owner-field.tsx';
import { Fact } from './fact.tsx';
import { PlainFact } from './facts.tsx';
import type { InPlace } from './use-in-place.ts';

interface OwnerFactProps<V extends Fields> {
  readonly edit: InPlace<V>;
  readonly name: NameOf<V, string>;
  readonly subject: keyof Listed;
  readonly record: { readonly ownerId: string; readonly ownerName: string };
}

/** Who a record belongs to; who may change only their own cannot give it away. */
export function OwnerFact<V extends Fields>({ edit, name, subject, record }: OwnerFactProps<V>) {
  const may = useMay();
  const ownerId = edit.values[name];
  const chosen = { value: record.ownerId, label: record.ownerName };
  const called = [...useOwnerChoices(), chosen].find(({ value }) => value === ownerId)?.label;
  if (!may(subject, 'update', '')) return <PlainFact label={edit.labels[name]}>{called}</PlainFact>;
  return (
    <Fact
      edit={edit}
      name={name}
      choice
      renderField={(field) => <OwnerField {...field} chosen={chosen} required />}
    >
      {called}
    </Fact>
  );
}
