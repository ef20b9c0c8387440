import "../../automation/adapters/quiet-sdk";
import { version } from "@pulumi/awsx/package.json";
import { main } from "@pulumi/pulumi/provider/server";
import { awsxPackage } from "./awsx/awsx-package";
import { endWithParent } from "./end-with-parent";

endWithParent();
void main(awsxPackage(version), process.argv.slice(2));
