import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMessages } from '../../lib/language/use-messages.ts';
import { en } from '../messages.en.ts';
import { fr } from '../messages.fr.ts';
import classes from './filter-bar.module.css';
import type { RecordFilter } from './record-filter.ts';

interface FilterChipProps {
  readonly filter: RecordFilter;
  readonly value: string;
  readonly onRemove: () => void;
}

/** A filter that is on: what it says and the way to take it off. */
export function FilterChip({ filter, value, onRemove }: FilterChipProps) {
  const t = useMessages({ fr, en });
  const { label, all, called } = filter;
  const asked = useQuery(
    called?.(value) ?? { queryKey: ['itself', value], queryFn: () => value, enabled: false },
  );
  const shown = all?.find((choice) => choice.value === value)?.label ?? asked.data ?? (called ? '…' : value);
  return (
    <span className={classes.chip}>
      <span className={classes.chipLabel}>{label}</span>
      <span className={classes.chipValue}>{shown}</span>
      <button type="button" aria-label={t.removeFilter(`${label} ${shown}`)} onClick={onRemove}>
        <IconX size={14} stroke={1.75} aria-hidden />
      </button>
    </span>
  );
}
