import { useMessages } from '../lib/language/use-messages.ts';
import { useMay } from '../lib/session/use-may.ts';
import { ExternalIdNotice } from '../ui/bin/external-id-notice.tsx';
import type { Choice } from '../ui/choice.ts';
import { ChoiceField } from '../ui/form/choice-field.tsx';
import { FormSection, WholeWidth } from '../ui/form/form-layout.tsx';
import { OwnerField } from '../ui/form/owner-field.tsx';
import { TextField } from '../ui/form/text-field.tsx';
import type { Form } from '../ui/form/use-form.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { organisationChoices } from './organisation-choices.ts';
import type { PersonFields } from './person-fields.ts';
import { PersonLookAlikes } from './person-look-alikes.tsx';

interface PersonFormFieldsProps {
  readonly form: Form<PersonFields>;
  /** Why the last save failed. */
  readonly problem: unknown;
  /** The organisation one comes from. */
  readonly organisation: Choice | undefined;
}

/** The fields of a new person, what one knows first at the top. */
export function PersonFormFields({ form, problem, organisation }: PersonFormFieldsProps) {
  const t = useMessages({ fr, en });
  const may = useMay();
  const of = <K extends keyof PersonFields>(name: K) => ({ form, name, label: t.fields[name] });
  return (
    <>
      <FormSection>
        <TextField {...of('firstName')} focused maxLength={100} />
        <TextField {...of('lastName')} required maxLength={100} />
        <WholeWidth>
          <PersonLookAlikes values={form.values} />
        </WholeWidth>
        <ChoiceField {...of('organisationId')} choices={organisationChoices} chosen={organisation} />
        <TextField {...of('jobTitle')} maxLength={150} />
      </FormSection>
      <FormSection title={t.contact}>
        <TextField {...of('email')} type="email" maxLength={254} />
        <TextField {...of('phone')} type="tel" placeholder={t.phoneHint} maxLength={50} />
      </FormSection>
      <FormSection title={t.more}>
        {may('people', 'create', '') && <OwnerField {...of('ownerId')} />}
        <div>
          <TextField {...of('externalId')} maxLength={100} />
          <ExternalIdNotice subject="people" problem={problem} />
        </div>
        <WholeWidth>
          <TextField {...of('notes')} lines={4} maxLength={20_000} />
        </WholeWidth>
      </FormSection>
    </>
  );
}
