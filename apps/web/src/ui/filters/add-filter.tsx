import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { plain } from '../../lib/language/plain.ts';
import { useMessages } from '../../lib/language/use-messages.ts';
import { ChoiceList } from '../choice-list.tsx';
import { en } from '../messages.en.ts';
import { fr } from '../messages.fr.ts';
import type { PanelContentProps } from '../panel-button.tsx';
import type { RecordFilter } from './record-filter.ts';

interface AddFilterProps extends PanelContentProps {
  readonly filters: readonly RecordFilter[];
  readonly onAdd: (name: string, value: string) => void;
}

/** First what to narrow by, then to what; by keyboard all along. */
export function AddFilter({ filters, onAdd, close }: AddFilterProps) {
  const t = useMessages({ fr, en });
  const [chosen, choose] = useState<RecordFilter | null>(null);
  const [typed, type] = useState('');
  const asked = plain(typed);
  if (chosen) {
    return (
      <ValueList
        filter={chosen}
        onChoose={(value) => {
          close();
          onAdd(chosen.name, value);
        }}
      />
    );
  }
  return (
    <ChoiceList
      label={t.addFilter}
      typed={typed}
      onType={type}
      groups={[
        {
          choices: filters
            .filter(({ label }) => plain(label).includes(asked))
            .map((filter) => ({ id: filter.name, label: filter.label, filter })),
        },
      ]}
      onChoose={({ filter }) => choose(filter)}
      empty={t.noRows}
    />
  );
}

function ValueList({ filter, onChoose }: { filter: RecordFilter; onChoose: (value: string) => void }) {
  const t = useMessages({ fr, en });
  const [typed, type] = useState('');
  const [settled] = useDebouncedValue(typed, 150);
  const { name, label, all, search } = filter;
  const free = !all && !search;
  const found = useQuery(
    search?.(settled) ?? { queryKey: ['choices', name], queryFn: () => [], enabled: false },
  );
  const text = typed.trim();
  const known = all?.filter((choice) => plain(choice.label).includes(plain(typed)));
  const choices = free && text ? [{ value: text, label: text }] : (known ?? found.data ?? []);
  const waiting = search && !found.data;
  return (
    <ChoiceList
      label={label}
      typed={typed}
      onType={type}
      groups={[{ choices: choices.map((choice) => ({ ...choice, id: choice.value })) }]}
      onChoose={({ value }) => onChoose(value)}
      empty={waiting ? t.loading : free ? t.anyValue : t.noRows}
    />
  );
}
