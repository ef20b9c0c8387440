import "../../automation/adapters/late-modules";
import { version } from "@pulumi/aws/package.json";
import { awsPackage } from "./aws/aws-package";
import { serve, serveResident } from "./provider-server";
import { residentFlag } from "./resident-flag";

void (process.argv.includes(residentFlag)
  ? serveResident((env) => awsPackage(version, env))
  : serve(awsPackage(version, process.env)));
