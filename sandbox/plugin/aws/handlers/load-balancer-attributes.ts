import type { AttributeTable } from "../attributes";
import type { Properties } from "../../handler";

/** Settings of an application or network load balancer that AWS keeps as attributes. */
export const loadBalancerAttributes: AttributeTable = {
  enableDeletionProtection: { key: "deletion_protection.enabled", type: "boolean" },
  enableCrossZoneLoadBalancing: { key: "load_balancing.cross_zone.enabled", type: "boolean" },
  idleTimeout: { key: "idle_timeout.timeout_seconds", type: "number" },
  clientKeepAlive: { key: "client_keep_alive.seconds", type: "number" },
  enableHttp2: { key: "routing.http2.enabled", type: "boolean" },
  dropInvalidHeaderFields: { key: "routing.http.drop_invalid_header_fields.enabled", type: "boolean" },
  desyncMitigationMode: { key: "routing.http.desync_mitigation_mode", type: "text" },
  preserveHostHeader: { key: "routing.http.preserve_host_header.enabled", type: "boolean" },
  xffHeaderProcessingMode: { key: "routing.http.xff_header_processing.mode", type: "text" },
  enableXffClientPort: { key: "routing.http.xff_client_port.enabled", type: "boolean" },
  enableTlsVersionAndCipherSuiteHeaders: {
    key: "routing.http.x_amzn_tls_version_and_cipher_suite.enabled",
    type: "boolean",
  },
  enableWafFailOpen: { key: "waf.fail_open.enabled", type: "boolean" },
  enableZonalShift: { key: "zonal_shift.config.enabled", type: "boolean" },
  accessLogsEnabled: { key: "access_logs.s3.enabled", type: "boolean" },
  accessLogsBucket: { key: "access_logs.s3.bucket", type: "text" },
  accessLogsPrefix: { key: "access_logs.s3.prefix", type: "text" },
  connectionLogsEnabled: { key: "connection_logs.s3.enabled", type: "boolean" },
  connectionLogsBucket: { key: "connection_logs.s3.bucket", type: "text" },
  connectionLogsPrefix: { key: "connection_logs.s3.prefix", type: "text" },
};

/** Figures with which a new load balancer starts; what equals them need not be sent. */
export const loadBalancerStartsWith: Properties = {
  idleTimeout: 60,
  clientKeepAlive: 3600,
  enableHttp2: true,
  desyncMitigationMode: "defensive",
  xffHeaderProcessingMode: "append",
};

/** Blocks of inputs beside the plain settings, flattened as AWS has them. */
export function flattenLogs(inputs: Properties): Properties {
  return { ...inputs, ...flat("accessLogs", inputs.accessLogs), ...flat("connectionLogs", inputs.connectionLogs) };
}

/** The way back: `accessLogs: { enabled, bucket, prefix }`, told only when it is given or switched on. */
export function nestLogs(settings: Properties, known: Properties): Properties {
  const own = Object.entries(settings).filter(([property]) => !/^(access|connection)Logs/.test(property));
  return {
    ...Object.fromEntries(own),
    ...nested("accessLogs", settings, known),
    ...nested("connectionLogs", settings, known),
  };
}

function flat(name: string, block: unknown): Properties {
  const { enabled = false, bucket, prefix } = (block ?? {}) as Properties;
  return { [`${name}Enabled`]: enabled, [`${name}Bucket`]: bucket, [`${name}Prefix`]: prefix };
}

function nested(name: string, settings: Properties, known: Properties): Properties {
  const [enabled, bucket, prefix] = ["Enabled", "Bucket", "Prefix"].map((part) => settings[`${name}${part}`]);
  return enabled === true || known[name] !== undefined ? { [name]: { enabled, bucket, prefix } } : {};
}
