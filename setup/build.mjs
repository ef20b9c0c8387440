// `npm run build`: dist/, only when a source has changed.
import { build, fail } from "./steps.mjs";

build().catch(fail);
