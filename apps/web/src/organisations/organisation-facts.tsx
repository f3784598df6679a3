import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useFormat } from '../lib/language/format.ts';
import { useMessages } from '../lib/language/use-messages.ts';
import { ExternalIdNotice } from '../ui/bin/external-id-notice.tsx';
import { Fact } from '../ui/facts/fact.tsx';
import { Facts, PlainFact } from '../ui/facts/facts.tsx';
import { OwnerFact } from '../ui/facts/owner-fact.tsx';
import type { InPlace } from '../ui/facts/use-in-place.ts';
import { CountryField } from '../ui/form/country-field.tsx';
import { MoneyField } from '../ui/form/money-field.tsx';
import { SuggestField } from '../ui/form/suggest-field.tsx';
import { TextField } from '../ui/form/text-field.tsx';
import { PhoneLink } from '../ui/phone-link.tsx';
import { WebLink } from '../ui/web-link.tsx';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import type { OrganisationFields } from './organisation-fields.ts';
import { categories, type Organisation } from './organisations.reads.ts';

interface OrganisationFactsProps {
  readonly edit: InPlace<OrganisationFields>;
  readonly record: Organisation;
}

/** What is known of an organisation, each fact edited where it stands. */
export function OrganisationFacts({ edit, record }: OrganisationFactsProps) {
  const t = useMessages({ fr, en });
  const format = useFormat();
  const { values } = edit;
  return (
    <>
      <Facts title={t.facts}>
        <Fact edit={edit} name="name" renderField={(field) => <TextField {...field} maxLength={200} />}>
          {values.name}
        </Fact>
        <Fact edit={edit} name="category" renderField={(field) => <CategoryField {...field} />}>
          {values.category}
        </Fact>
        <Fact edit={edit} name="siren" renderField={(field) => <TextField {...field} maxLength={20} />}>
          {values.siren.replaceAll(/(\d{3})(?=\d)/g, '$1 ')}
        </Fact>
        <Fact edit={edit} name="annualRevenue" renderField={(field) => <MoneyField {...field} />}>
          {values.annualRevenue !== null && format.money(values.annualRevenue)}
        </Fact>
        <OwnerFact edit={edit} name="ownerId" subject="organisations" record={record} />
        <PlainFact label={t.fields.active}>
          {edit.mayEdit ? (
            <Switch
              aria-label={t.fields.active}
              checked={values.active}
              onChange={(event) => edit.commit('active', event.currentTarget.checked)}
            />
          ) : values.active ? (
            t.yes
          ) : (
            t.no
          )}
        </PlainFact>
      </Facts>
      <Facts title={t.contact}>
        <Fact edit={edit} name="email" renderField={(field) => <TextField {...field} type="email" />}>
          {values.email && <a href={`mailto:${values.email}`}>{values.email}</a>}
        </Fact>
        <Fact edit={edit} name="phone" renderField={(field) => <TextField {...field} type="tel" />}>
          {values.phone && <PhoneLink typed={values.phone} {...record} />}
        </Fact>
        <Fact edit={edit} name="website" renderField={(field) => <TextField {...field} type="url" />}>
          {values.website && <WebLink address={values.website} />}
        </Fact>
      </Facts>
      <Facts title={t.place}>
        <Fact edit={edit} name="address" renderField={(field) => <TextField {...field} maxLength={500} />}>
          {values.address}
        </Fact>
        <Fact edit={edit} name="postalCode" renderField={(field) => <TextField {...field} maxLength={20} />}>
          {values.postalCode}
        </Fact>
        <Fact edit={edit} name="city" renderField={(field) => <TextField {...field} maxLength={100} />}>
          {values.city}
        </Fact>
        <Fact edit={edit} name="country" choice renderField={(field) => <CountryField {...field} />}>
          {values.country && format.country(values.country)}
        </Fact>
      </Facts>
      <Facts title={t.record}>
        <Fact
          edit={edit}
          name="externalId"
          renderField={(field) => <TextField {...field} maxLength={100} />}
          renderRefused={(problem) => <ExternalIdNotice subject="organisations" problem={problem} />}
        >
          {values.externalId}
        </Fact>
        <PlainFact label={t.created}>{format.moment(record.createdAt)}</PlainFact>
        <PlainFact label={t.updated}>{format.moment(record.updatedAt)}</PlainFact>
      </Facts>
    </>
  );
}

function CategoryField(props: Omit<Parameters<typeof SuggestField<OrganisationFields>>[0], 'suggestions'>) {
  const inUse = useQuery(categories()).data?.items ?? [];
  return <SuggestField {...props} suggestions={inUse} />;
}
