/** What the wire needs to know of a service; a service that is not in the table speaks plain AWS JSON. */
export interface WireFacts {
  /** Of the query protocol: the namespace of its answers. */
  readonly namespace?: string;
  /** Of the query protocol: calls for another version belong to another service that signs with the same name. */
  readonly version?: string;
  /**
   * Moved from the query protocol to others, and keeps the codes it had there: clients want them in a header (trait
   * `awsQueryCompatible`). By old code the new name, where they differ.
   */
  readonly oldCodes?: Readonly<Record<string, string>>;
  /** Members of answers that are dates, which CBOR marks and JSON does not. */
  readonly dates?: ReadonlySet<string>;
  /** Operations whose model has no output: CBOR has an empty body then. */
  readonly silent?: ReadonlySet<string>;
}

/** By signing name; from the services' models (elasticloadbalancingv2 2015-12-01, cloudwatch 2010-08-01). */
const facts: Readonly<Record<string, WireFacts>> = {
  elasticloadbalancing: {
    namespace: "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
    // 2012-06-01 is the classic load balancer's.
    version: "2015-12-01",
  },
  monitoring: {
    namespace: "http://monitoring.amazonaws.com/doc/2010-08-01/",
    oldCodes: {
      InternalServiceError: "InternalServiceFault",
      InvalidFormat: "InvalidFormatFault",
      InvalidParameterCombination: "InvalidParameterCombinationException",
      InvalidParameterInput: "DashboardInvalidInputError",
      InvalidParameterValue: "InvalidParameterValueException",
      LimitExceeded: "LimitExceededFault",
      MissingParameter: "MissingRequiredParameterException",
      ValidationError: "ValidationException",
    },
    dates: new Set([
      "AlarmConfigurationUpdatedTimestamp",
      "CreatedAt",
      "CreationDate",
      "EndTime",
      "ExpireDate",
      "LastModified",
      "LastUpdateDate",
      "LastUpdatedTimestamp",
      "StartDate",
      "StartTime",
      "StateTransitionedTimestamp",
      "StateUpdatedTimestamp",
      "Timestamp",
      "Timestamps",
      "UpdatedAt",
    ]),
    silent: new Set([
      "DeleteAlarmMuteRule",
      "DeleteAlarms",
      "DisableAlarmActions",
      "EnableAlarmActions",
      "PutAlarmMuteRule",
      "PutCompositeAlarm",
      "PutLogAlarm",
      "PutMetricAlarm",
      "PutMetricData",
      "SetAlarmState",
    ]),
  },
};

const plain: WireFacts = {};

/** @param service signing name */
export const wireFacts = (service: string | undefined): WireFacts =>
  (service !== undefined && Object.hasOwn(facts, service) ? facts[service] : undefined) ?? plain;
