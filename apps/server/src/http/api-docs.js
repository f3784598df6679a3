// oxlint-disable-next-line typescript/no-unsafe-call -- the script before this one brings it
SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'none',
  defaultModelsExpandDepth: -1,
});
