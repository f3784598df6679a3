// Plain JavaScript that old versions of Node can parse: no static import and no top-level await, so that
// the sentence below is what a person reads there, instead of a SyntaxError.
const entries = {
  server: './src/server.ts',
  import: './src/commands/import.ts',
  seed: './src/commands/seed.ts',
  password: './src/commands/password.ts',
};

const name = process.argv[2] || 'server';

if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    'Vif needs Node 24 or newer and this is Node ' +
      process.versions.node +
      ': run "npm install", then "npm start", which uses the Node that npm installed here.\n' +
      'Vif demande Node 24 ou plus récent et ceci est Node ' +
      process.versions.node +
      ' : lancez « npm install », puis « npm start », qui utilise le Node que npm a installé ici.',
  );
  process.exit(1);
} else if (Object.keys(entries).indexOf(name) === -1) {
  console.error('There is no "' + name + '" here; choose one of: ' + Object.keys(entries).join(', ') + '.');
  process.exit(1);
} else {
  void import('./frugal.js').then(function () {
    // The entry reads its own arguments at process.argv.slice(2), as if it had been started directly.
    process.argv.splice(2, 1);
    return import(entries[name]);
  });
}
