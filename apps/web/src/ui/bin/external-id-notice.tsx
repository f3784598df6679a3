import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { isProblem } from '../../lib/api-problem.ts';
import { useMessages } from '../../lib/language/use-messages.ts';
import type { Listed } from '../../lib/list-reads.ts';
import { en } from '../messages.en.ts';
import { fr } from '../messages.fr.ts';
import classes from './external-id-notice.module.css';
import { useBin } from './use-bin.ts';

interface ExternalIdNoticeProps {
  readonly subject: keyof Listed;
  /** Why the save failed; anything but a taken external id shows nothing. */
  readonly problem: unknown;
}

/**
 * Under an external id that another record has: the way to that record, and out of the bin when it is there.
 * It opens in another tab, so that what was typed here stays.
 */
export function ExternalIdNotice({ subject, problem }: ExternalIdNoticeProps) {
  const t = useMessages({ fr, en });
  const bin = useBin(subject);
  const [restored, setRestored] = useState(false);
  if (!isProblem(problem, 'external_id_taken', 'external_id_in_bin') || !problem.record) return null;
  const { record: id, code } = problem;
  const to = subject === 'people' ? '/people/$id' : '/organisations/$id';
  return (
    <p className={classes.notice}>
      <Link to={to} params={{ id }} target="_blank">
        {t.openOther}
      </Link>
      {code === 'external_id_in_bin' && !restored && (
        <button
          type="button"
          onClick={() =>
            void bin.restore({ id, name: t.thisRecord }).then((done) => done && setRestored(true))
          }
        >
          {t.restoreOther}
        </button>
      )}
    </p>
  );
}
