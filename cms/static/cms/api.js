// The contract of the API, drawn by Swagger UI: a file of ours begins it, since no page holds a script. It tries readings
// alone: what is written is written by a software, or on a screen.
"use strict";

SwaggerUIBundle({
  url: document.getElementById("contrat").dataset.schema,
  dom_id: "#contrat",
  deepLinking: true,
  docExpansion: "none",
  persistAuthorization: false,
  supportedSubmitMethods: ["get"],
  validatorUrl: null,
});
