/** Whose the shop is. */
export const shopAccount = "686831565523";

/** Steps of every two-slot service here: enough of them to go wrong in, and each over soon. */
const release = "steps: [{ percent: 50, bakeSeconds: 60 }, { percent: 100, bakeSeconds: 60 }], warmSeconds: 30";

const container = (name: string, port: number, path: string): string => `
      containers:
        ${name}:
          image: { repository: 686831565523.dkr.ecr.eu-central-1.amazonaws.com/shop-${name}, tag: v1 }
          port: ${port}
          loadBalancer:
            ${path}
            deregistrationDelaySeconds: 10
            healthCheck: { path: /health, intervalSeconds: 5, timeoutSeconds: 2 }
      checks:
        - { path: /health, json: { status: healthy, version: "{version}" } }`;

/**
 * A small environment with each way of releasing, in an adopted network and without a database, so that the engine has
 * little to do: `web` blue-green behind the default action, `api` canary behind a rule, `agent` rolling behind a rule,
 * `worker` rolling without a load balancer.
 */
export const shopStack = `config:
  aws:region: eu-central-1
  slipway:system: shop
  slipway:environment: staging
  slipway:account: { id: "686831565523" }
  slipway:network:
    mode: adopt
    vpcId: vpc-0bb3244ce543cf1c7
    publicSubnetIds: [subnet-0a0a0a0a0a0a0a0a1, subnet-0a0a0a0a0a0a0a0a2]
    privateSubnetIds: [subnet-0b0b0b0b0b0b0b0b1, subnet-0b0b0b0b0b0b0b0b2]
  slipway:loadBalancer:
    scheme: internet-facing
    http: forward
    test: { port: 8080, allowedCidrs: ["10.0.0.0/16"] }
  slipway:secrets: {}
  slipway:services:
    web:
      desiredCount: 2
      release: { strategy: blue-green, ${release} }${container("web", 8080, "")}
    api:
      desiredCount: 2
      autoscaling: { min: 2, max: 6, cpuTarget: 70 }
      release: { strategy: canary, ${release} }${container("api", 8081, 'paths: ["/api/*"]')}
    agent:
      desiredCount: 2
      release: { strategy: rolling }${container("agent", 8082, 'paths: ["/agent/*"]')}
    worker:
      release: { strategy: rolling }
      containers:
        worker:
          image: { repository: 686831565523.dkr.ecr.eu-central-1.amazonaws.com/shop-worker, tag: v1 }
  slipway:alarms:
    rules:
      - { rule: error-rate, threshold: 5, periodSeconds: 60, evaluationPeriods: 1, severity: P1 }
      - { rule: unhealthy-targets, threshold: 1, periodSeconds: 60, evaluationPeriods: 1, severity: P1 }
`;
