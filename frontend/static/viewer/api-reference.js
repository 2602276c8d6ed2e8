// Opens the API's description, whose address the page names, in Swagger UI.
const place = document.getElementById("api-reference");
globalThis.SwaggerUIBundle({ domNode: place, url: place.dataset.schema, deepLinking: true, tryItOutEnabled: true });
