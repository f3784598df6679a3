import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useMessages } from '../lib/language/use-messages.ts';
import { useStore } from '../lib/store.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import classes from './toast-host.module.css';
import { dismissToast, type Toast, toasts } from './toasts.ts';

/** Milliseconds a toast stays; one with an action stays longer, for it has to be reached. */
const stay = 5_000;
const stayToAct = 10_000;

/** Where toasts appear; once, at the root. */
export function ToastHost() {
  const t = useMessages({ fr, en });
  const all = useStore(toasts);
  return (
    <section className={classes.host} aria-label={t.notices} aria-live="polite">
      {all.map((one) => (
        <ToastLine key={one.id} toast={one} />
      ))}
    </section>
  );
}

function ToastLine({ toast }: { toast: Toast }) {
  const t = useMessages({ fr, en });
  const [held, hold] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => dismissToast(toast.id), toast.action ? stayToAct : stay);
    return () => clearTimeout(timer);
  }, [held, toast]);
  const Icon = toast.kind === 'done' ? IconCheck : IconAlertTriangle;
  return (
    <div
      className={classes.toast}
      data-kind={toast.kind}
      onPointerEnter={() => hold(true)}
      onPointerLeave={() => hold(false)}
      onFocus={() => hold(true)}
      onBlur={() => hold(false)}
    >
      <Icon size={16} stroke={1.75} aria-hidden />
      <p>{toast.message}</p>
      {toast.action && (
        <button
          type="button"
          className={classes.action}
          onClick={() => {
            toast.action?.run();
            dismissToast(toast.id);
          }}
        >
          {toast.action.label}
        </button>
      )}
      <button
        type="button"
        className={classes.close}
        aria-label={t.dismiss}
        onClick={() => dismissToast(toast.id)}
      >
        <IconX size={14} stroke={1.75} aria-hidden />
      </button>
    </div>
  );
}
