/**
 * What the resources and data sources of hashicorp/aws take and export, as its documentation has them, 5.40 to 6: the
 * part that these modules may use.
 */
export interface ResourceType {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Blocks within it, by name. */
  readonly blocks?: Readonly<Record<string, ResourceType>>;
  readonly exported: readonly string[];
}

export const RESOURCES: Readonly<Record<string, ResourceType>> = {
  aws_cloudwatch_event_connection: {
    required: ['name', 'authorization_type', 'auth_parameters'],
    optional: ['description'],
    blocks: {
      auth_parameters: {
        required: [],
        optional: [],
        blocks: { api_key: { required: ['key', 'value'], optional: [], exported: [] } },
        exported: [],
      },
    },
    exported: ['arn', 'secret_arn'],
  },
  aws_cloudwatch_event_api_destination: {
    required: ['name', 'invocation_endpoint', 'http_method', 'connection_arn'],
    optional: ['description', 'invocation_rate_limit_per_second'],
    exported: ['arn'],
  },
  aws_cloudwatch_event_rule: {
    required: [],
    // `state` since 5.27.
    optional: ['name', 'description', 'event_pattern', 'event_bus_name', 'state', 'tags'],
    exported: ['arn', 'id', 'name'],
  },
  aws_cloudwatch_event_target: {
    required: ['rule', 'arn'],
    optional: ['target_id', 'role_arn', 'event_bus_name'],
    blocks: {
      // The provider sends 0 seconds, which AWS refuses, where the age is left out.
      retry_policy: {
        required: ['maximum_event_age_in_seconds', 'maximum_retry_attempts'],
        optional: [],
        exported: [],
      },
      dead_letter_config: { required: ['arn'], optional: [], exported: [] },
    },
    exported: [],
  },
  aws_cloudwatch_event_bus_policy: { required: ['policy'], optional: ['event_bus_name'], exported: ['id'] },
  aws_sqs_queue: {
    required: [],
    optional: ['name', 'message_retention_seconds', 'tags'],
    exported: ['arn', 'id', 'url', 'name'],
  },
  aws_sqs_queue_policy: { required: ['queue_url', 'policy'], optional: [], exported: [] },
  aws_iam_role: {
    required: ['assume_role_policy'],
    optional: ['name', 'description', 'tags'],
    exported: ['arn', 'name', 'unique_id'],
  },
  aws_iam_role_policy: { required: ['role', 'policy'], optional: ['name'], exported: ['id'] },
  aws_iam_policy: {
    required: ['policy'],
    optional: ['name', 'description', 'tags'],
    exported: ['arn', 'id'],
  },
  aws_iam_role_policy_attachment: { required: ['role', 'policy_arn'], optional: [], exported: [] },
};

/** Without arguments. */
export const DATA_SOURCES: Readonly<Record<string, readonly string[]>> = {
  aws_partition: ['partition', 'dns_suffix'],
  aws_region: ['id', 'description'],
  aws_caller_identity: ['account_id', 'arn'],
};
