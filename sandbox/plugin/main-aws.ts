import "../../automation/adapters/late-modules";
import { version } from "@pulumi/aws/package.json";
import { awsPackage } from "./aws/aws-package";
import { serve } from "./provider-server";

void serve(awsPackage(version, process.env));
