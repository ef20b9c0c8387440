import "../../automation/adapters/late-modules";
import { version } from "@pulumi/random/package.json";
import { randomPackage } from "./random/random-package";
import { serve } from "./provider-server";

void serve(randomPackage(version));
