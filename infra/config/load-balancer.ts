import { z } from "zod";
import { arn, cidrBlock, port } from "./fields";

/** The application load balancer. Leave the area out for an environment of workers only. */
export const loadBalancerSchema = z.strictObject({
  scheme: z.enum(["internet-facing", "internal"]),
  http: z
    .enum(["forward", "redirect", "off"])
    .default("redirect")
    .describe("What port 80 does; `redirect` sends to 443 and needs `https`."),
  https: z
    .strictObject({
      certificateArn: arn,
      sslPolicy: z
        .string()
        .regex(/^ELBSecurityPolicy-/)
        .default("ELBSecurityPolicy-TLS13-1-2-2021-06"),
    })
    .optional()
    .describe("Listener on port 443."),
  allowedCidrs: z
    .array(cidrBlock)
    .optional()
    .describe("Who may connect; everybody for internet-facing, the VPC for internal when absent."),
  test: z
    .strictObject({
      port: port.describe("Of its own: neither 80 nor 443."),
      allowedCidrs: z.array(cidrBlock).min(1).optional().describe("Who may connect; the VPC when absent."),
    })
    .optional()
    .describe("Listener that reaches each slot by the header `x-slipway-slot`, whether it has traffic or not."),
  idleTimeoutSeconds: z.int().min(1).max(4000).default(60),
  deletionProtection: z.boolean().default(false),
  accessLogs: z.strictObject({ bucket: z.string().min(3), prefix: z.string().optional() }).optional(),
});
