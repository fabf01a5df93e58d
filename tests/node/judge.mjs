// Judges a file with other people's software and prints its faults, one JSON list: [] is a good file.
// node judge.mjs swagger|asyncapi|teams <file> · node judge.mjs schema <schema> <file> · node judge.mjs operations <asyncapi file>
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [kind, ...files] = process.argv.slice(2);
const text = (file) => readFileSync(file, "utf8");

const judges = {
  // The whole of Swagger 2.0: structure by its schema, and what no schema says, such as a path parameter that no path has.
  async swagger(file) {
    const { default: parser } = await import("@apidevtools/swagger-parser");
    try { await parser.validate(file); return []; } catch (error) { return [error.message]; }
  },

  async asyncapi(file) {
    const { Parser, fromFile } = await import("@asyncapi/parser");
    const { diagnostics } = await fromFile(new Parser(), file).parse();
    return diagnostics.filter((found) => found.severity < 2).map((found) => `${found.path.join(".")}: ${found.message}`);
  },

  // By the schema that the package brings along, not by the one that it would fetch.
  async teams(file) {
    const { AppManifestUtils } = await import("@microsoft/app-manifest");
    const manifest = JSON.parse(text(file));
    const folder = join(dirname(createRequire(import.meta.url).resolve("@microsoft/app-manifest")), "json-schemas", "teams");
    const schema = JSON.parse(text(join(folder, `v${manifest.manifestVersion}`, "MicrosoftTeams.schema.json")));
    return await AppManifestUtils.validateAgainstSchema(manifest, schema);
  },

  // A published schema of draft 4 or 7, in JSON (with comments, as some are) or YAML.
  async schema(schemaFile, file) {
    const { default: yaml } = await import("js-yaml");
    const schema = yaml.load(withoutComments(schemaFile));
    const { default: Ajv } = await (schema.$schema.includes("draft-04") ? import("ajv-draft-04") : import("ajv"));
    const { default: formats } = await import("ajv-formats");
    delete schema.id;
    delete schema.$id;
    delete schema.$schema;
    const ajv = new Ajv({ strict: false, allErrors: true });
    formats(ajv);
    const validate = ajv.compile(schema);
    return validate(yaml.load(text(file)))
      ? []
      : validate.errors.map((error) => `${error.instancePath}: ${error.message} ${JSON.stringify(error.params)}`);
  },
};

function withoutComments(file) {
  const raw = text(file);
  if (!file.endsWith(".json")) return raw.replaceAll("^([a-zA-Z][a-zA-Z0-9]{1,7})_)?", "^(([a-zA-Z][a-zA-Z0-9]{1,7})_)?");
  return raw.replace(/"(?:[^"\\]|\\.)*"|\/\/.*|,(?=\s*(?:\/\/.*\s*)*[}\]])/g, (found) => (found.startsWith('"') ? found : ""));
}

console.log(JSON.stringify(await judges[kind](...files.map((file) => resolve(file)))));
