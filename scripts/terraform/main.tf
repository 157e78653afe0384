data "aws_partition" "current" {}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

data "aws_region" "us_west_2" {
  provider = aws.us_west_2
}

data "aws_caller_identity" "us_west_2" {
  provider = aws.us_west_2
}

resource "aws_cloudwatch_event_connection" "this" {
  name               = var.name
  description        = "Casethread" # By which `npm run connect` knows that it is ours: it cannot be tagged.
  authorization_type = "API_KEY"

  auth_parameters {
    api_key {
      key   = "X-Api-Key"
      value = var.event_api_key
    }
  }
}

resource "aws_cloudwatch_event_api_destination" "this" {
  name                = var.name
  description         = "Casethread"
  connection_arn      = aws_cloudwatch_event_connection.this.arn
  invocation_endpoint = "${var.public_url}/aws/events"
  http_method         = "POST"
}

resource "aws_sqs_queue" "undelivered" {
  name                      = "${var.name}-undelivered"
  message_retention_seconds = 1209600
  tags                      = local.tags
}

resource "aws_sqs_queue_policy" "undelivered" {
  queue_url = aws_sqs_queue.undelivered.url
  policy    = jsonencode(local.queue_policy)
}

resource "aws_iam_role" "invoke" {
  name               = "${var.name}-events"
  description        = "Lets the EventBridge rules of Casethread, and nothing else, use its API destination."
  assume_role_policy = jsonencode(local.invoke_trust)
  tags               = local.tags
}

resource "aws_iam_role_policy" "invoke" {
  name   = "invoke"
  role   = aws_iam_role.invoke.name
  policy = jsonencode(local.invoke_policy)
}

resource "aws_cloudwatch_event_rule" "this" {
  name          = var.name
  description   = "AWS Support cases for Casethread."
  event_pattern = jsonencode(local.event_pattern)
  tags          = local.tags

  lifecycle {
    # Elsewhere all would come up, and no event would ever arrive.
    precondition {
      condition     = data.aws_region.current.id == "us-east-1"
      error_message = "Give this module a provider for us-east-1 (N. Virginia). AWS Support sends its events there, wherever you work otherwise."
    }
  }
}

resource "aws_cloudwatch_event_target" "this" {
  rule      = aws_cloudwatch_event_rule.this.name
  target_id = var.name
  arn       = aws_cloudwatch_event_api_destination.this.arn
  role_arn  = aws_iam_role.invoke.arn

  retry_policy {
    maximum_retry_attempts       = 185
    maximum_event_age_in_seconds = 86400
  }

  dead_letter_config {
    arn = aws_sqs_queue.undelivered.arn
  }

  # So that no event is lost for want of the permission to deliver it, or to put it into the queue.
  depends_on = [aws_iam_role_policy.invoke, aws_sqs_queue_policy.undelivered]
}

resource "aws_cloudwatch_event_rule" "calls" {
  count = var.calls == "none" ? 0 : 1

  name          = "${var.name}-calls"
  description   = "Calls to AWS Support, as CloudTrail records them, for Casethread."
  event_pattern = local.calls_pattern
  state         = local.calls_state
  tags          = local.tags
}

resource "aws_cloudwatch_event_target" "calls" {
  count = var.calls == "none" ? 0 : 1

  rule      = aws_cloudwatch_event_rule.calls[0].name
  target_id = "${var.name}-calls"
  arn       = aws_cloudwatch_event_api_destination.this.arn
  role_arn  = aws_iam_role.invoke.arn

  retry_policy {
    maximum_retry_attempts       = 185
    maximum_event_age_in_seconds = 86400
  }

  dead_letter_config {
    arn = aws_sqs_queue.undelivered.arn
  }

  depends_on = [aws_iam_role_policy.invoke, aws_sqs_queue_policy.undelivered]
}

# Changes of the support plan, and who looked at it, are recorded in us-west-2.
resource "aws_cloudwatch_event_rule" "plans" {
  provider = aws.us_west_2
  count    = local.has_plans ? 1 : 0

  name          = "${var.name}-plans"
  description   = "Forwards calls that have to do with the support plan to Casethread in us-east-1."
  event_pattern = jsonencode(local.plans_pattern)
  state         = local.calls_state
  tags          = local.tags

  lifecycle {
    # Elsewhere the rule would come up, and no event would ever be forwarded.
    precondition {
      condition     = data.aws_region.us_west_2.id == "us-west-2"
      error_message = "Give this module, as aws.us_west_2, a provider for us-west-2 (Oregon). Changes of the support plan are recorded there."
    }

    # Its role is in the account of the other provider.
    precondition {
      condition     = data.aws_caller_identity.us_west_2.account_id == data.aws_caller_identity.current.account_id
      error_message = "The provider aws.us_west_2 belongs to another account than the provider aws."
    }
  }
}

resource "aws_cloudwatch_event_target" "plans" {
  provider = aws.us_west_2
  count    = local.has_plans ? 1 : 0

  rule      = aws_cloudwatch_event_rule.plans[0].name
  target_id = "${var.name}-plans"
  arn       = local.bus_arn
  role_arn  = aws_iam_role.plans[0].arn

  retry_policy {
    maximum_retry_attempts       = 185
    maximum_event_age_in_seconds = 86400
  }

  # So that no event is lost for want of the permission to forward it.
  depends_on = [aws_iam_role_policy.plans]
}

resource "aws_iam_role" "plans" {
  count = local.has_plans ? 1 : 0

  name               = "${var.name}-forward"
  description        = "Lets the EventBridge rule of Casethread in us-west-2, and nothing else, forward to us-east-1."
  assume_role_policy = jsonencode(local.plans_trust)
  tags               = local.tags
}

resource "aws_iam_role_policy" "plans" {
  count = local.has_plans ? 1 : 0

  name   = "forward"
  role   = aws_iam_role.plans[0].name
  policy = jsonencode(local.plans_policy)
}

# The whole policy of the default event bus: Terraform has no resource for one statement with these conditions.
resource "aws_cloudwatch_event_bus_policy" "organization" {
  count = var.organization_id == null ? 0 : 1

  event_bus_name = "default"
  policy         = jsonencode(local.bus_policy)
}

resource "aws_iam_policy" "bot" {
  count = var.create_bot_policy ? 1 : 0

  name        = var.name
  description = "What Casethread does with AWS Support cases."
  policy      = jsonencode(local.bot_policy)
  tags        = local.tags
}

resource "aws_iam_role_policy_attachment" "bot" {
  count = var.create_bot_policy && var.bot_role_name != null ? 1 : 0

  role       = var.bot_role_name
  policy_arn = aws_iam_policy.bot[0].arn
}
