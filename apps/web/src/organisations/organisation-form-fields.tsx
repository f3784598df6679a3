import { useQuery } from '@tanstack/react-query';
import { useMessages } from '../lib/language/use-messages.ts';
import { useMay } from '../lib/session/use-may.ts';
import { ExternalIdNotice } from '../ui/bin/external-id-notice.tsx';
import { CountryField } from '../ui/form/country-field.tsx';
import { FormSection, WholeWidth } from '../ui/form/form-layout.tsx';
import { MoneyField } from '../ui/form/money-field.tsx';
import { OwnerField } from '../ui/form/owner-field.tsx';
import { SuggestField } from '../ui/form/suggest-field.tsx';
import { SwitchField } from '../ui/form/switch-field.tsx';
import { TextField } from '../ui/form/text-field.tsx';
import type { Form } from '../ui/form/use-form.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import type { OrganisationFields } from './organisation-fields.ts';
import { OrganisationLookAlikes } from './organisation-look-alikes.tsx';
import { categories } from './organisations.reads.ts';

interface OrganisationFormFieldsProps {
  readonly form: Form<OrganisationFields>;
  /** Why the last save failed. */
  readonly problem: unknown;
}

/** The fields of a new organisation, what one knows first at the top. */
export function OrganisationFormFields({ form, problem }: OrganisationFormFieldsProps) {
  const t = useMessages({ fr, en });
  const may = useMay();
  const inUse = useQuery(categories()).data?.items ?? [];
  const of = <K extends keyof OrganisationFields>(name: K) => ({ form, name, label: t.fields[name] });
  return (
    <>
      <FormSection>
        <WholeWidth>
          <TextField {...of('name')} required focused maxLength={200} />
          <OrganisationLookAlikes values={form.values} />
        </WholeWidth>
        <SuggestField {...of('category')} suggestions={inUse} maxLength={100} />
        <TextField {...of('siren')} placeholder="732 829 320" />
      </FormSection>
      <FormSection title={t.contact}>
        <TextField {...of('email')} type="email" maxLength={254} />
        <TextField {...of('phone')} type="tel" placeholder={t.phoneHint} maxLength={50} />
        <WholeWidth>
          <TextField {...of('website')} type="url" maxLength={500} />
        </WholeWidth>
      </FormSection>
      <FormSection title={t.place}>
        <WholeWidth>
          <TextField {...of('address')} maxLength={500} />
        </WholeWidth>
        <TextField {...of('postalCode')} maxLength={20} />
        <TextField {...of('city')} maxLength={100} />
        <CountryField {...of('country')} />
      </FormSection>
      <FormSection title={t.more}>
        <MoneyField {...of('annualRevenue')} />
        {may('organisations', 'create', '') && <OwnerField {...of('ownerId')} />}
        <div>
          <TextField {...of('externalId')} maxLength={100} />
          <ExternalIdNotice subject="organisations" problem={problem} />
        </div>
        <SwitchField {...of('active')} />
        <WholeWidth>
          <TextField {...of('notes')} lines={4} maxLength={20_000} />
        </WholeWidth>
      </FormSection>
    </>
  );
}
