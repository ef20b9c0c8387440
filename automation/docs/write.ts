import { writeFileSync } from "node:fs";
import { documents } from "./documents";

// `npm run docs`, from the project's own folder.
for (const { path, render } of documents) writeFileSync(path, render());
