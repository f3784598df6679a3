import { IconFilter, IconSearch, IconX } from '@tabler/icons-react';
import { lazy, type ReactNode, useEffect, useRef, useState } from 'react';
import { useMessages } from '../../lib/language/use-messages.ts';
import { en } from '../messages.en.ts';
import { fr } from '../messages.fr.ts';
import { PanelButton } from '../panel-button.tsx';
import { ToolButton, toolButton } from '../tool-button.tsx';
import classes from './filter-bar.module.css';
import { FilterChip } from './filter-chip.tsx';
import type { RecordFilter } from './record-filter.ts';

/** Milliseconds after the last key until the list is asked: longer than between two keys of a word. */
const pause = 180;

const loadAddFilter = () => import('./add-filter.tsx').then((module) => ({ default: module.AddFilter }));
const AddFilter = lazy(loadAddFilter);

type Search = Readonly<Record<string, string | undefined>>;

interface FilterBarProps {
  readonly placeholder: string;
  readonly filters: readonly RecordFilter[];
  /** What the address says. */
  readonly search: Search;
  /** Puts a change into the address; undefined takes a parameter out. */
  readonly onChange: (change: Search) => void;
  /** At the end: how the list is displayed. */
  readonly children?: ReactNode;
}

/** Above a list: what is searched for, what it is narrowed by, and how to narrow it further. */
export function FilterBar({ placeholder, filters, search, onChange, children }: FilterBarProps) {
  const t = useMessages({ fr, en });
  const active = filters.filter(({ name }) => search[name]);
  const unused = filters.filter(({ name }) => !search[name]);
  const clear = () =>
    onChange(Object.fromEntries(['q', ...filters.map(({ name }) => name)].map((name) => [name, undefined])));
  return (
    <div className={classes.bar} role="search">
      <SearchBox
        label={placeholder}
        value={search['q'] ?? ''}
        onChange={(q) => onChange({ q: q || undefined })}
      />
      {active.map((filter) => (
        <FilterChip
          key={filter.name}
          filter={filter}
          value={search[filter.name] ?? ''}
          onRemove={() => onChange({ [filter.name]: undefined })}
        />
      ))}
      {unused.length > 0 && (
        <PanelButton
          name={t.addFilter}
          width={280}
          className={toolButton}
          label={
            <>
              <IconFilter size={16} stroke={1.75} aria-hidden />
              {t.addFilter}
            </>
          }
          preload={loadAddFilter}
        >
          {(close) => (
            <AddFilter filters={unused} onAdd={(name, value) => onChange({ [name]: value })} close={close} />
          )}
        </PanelButton>
      )}
      {active.length > 1 && <ToolButton onClick={clear}>{t.clearFilters}</ToolButton>}
      <div className={classes.end}>{children}</div>
    </div>
  );
}

interface SearchBoxProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function SearchBox({ label, value, onChange }: SearchBoxProps) {
  const t = useMessages({ fr, en });
  const [typed, type] = useState(value);
  const asked = useRef(value);
  const input = useRef<HTMLInputElement>(null);

  // Back, or a link, changes the address under the box.
  useEffect(() => {
    if (value === asked.current) return;
    asked.current = value;
    type(value);
  }, [value]);

  useEffect(() => {
    const q = typed.trim();
    if (q === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = q;
      onChange(q);
    }, pause);
    return () => clearTimeout(timer);
  }, [typed, onChange]);

  return (
    <div className={classes.search}>
      <IconSearch size={16} stroke={1.75} aria-hidden />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={label}
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
      />
      {typed && (
        <button
          type="button"
          aria-label={t.clearSearch}
          onClick={() => {
            type('');
            input.current?.focus();
          }}
        >
          <IconX size={14} stroke={1.75} aria-hidden />
        </button>
      )}
    </div>
  );
}
