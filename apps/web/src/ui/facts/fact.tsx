import { IconPencil } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Fields } from '../../lib/conflict.ts';
import { useMessages } from '../../lib/language/use-messages.ts';
import { en } from '../messages.en.ts';
import { fr } from '../messages.fr.ts';
import { type EditorField, FactEditor } from './fact-editor.tsx';
import classes from './facts.module.css';
import type { InPlace } from './use-in-place.ts';

interface FactProps<V extends Fields, K extends keyof V & string> {
  readonly edit: InPlace<V>;
  readonly name: K;
  /** The value as it is read; nothing when there is none. */
  readonly children: ReactNode;
  /** The field it is edited in; absent where it cannot be. */
  readonly renderField?: (field: EditorField<V, K>) => ReactNode;
  /** Chosen rather than typed: saved at once. */
  readonly choice?: boolean;
  /** Below the field, when the server refused the value. */
  readonly renderRefused?: (problem: unknown) => ReactNode;
}

/** One fact of a record: its name, its value, and on a press the field to change it in. */
export function Fact<V extends Fields, K extends keyof V & string>(props: FactProps<V, K>) {
  const { edit, name, children, renderField, choice = false, renderRefused } = props;
  const t = useMessages({ fr, en });
  const button = useRef<HTMLButtonElement>(null);
  const editing = edit.editing?.name === name ? edit.editing : null;
  const goBack = useRef(false);

  // The keyboard's place goes back from the field to where it was opened.
  useEffect(() => {
    if (editing || !goBack.current) return;
    goBack.current = false;
    button.current?.focus();
  });

  const mayEdit = edit.mayEdit && renderField;
  return (
    <div className={classes.fact} data-editing={editing !== null} data-saving={edit.isSaving(name)}>
      <dt>{edit.labels[name]}</dt>
      <dd>
        {editing && renderField ? (
          <FactEditor
            edit={edit}
            editing={editing}
            name={name}
            choice={choice}
            renderRefused={renderRefused}
            onGoBack={() => {
              goBack.current = true;
            }}
          >
            {renderField}
          </FactEditor>
        ) : (
          <>
            <span className={classes.value}>{children || <span className={classes.none}>–</span>}</span>
            {mayEdit && (
              <button
                ref={button}
                type="button"
                className={classes.edit}
                aria-label={t.edit(edit.labels[name])}
                onClick={() => edit.open(name)}
              >
                <IconPencil size={14} stroke={1.75} aria-hidden />
              </button>
            )}
          </>
        )}
      </dd>
    </div>
  );
}
