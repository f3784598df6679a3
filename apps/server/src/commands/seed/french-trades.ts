/** A category of organisations, what its companies call themselves, and how common it is. */
export interface Trade {
  readonly category: string;
  readonly names: readonly string[];
  readonly weight: number;
}

export const trades: readonly Trade[] = [
  {
    category: 'Bâtiment',
    names: ['Menuiserie', 'Maçonnerie', 'Charpentes', 'Électricité', 'Toitures'],
    weight: 18,
  },
  { category: 'Commerce de détail', names: ['Maison', 'Boutique', 'Librairie', 'Quincaillerie'], weight: 16 },
  { category: 'Commerce de gros', names: ['Comptoir', 'Distribution', 'Négoce'], weight: 8 },
  { category: 'Conseil', names: ['Cabinet', 'Conseil', 'Expertise'], weight: 12 },
  { category: 'Informatique', names: ['Logiciels', 'Atelier numérique', 'Solutions', 'Studio'], weight: 9 },
  { category: 'Industrie', names: ['Ateliers', 'Mécanique', 'Manufacture', 'Fonderie'], weight: 8 },
  { category: 'Transport', names: ['Transports', 'Messageries', 'Déménagements'], weight: 6 },
  { category: 'Hôtellerie et restauration', names: ['Hôtel', 'Brasserie', 'Auberge', 'Traiteur'], weight: 9 },
  { category: 'Agroalimentaire', names: ['Domaine', 'Vergers', 'Fromagerie', 'Boulangerie'], weight: 7 },
  { category: 'Santé', names: ['Clinique', 'Pharmacie', 'Laboratoire'], weight: 5 },
  { category: 'Immobilier', names: ['Agence', 'Foncière', 'Résidences'], weight: 5 },
  { category: 'Enseignement', names: ['École', 'Institut', 'Formation'], weight: 3 },
  { category: 'Énergie', names: ['Énergies', 'Solaire', 'Chauffage'], weight: 2 },
  { category: 'Association', names: ['Association', 'Amicale', 'Fondation'], weight: 3 },
];

export const legalForms: readonly { readonly value: string; readonly weight: number }[] = [
  { value: 'SARL', weight: 40 },
  { value: 'SAS', weight: 30 },
  { value: 'SASU', weight: 10 },
  { value: 'EURL', weight: 8 },
  { value: 'SA', weight: 5 },
  { value: 'SCOP', weight: 2 },
  { value: '', weight: 15 },
];

export const jobTitles: readonly { readonly value: string; readonly weight: number }[] = [
  { value: 'Gérant', weight: 10 },
  { value: 'Gérante', weight: 8 },
  { value: 'Directrice générale', weight: 5 },
  { value: 'Directeur commercial', weight: 6 },
  { value: 'Directrice des achats', weight: 5 },
  { value: 'Responsable des achats', weight: 7 },
  { value: 'Comptable', weight: 9 },
  { value: 'Directeur administratif et financier', weight: 5 },
  { value: 'Responsable informatique', weight: 6 },
  { value: 'Chargée de clientèle', weight: 6 },
  { value: 'Technico-commercial', weight: 5 },
  { value: 'Assistante de direction', weight: 7 },
  { value: 'Chef de chantier', weight: 4 },
  { value: 'Chef de projet', weight: 6 },
  { value: 'Ingénieure', weight: 4 },
  { value: 'Juriste', weight: 2 },
  { value: 'Responsable des ressources humaines', weight: 4 },
  { value: 'Présidente', weight: 3 },
  { value: 'Secrétaire général', weight: 2 },
];

export const remarks: readonly string[] = [
  'Rencontré au salon de Lyon, à rappeler au printemps.',
  'Paie toujours à trente jours.',
  'Demande un devis chaque année en septembre.',
  'Préfère être jointe par e-mail.',
  'Ancien client, revenu après deux ans.',
  'Livraison par la cour, avant dix heures.',
  'Recommandé par un confrère.',
  'Attend notre nouvelle offre avant de décider.',
];
