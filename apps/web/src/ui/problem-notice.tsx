import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ApiProblem } from '../lib/api-problem.ts';
import classes from './problem-notice.module.css';
import { useProblemText } from './use-problem-text.ts';

interface ProblemNoticeProps {
  readonly error: unknown;
  readonly children?: ReactNode;
}

/** An error where it happened: over the form that was sent, in place of what could not be shown. */
export function ProblemNotice({ error, children }: ProblemNoticeProps) {
  const text = useProblemText();
  if (!error) return null;
  return (
    <div role="alert" className={classes.notice}>
      <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
      <div>
        {error instanceof ApiProblem && error.title ? (
          <>
            <strong>{error.title}</strong>
            <br />
            {error.message}
          </>
        ) : (
          text(error)
        )}
        {children}
      </div>
    </div>
  );
}
