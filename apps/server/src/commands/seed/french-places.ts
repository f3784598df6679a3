/** A town, one of its postal codes, its telephone numbers, and its weight in the data. */
export interface Place {
  readonly city: string;
  readonly postalCode: string;
  readonly country: string;
  /** How its numbers begin in E.164. */
  readonly dial: string;
  /** How many digits follow. */
  readonly digits: number;
  readonly weight: number;
}

const france = (city: string, postalCode: string, zone: number, weight: number): Place => ({
  city,
  postalCode,
  country: 'FR',
  dial: `+33${zone}`,
  digits: 8,
  weight,
});

/** The larger towns of France by their inhabitants, and some beyond the border. */
export const places: readonly Place[] = [
  france('Paris', '75008', 1, 210),
  france('Marseille', '13002', 4, 87),
  france('Lyon', '69003', 4, 52),
  france('Toulouse', '31000', 5, 50),
  france('Nice', '06000', 4, 34),
  france('Nantes', '44000', 2, 32),
  france('Montpellier', '34000', 4, 30),
  france('Strasbourg', '67000', 3, 29),
  france('Bordeaux', '33000', 5, 26),
  france('Lille', '59000', 3, 24),
  france('Rennes', '35000', 2, 22),
  france('Reims', '51100', 3, 18),
  france('Toulon', '83000', 4, 18),
  france('Saint-Étienne', '42000', 4, 17),
  france('Le Havre', '76600', 2, 17),
  france('Grenoble', '38000', 4, 16),
  france('Dijon', '21000', 3, 16),
  france('Angers', '49000', 2, 16),
  france('Villeurbanne', '69100', 4, 15),
  france('Nîmes', '30000', 4, 15),
  france('Clermont-Ferrand', '63000', 4, 15),
  france('Aix-en-Provence', '13100', 4, 15),
  france('Le Mans', '72000', 2, 14),
  france('Brest', '29200', 2, 14),
  france('Tours', '37000', 2, 14),
  france('Amiens', '80000', 3, 13),
  france('Limoges', '87000', 5, 13),
  france('Annecy', '74000', 4, 13),
  france('Boulogne-Billancourt', '92100', 1, 12),
  france('Metz', '57000', 3, 12),
  france('Besançon', '25000', 3, 12),
  france('Perpignan', '66000', 4, 12),
  france('Orléans', '45000', 2, 12),
  france('Rouen', '76000', 2, 11),
  france('Caen', '14000', 2, 11),
  france('Mulhouse', '68100', 3, 11),
  france('Nancy', '54000', 3, 10),
  france('Saint-Denis', '93200', 1, 11),
  france('Versailles', '78000', 1, 8),
  france('Poitiers', '86000', 5, 9),
  france('La Rochelle', '17000', 5, 8),
  france('Vannes', '56000', 2, 5),
  france('Saint-Malo', '35400', 2, 5),
  france('Bayonne', '64100', 5, 5),
  france('Valence', '26000', 4, 6),
  france('Ajaccio', '20000', 4, 7),
  { city: 'Bruxelles', postalCode: '1000', country: 'BE', dial: '+3225', digits: 6, weight: 30 },
  { city: 'Liège', postalCode: '4000', country: 'BE', dial: '+3242', digits: 6, weight: 8 },
  { city: 'Genève', postalCode: '1201', country: 'CH', dial: '+4122', digits: 7, weight: 14 },
  { city: 'Lausanne', postalCode: '1003', country: 'CH', dial: '+4121', digits: 7, weight: 8 },
  { city: 'Luxembourg', postalCode: '1136', country: 'LU', dial: '+3522', digits: 5, weight: 8 },
];
